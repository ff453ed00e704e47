"""Webhooks: only what is genuine and fresh gets through."""

import base64
import hashlib
import hmac
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.errors import (
    ConfigurationError,
    SpecError,
    WebhookSignatureError,
    WebhookTooOld,
)
from redenlab.core.spec.document import Spec
from redenlab.core.spec.signatures import Signature
from redenlab.core.spec.x_signature import signatures
from redenlab.webhooks import MAX_BYTES, Webhook

NOW = 1_760_000_000
KEY = bytes([251, 239, 190] * 11)  # base64 of it has the letters in which alphabets differ
SECRET = "whsec_" + base64.urlsafe_b64encode(KEY).decode().rstrip("=")
BODY = b'{"type": "transcription.completed", "data": {"status": "completed"}}'


def webhook(*secrets: str, now: float = NOW, **options: Any) -> Webhook:
    return Webhook(*(secrets or (SECRET,)), now=lambda: now, **options)


def signed(
    body: bytes = BODY, key: bytes = KEY, at: int = NOW, message_id: str = "msg_1"
) -> dict[str, str]:
    """Headers as the published description of Standard Webhooks has them."""
    text = f"{message_id}.{at}.".encode() + body
    signature = base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()
    return {
        "Webhook-Id": message_id,
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": f"v1,{signature}",
    }


def plainly_signed(
    body: bytes = BODY, secret: str = "plain secret", at: int = NOW
) -> dict[str, str]:
    text = f"{at}.".encode() + body
    signature = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    return {"X-Acme-Signature": f"sha256={signature}", "X-Acme-Timestamp": str(at)}


def test_a_genuine_delivery_is_read() -> None:
    delivery = webhook().parse(BODY, signed())
    assert (delivery.id, delivery.timestamp) == ("msg_1", NOW)
    assert delivery.payload["data"] == {"status": "completed"}
    assert delivery.body == BODY


def test_the_plain_scheme_is_known_by_its_header() -> None:
    delivery = webhook("plain secret").parse(BODY, plainly_signed())
    assert (delivery.id, delivery.payload["type"]) == (None, "transcription.completed")


@pytest.mark.parametrize(
    "secret",
    [
        SECRET,
        "whsec_" + base64.b64encode(KEY).decode(),
        "whsec_" + base64.urlsafe_b64encode(KEY).decode(),
    ],
)
def test_a_secret_is_read_in_either_alphabet_padded_or_not(secret: str) -> None:
    assert webhook(secret).parse(BODY, signed()).id == "msg_1"


def test_a_secret_without_the_prefix_is_its_own_bytes() -> None:
    assert webhook("just text").parse(BODY, signed(key=b"just text")).id == "msg_1"


def test_during_a_rotation_both_secrets_count() -> None:
    both = webhook("whsec_bmV3bmV3bmV3", SECRET)
    assert both.parse(BODY, signed()).id == "msg_1"
    assert both.parse(BODY, signed(key=b"newnewnew")).id == "msg_1"


def test_of_several_signatures_one_has_to_fit() -> None:
    headers = signed()
    good = headers["Webhook-Signature"]
    headers["Webhook-Signature"] = f"v2,AAAA v1,AAAA v1,?? {good}"
    assert webhook().parse(BODY, headers).id == "msg_1"


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("Webhook-Signature", ""),
        ("Webhook-Signature", "v1,"),
        ("Webhook-Signature", "v1,AAAA"),
        ("Webhook-Signature", "v2," + signed()["Webhook-Signature"][3:]),
        ("Webhook-Signature", signed()["Webhook-Signature"][:-4]),
        ("Webhook-Signature", "v1,é"),
        ("Webhook-Id", "msg_2"),
        ("Webhook-Id", ""),
        ("Webhook-Timestamp", str(NOW + 1)),
        ("Webhook-Timestamp", ""),
        ("Webhook-Timestamp", "soon"),
        ("Webhook-Timestamp", "-5"),
        ("Webhook-Timestamp", "9" * 5000),
        ("Webhook-Timestamp", "１"),
    ],
)
def test_a_forged_header_is_refused(change: str, value: str) -> None:
    with pytest.raises(WebhookSignatureError):
        webhook().parse(BODY, signed() | {change: value})


@pytest.mark.parametrize("missing", ["Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"])
def test_a_missing_header_is_refused(missing: str) -> None:
    headers = signed()
    del headers[missing]
    with pytest.raises(WebhookSignatureError):
        webhook().parse(BODY, headers)


def test_another_secret_is_refused_without_being_shown() -> None:
    with pytest.raises(WebhookSignatureError) as caught:
        webhook("whsec_b3RoZXJvdGhlcg==").parse(BODY, signed())
    other = vars(webhook("whsec_b3RoZXJvdGhlcg=="))
    assert "b3RoZXJ" not in f"{caught.value!r} {other}"


def test_a_body_that_was_written_anew_is_refused() -> None:
    again = json.dumps(json.loads(BODY), separators=(",", ":")).encode()
    with pytest.raises(WebhookSignatureError):
        webhook().parse(again, signed())


@pytest.mark.parametrize("make", [signed, plainly_signed])
@pytest.mark.parametrize(("now", "fresh"), [(300, True), (301, False), (-300, True), (-301, False)])
def test_the_window_is_five_minutes_both_ways(make: Any, now: int, fresh: bool) -> None:
    receiver = Webhook(SECRET, "plain secret", now=lambda: NOW + now)
    if fresh:
        assert receiver.parse(BODY, make()).timestamp == NOW
    else:
        with pytest.raises(WebhookTooOld):
            receiver.parse(BODY, make())


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\xff", b"[" * 99999])
def test_a_genuine_delivery_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(WebhookSignatureError, match="genuine"):
        webhook().parse(body, signed(body))


def test_a_flood_is_refused_unread() -> None:
    with pytest.raises(WebhookSignatureError, match="too large"):
        webhook().parse(bytes(MAX_BYTES + 1), signed())


@pytest.mark.parametrize("secrets", [(), ("",), ("  ",), ("whsec_",), ("whsec_?",)])
def test_a_secret_that_cannot_be_one_is_a_configuration_error(secrets: tuple[str, ...]) -> None:
    with pytest.raises(ConfigurationError):
        Webhook(*secrets)


def test_a_receiver_can_be_tested_with_its_own_signatures() -> None:
    receiver = webhook()
    assert receiver.parse(BODY, receiver.sign(BODY, "msg_9")).id == "msg_9"


@given(
    st.binary(max_size=50),
    st.dictionaries(
        st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature", "x-signature"]),
        st.text(max_size=30) | st.just("sha256=00") | st.just("v1,AAAA"),
    ),
)
def test_any_input_raises_only_the_documented_error(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(WebhookSignatureError):
        webhook().parse(body, headers)


# ---- schemes that a spec describes

SCHEMES: dict[str, tuple[Any, dict[str, str]]] = {
    "Standard Webhooks": ("standard", signed()),
    "sha256=": (
        {"header": "X-Hub-Signature-256", "value": "sha256={hex}"},
        {
            "x-hub-signature-256": "sha256="
            + hmac.new(b"s3cret-of-acme", BODY, hashlib.sha256).hexdigest()
        },
    ),
    "t=…,v0=…": (
        {
            "header": "Acme-Signature",
            "value": "t={timestamp},v0={hex}",
            "signed": "{timestamp}.{body}",
        },
        {
            "Acme-Signature": f"t={NOW},v0="
            + hmac.new(b"s3cret-of-acme", f"{NOW}.".encode() + BODY, hashlib.sha256).hexdigest()
        },
    ),
    "a header of its own": (
        {"header": "X-Webhook-Token", "value": "{secret}"},
        {"X-Webhook-Token": "s3cret-of-acme"},
    ),
}


def described(tmp_path: Path, block: Any) -> Signature:
    """The signature that a spec with this block has."""
    operation = {"x-signature": block, "responses": {"200": {"description": "read"}}}
    document = {"openapi": "3.1.0", "paths": {}, "webhooks": {"done": {"post": operation}}}
    path = tmp_path / "acme.yaml"
    path.write_text(json.dumps(document))
    return signatures(Spec(path))["done"]


@pytest.mark.parametrize("name", SCHEMES)
def test_a_delivery_is_verified_as_the_spec_describes(tmp_path: Path, name: str) -> None:
    block, headers = SCHEMES[name]
    secret = SECRET if block == "standard" else "s3cret-of-acme"
    signature = described(tmp_path, block)
    assert webhook("another secret", secret, signature=signature).parse(BODY, headers).body == BODY
    with pytest.raises(WebhookSignatureError):
        webhook("another secret", signature=signature).parse(BODY, headers)
    if "token" not in "".join(headers).lower():
        with pytest.raises(WebhookSignatureError):
            webhook(secret, signature=signature).parse(BODY + b" ", headers)


def test_a_described_delivery_may_be_too_old(tmp_path: Path) -> None:
    block, headers = SCHEMES["t=…,v0=…"]
    late = webhook("s3cret-of-acme", signature=described(tmp_path, block), now=NOW + 3600)
    with pytest.raises(WebhookTooOld):
        late.parse(BODY, headers)


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ({"value": "{hex}"}, "needs the key 'header'"),
        ({"header": "X", "value": "sha256="}, "a text with {hex}"),
        ({"header": "X", "value": "{hex}", "signed": "{timestamp}"}, "a text with {body}"),
        ({"header": "X", "vlaue": "{hex}"}, "did you mean 'value'"),
    ],
)
def test_a_signature_that_cannot_be_verified_is_a_spec_error(
    tmp_path: Path, block: Any, problem: str
) -> None:
    with pytest.raises(SpecError, match=re.escape(problem)):
        described(tmp_path, block)


@pytest.mark.parametrize("tolerance", [float("nan"), float("inf"), -1])
def test_a_tolerance_is_a_number_of_seconds(tolerance: float) -> None:
    with pytest.raises(ConfigurationError, match="tolerance"):
        Webhook("a secret that is long", tolerance=tolerance)


@pytest.mark.parametrize("secret", ["a", "1234567", "whsec_YQ=="])
def test_a_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    with pytest.raises(ConfigurationError, match="less than 8 bytes"):
        Webhook(secret)
