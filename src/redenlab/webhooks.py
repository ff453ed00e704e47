"""A receiver for webhooks: `Webhook` verifies the signature before parsing.

    webhook = Webhook(secret)
    delivery = webhook.parse(body, headers)        # the raw bytes, as they were received

Two schemes are supported, and distinguished by their headers: Standard Webhooks (``webhook-id``,
``webhook-timestamp``, ``webhook-signature: v1,…``), and a plain one that signs
``{timestamp}.{body}`` into ``<prefix>-signature: sha256=…``. It needs no client and no network.
"""

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.errors import ConfigurationError, WebhookSignatureError, WebhookTooOld
from redenlab_api.errors import DecodeError
from redenlab_api.types import RawResponse

TOLERANCE = 300.0
"""Seconds by which a delivery's clock may differ from ours, either way."""

MAX_BYTES = 8 * 1024 * 1024
PREFIX = "whsec_"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A genuine, fresh delivery.

    Attributes:
        id: The same on every retry of one event, for de-duplication; ``None`` in the plain
            scheme, which has none.
        timestamp: Unix seconds at which it was sent.
        payload: The JSON object.
        body: The bytes that were signed.
    """

    id: str | None
    timestamp: int
    payload: Mapping[str, Any]
    body: bytes = field(repr=False)


class Webhook:
    """Verifies deliveries with one secret, or with two while they are being rotated."""

    def __init__(
        self,
        *secrets: str,
        tolerance: float = TOLERANCE,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Hold the secrets.

        Args:
            secrets: As the service shows them, ``whsec_…`` or plain; the newest first.
            tolerance: Seconds by which a delivery may be too old, or its clock ahead.
            now: The wall clock, in Unix seconds.

        Raises:
            ConfigurationError: There is no secret, or one is blank or malformed.
        """
        if not secrets:
            raise ConfigurationError(
                "a webhook needs its signing secret", hint="the service shows it once, when made"
            )
        self._secrets = tuple(map(Secret, secrets))
        self._keys = tuple(Secret(_key(secret).hex()) for secret in secrets)
        self._tolerance = tolerance
        self._now = now

    def parse(self, body: bytes, headers: Mapping[str, str]) -> Delivery:
        """Verify a delivery and parse it.

        Args:
            body: The request body, byte for byte: a re-serialised one does not verify.
            headers: Of the request, in any case.

        Raises:
            WebhookSignatureError: It is not genuine, or no webhook at all.
            WebhookTooOld: It is genuine, but its time is outside of the tolerance: a replay, or a
                clock that is wrong.
        """
        lowered = {name.lower(): value for name, value in headers.items()}
        delivery_id = lowered.get("webhook-id")
        if len(body) > MAX_BYTES:
            raise WebhookSignatureError("the delivery is too large")
        if "webhook-signature" in lowered:
            timestamp = _timestamp(lowered.get("webhook-timestamp"))
            text = f"{delivery_id or ''}.{timestamp}."
            genuine = delivery_id and self._standard(text, body, lowered["webhook-signature"])
        else:
            prefix, signature = _plain_signature(lowered)
            timestamp = _timestamp(lowered.get(f"{prefix}-timestamp"))
            genuine = self._plain(f"{timestamp}.", body, signature)
        if not genuine:
            raise WebhookSignatureError("the signature does not match")
        if abs(self._now() - timestamp) > self._tolerance:
            raise WebhookTooOld(f"the delivery was sent {self._now() - timestamp:.0f} s ago")
        return Delivery(delivery_id, timestamp, _payload(body), body)

    def sign(self, body: bytes, delivery_id: str, timestamp: int | None = None) -> dict[str, str]:
        """Headers of a delivery by Standard Webhooks, for tests of a receiver.

        `timestamp` is in Unix seconds; ``None`` is now.
        """
        moment = int(self._now()) if timestamp is None else timestamp
        key = bytes.fromhex(self._keys[0].reveal())
        digest = _digest(key, f"{delivery_id}.{moment}.", body)
        return {
            "webhook-id": delivery_id,
            "webhook-timestamp": str(moment),
            "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
        }

    def _standard(self, text: str, body: bytes, header: str) -> bool:
        """Whether any of the signatures in the header is by any of the secrets."""
        given = [
            digest
            for entry in header.split()
            if entry.startswith("v1,") and (digest := _decoded(entry[3:])) is not None
        ]
        keys = [bytes.fromhex(key.reveal()) for key in self._keys]
        return _any_equal(given, [_digest(key, text, body) for key in keys])

    def _plain(self, text: str, body: bytes, signature: str) -> bool:
        try:
            given = [bytes.fromhex(signature.removeprefix("sha256="))]
        except ValueError:
            return False
        keys = [secret.reveal().encode() for secret in self._secrets]
        return _any_equal(given, [_digest(key, text, body) for key in keys])


def _key(secret: str) -> bytes:
    """The HMAC key: what follows ``whsec_`` is base64, of either alphabet, padded or not."""
    if not secret.strip():
        raise ConfigurationError("the webhook's signing secret is blank")
    if not secret.startswith(PREFIX):
        return secret.encode()
    key = _decoded(secret.removeprefix(PREFIX))
    if not key:
        raise ConfigurationError("the webhook's signing secret is malformed after whsec_")
    return key


def _decoded(text: str) -> bytes | None:
    standard = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _digest(key: bytes, text: str, body: bytes) -> bytes:
    return hmac.new(key, text.encode(errors="replace") + body, hashlib.sha256).digest()


def _any_equal(given: Sequence[bytes], expected: Sequence[bytes]) -> bool:
    """In constant time for each pair, whatever matches first."""
    matches = [hmac.compare_digest(one, other) for one in given for other in expected]
    return any(matches)


def _plain_signature(headers: Mapping[str, str]) -> tuple[str, str]:
    for name, value in headers.items():
        if name.endswith("-signature") and value.startswith("sha256="):
            return name.removesuffix("-signature"), value
    raise WebhookSignatureError("the headers have no signature")


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
