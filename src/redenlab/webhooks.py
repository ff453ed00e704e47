"""A receiver for webhooks: `Webhook` verifies the signature before parsing.

    webhook = Webhook(secret)
    delivery = webhook.parse(body, headers)        # the raw bytes, as they were received

Two schemes are distinguished by their headers: Standard Webhooks (``webhook-id``,
``webhook-timestamp``, ``webhook-signature: v1,…``), and a plain one that signs
``{timestamp}.{body}`` into ``<prefix>-signature: sha256=…``. For any other, a spec describes the
signature: ``Webhook(secret, signature=client.webhook_signatures["done"])``. It needs no network.
"""

import base64
import binascii
import hashlib
import hmac
import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.errors import ConfigurationError, WebhookSignatureError, WebhookTooOld
from redenlab.core.spec.signatures import STANDARD, Signature
from redenlab.lowlevel.errors import DecodeError, SchemaError
from redenlab.lowlevel.records import Record
from redenlab.lowlevel.types import RawResponse

R = TypeVar("R", bound=Record)

TOLERANCE = 300.0
"""Seconds by which a delivery's clock may differ from ours, either way."""

MAX_BYTES = 8 * 1024 * 1024
PREFIX = "whsec_"

MIN_BYTES = 8
"""Of a signing secret: a shorter one can be guessed."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A genuine, fresh delivery.

    Attributes:
        id: The same on every retry of one event, for de-duplication; ``None`` where deliveries
            have none.
        timestamp: Unix seconds at which it was sent; ``None`` where deliveries have no time.
        payload: The JSON object.
        body: The bytes that were signed.
    """

    id: str | None
    timestamp: int | None
    payload: Mapping[str, Any]
    body: bytes = field(repr=False)


class WasHandled(Protocol):
    """Asks a store, shared by all receivers, whether a delivery was handled before."""

    def __call__(self, delivery_id: str, /) -> bool:
        """Whether a delivery was handled.

        The receiver notes the id once it has done its work: a delivery that it could not handle
        comes again, under the same id. Ids may be forgotten after twice the tolerance.

        Args:
            delivery_id: `Delivery.id`; of deliveries that have none, ``sha256:`` and the digest of
                their signature.
        """
        ...


class Webhook:
    """Verifies deliveries with one secret, or with two while they are being rotated."""

    def __init__(
        self,
        *secrets: str,
        signature: Signature | None = None,
        tolerance: float = TOLERANCE,
        seen: WasHandled | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Hold the secrets.

        Args:
            secrets: As the service shows them, ``whsec_…`` or plain; the newest first.
            signature: How deliveries are signed; ``None`` goes by their headers.
            tolerance: Seconds by which a delivery may be too old, or its clock ahead.
            seen: Says whether a delivery was handled before, so that a copy is refused; ``None``
                leaves that to the caller.
            now: The wall clock, in Unix seconds.

        Raises:
            ConfigurationError: There is no secret, one is blank, malformed or shorter than 8 bytes,
                or the tolerance is none.
        """
        if not secrets:
            raise ConfigurationError(
                "a webhook needs its signing secret", hint="the service shows it once, when made"
            )
        if not 0 <= tolerance < math.inf:
            raise ConfigurationError("the tolerance has to be a number of seconds, 0 or more")
        self._secrets = tuple(map(Secret, secrets))
        self._keys = tuple(Secret(_key(secret).hex()) for secret in secrets)
        self._signature = signature
        self._tolerance = tolerance
        self._seen = seen
        self._now = now

    def parse(self, body: bytes, headers: Mapping[str, str]) -> Delivery:
        """Verify a delivery and parse it.

        Args:
            body: The request body, byte for byte: a re-serialised one does not verify.
            headers: Of the request, in any case.

        Raises:
            WebhookSignatureError: It is not genuine, or no webhook at all.
            WebhookTooOld: It is genuine, but its time is outside of the tolerance: a replay, or a
                clock that is wrong. Or it was seen before.
        """
        found = self._verified(body, headers)
        if found is None:
            raise WebhookSignatureError("the signature does not match")
        return Delivery(*found, _payload(body), body)

    def read(self, kind: type[R], body: bytes, headers: Mapping[str, str]) -> R:
        """Verify a delivery, and return what it is about as a model of a generated package.

        Args:
            kind: The model, such as ``redenlab_api.acme.models.Job``.
            body: See `parse`.
            headers: See `parse`.

        Raises:
            WebhookSignatureError: It is not genuine, or no such model.
            WebhookTooOld: See `parse`.
        """
        delivery = self.parse(body, headers)
        try:
            return kind.from_dict(delivery.payload)
        except SchemaError as error:
            problem = error.problem
        name = kind.__name__
        raise WebhookSignatureError(f"the delivery is genuine, but no {name}: {problem}")

    def verify(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether a delivery is genuine; its body may be anything.

        Args:
            body: The request body, byte for byte.
            headers: Of the request, in any case.

        Raises:
            WebhookSignatureError: The headers have no signature that can be read.
            WebhookTooOld: It is genuine, but its time is outside of the tolerance, or it was seen.
        """
        return self._verified(body, headers) is not None

    def _verified(
        self, body: bytes, headers: Mapping[str, str]
    ) -> tuple[str | None, int | None] | None:
        """The id of a genuine delivery, and when it was sent; ``None`` for one that is forged."""
        if len(body) > MAX_BYTES:
            raise WebhookSignatureError("the delivery is too large")
        lowered = {name.lower(): value for name, value in headers.items()}
        how = self._signature or _distinguished(lowered)
        delivery_id = lowered.get(how.id.lower()) if how.id else None
        proof = lowered.get(how.header.lower())
        if proof is None:
            raise WebhookSignatureError("the headers have no signature")
        proofs = how.proofs(proof)
        timestamp = _sent_at(how, lowered, proofs)
        text = (delivery_id or "", "" if timestamp is None else str(timestamp))
        complete = delivery_id or "{id}" not in how.signed
        if not complete or not self._is_genuine(how, proofs, text, body):
            return None
        if timestamp is not None and abs(self._now() - timestamp) > self._tolerance:
            raise WebhookTooOld(f"the delivery was sent {self._now() - timestamp:.0f} s ago")
        if self._seen is not None and self._seen(delivery_id or _name(proof)):
            raise WebhookTooOld(
                "the delivery was handled before", hint="answer with 200; there is nothing to do"
            )
        return delivery_id, timestamp

    def sign(self, body: bytes, delivery_id: str, timestamp: int | None = None) -> dict[str, str]:
        """Headers of a delivery by Standard Webhooks, for tests of a receiver.

        `timestamp` is in Unix seconds; ``None`` is now.
        """
        moment = int(self._now()) if timestamp is None else timestamp
        key = bytes.fromhex(self._keys[0].reveal())
        signed = _signed(STANDARD.signed, delivery_id, str(moment), body)
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        return {
            "webhook-id": delivery_id,
            "webhook-timestamp": str(moment),
            "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
        }

    def _is_genuine(
        self,
        how: Signature,
        proofs: Sequence[Mapping[str, str]],
        text: tuple[str, str],
        body: bytes,
    ) -> bool:
        """Whether any of the proofs is by any of the secrets."""
        given = [proof for entry in proofs if (proof := _proof(entry)) is not None]
        if not given:
            raise WebhookSignatureError("the headers have no signature that can be read")
        if "{secret}" in how.value:
            return _any_equal(given, [secret.reveal().encode() for secret in self._secrets])
        signed = _signed(how.signed, *text, body)
        keys = [self._key(how, number) for number in range(len(self._secrets))]
        return _any_equal(given, [hmac.new(key, signed, hashlib.sha256).digest() for key in keys])

    def _key(self, how: Signature, number: int) -> bytes:
        """The HMAC key; only Standard Webhooks encode it, after ``whsec_``."""
        if how == STANDARD:
            return bytes.fromhex(self._keys[number].reveal())
        return self._secrets[number].reveal().encode()


def _name(proof: str) -> str:
    return f"sha256:{hashlib.sha256(proof.encode(errors='replace')).hexdigest()}"


def _distinguished(headers: Mapping[str, str]) -> Signature:
    """The scheme of a delivery, by its headers."""
    if "webhook-signature" in headers:
        return STANDARD
    for name, value in headers.items():
        if name.endswith("-signature") and value.startswith("sha256="):
            time_header = f"{name.removesuffix('-signature')}-timestamp"
            return Signature(
                header=name,
                value="sha256={hex}",
                signed="{timestamp}.{body}",
                timestamp=time_header,
            )
    raise WebhookSignatureError("the headers have no signature")


def _sent_at(
    how: Signature, headers: Mapping[str, str], proofs: Sequence[Mapping[str, str]]
) -> int | None:
    """When a delivery was sent; ``None`` where deliveries of this kind have no time."""
    if how.timestamp is not None:
        return _timestamp(headers.get(how.timestamp.lower()))
    if "{timestamp}" in how.value:
        return _timestamp(next((entry["timestamp"] for entry in proofs), None))
    return None


def _proof(entry: Mapping[str, str]) -> bytes | None:
    if "secret" in entry:
        return entry["secret"].encode()
    if "base64" in entry:
        return _decoded(entry["base64"])
    try:
        return bytes.fromhex(entry["hex"])
    except ValueError:
        return None


def _signed(form: str, delivery_id: str, timestamp: str, body: bytes) -> bytes:
    before, _, after = form.partition("{body}")
    ends = (
        end.replace("{id}", delivery_id).replace("{timestamp}", timestamp)
        for end in (before, after)
    )
    first, last = (end.encode(errors="replace") for end in ends)
    return first + body + last


def _key(secret: str) -> bytes:
    """The HMAC key: what follows ``whsec_`` is base64, of either alphabet, padded or not."""
    if not secret.strip():
        raise ConfigurationError("the webhook's signing secret is blank")
    if not secret.startswith(PREFIX):
        key = secret.encode()
    elif not (key := _decoded(secret.removeprefix(PREFIX)) or b""):
        raise ConfigurationError("the webhook's signing secret is malformed after whsec_")
    if len(key) < MIN_BYTES:
        raise ConfigurationError(f"the webhook's signing secret has less than {MIN_BYTES} bytes")
    return key


def _decoded(text: str) -> bytes | None:
    standard = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _any_equal(given: Sequence[bytes], expected: Sequence[bytes]) -> bool:
    """In constant time for each pair, whatever matches first."""
    matches = [hmac.compare_digest(one, other) for one in given for other in expected]
    return any(matches)


def _timestamp(value: str | None) -> int:
    if value is None or not (value.isascii() and value.isdigit()) or len(value) > 12:
        raise WebhookSignatureError("the delivery has no readable timestamp")
    return int(value)


def _payload(body: bytes) -> Mapping[str, Any]:
    try:
        payload = RawResponse(200, {}, body).json()
    except DecodeError:
        payload = None
    if not isinstance(payload, dict):
        raise WebhookSignatureError("the delivery is genuine, but no JSON object")
    return cast("dict[str, Any]", payload)
