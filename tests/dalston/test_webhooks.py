"""Webhooks of both schemes, received by hand, by FastAPI and by Flask."""

import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime
from typing import Annotated, Any

import anyio
import httpx
import pytest
from fastapi import Depends, FastAPI
from flask import Flask

from redenlab.dalston import (
    ValidationError,
    WebhookEventType,
    WebhookPayload,
    WebhookVerificationError,
    fastapi_webhook_dependency,
    flask_verify_webhook,
    parse_webhook_payload,
    verify_webhook_signature,
)

JOB = "4f2c9be1-1f0e-4c43-9a53-1f0de2a2a5a5"
KEY = bytes(range(224, 256))  # its base64 has - and _ in the URL-safe alphabet
SECRET = f"whsec_{base64.urlsafe_b64encode(KEY).decode().rstrip('=')}"
PLAIN = "a server-wide secret"

NESTED = {
    "object": "event",
    "id": "evt_0123",
    "type": "transcription.completed",
    "created_at": 1771243200,
    "data": {"transcription_id": JOB, "status": "completed", "webhook_metadata": {"order": 7}},
}
FLAT = {
    "event": "transcription.failed",
    "transcription_id": JOB,
    "status": "failed",
    "timestamp": "2026-02-16T12:00:00",
    "error": "no engine",
    "text": "Good",
    "duration": 2.5,
    "webhook_metadata": {"order": 7},
}
FIRST = {
    "event": "job.completed",
    "job_id": JOB,
    "timestamp": 1771243200,
    "data": {"status": "completed"},
    "metadata": {"order": 7},
}
MOMENT = datetime(2026, 2, 16, 12, tzinfo=UTC)


def standard(body: bytes, at: float | None = None, key: bytes = KEY) -> dict[str, str]:
    """Headers by the server of today."""
    moment = str(int(time.time() if at is None else at))
    digest = hmac.new(key, f"msg_1.{moment}.".encode() + body, hashlib.sha256).digest()
    proof = f"v1,{base64.b64encode(digest).decode()}"
    return {"webhook-id": "msg_1", "webhook-timestamp": moment, "webhook-signature": proof}


def documented(body: bytes, at: float | None = None, key: str = PLAIN) -> dict[str, str]:
    """Headers by the design document."""
    moment = str(int(time.time() if at is None else at))
    digest = hmac.new(key.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Dalston-Signature": f"sha256={digest}", "X-Dalston-Timestamp": moment}


def verified(body: bytes, headers: dict[str, str], secret: str, **more: Any) -> bool:
    if "webhook-id" in headers:
        more["msg_id"] = headers["webhook-id"]
        proof, moment = headers["webhook-signature"], headers["webhook-timestamp"]
    else:
        proof, moment = headers["X-Dalston-Signature"], headers["X-Dalston-Timestamp"]
    return verify_webhook_signature(body, proof, moment, secret, **more)


BOTH = pytest.mark.parametrize(("sign", "secret"), [(standard, SECRET), (documented, PLAIN)])


@BOTH
def test_a_genuine_delivery_is_verified_byte_for_byte(sign: Any, secret: str) -> None:
    body = json.dumps(NESTED).encode()
    assert verified(body, sign(body), secret) is True
    assert verified(body + b" ", sign(body), secret) is False
    assert verified(b"\xff no JSON", sign(b"\xff no JSON"), secret) is True


@BOTH
def test_another_secret_is_a_mismatch(sign: Any, secret: str) -> None:
    other = f"whsec_{base64.urlsafe_b64encode(b'x' * 32).decode()}"
    assert verified(b"{}", sign(b"{}"), other) is False


@BOTH
@pytest.mark.parametrize("by", [-400, 400])
def test_a_delivery_outside_of_the_window_is_an_error(sign: Any, secret: str, by: int) -> None:
    headers = sign(b"{}", time.time() + by)
    with pytest.raises(WebhookVerificationError, match="the delivery was sent"):
        verified(b"{}", headers, secret)
    assert verified(b"{}", headers, secret, max_age=500) is True


def test_one_of_several_signatures_will_do() -> None:
    headers, other = standard(b"{}"), standard(b"{}", key=b"other")
    headers["webhook-signature"] = f"{other['webhook-signature']} {headers['webhook-signature']}"
    assert verified(b"{}", headers, SECRET) is True


@pytest.mark.parametrize(
    ("signature", "timestamp", "msg_id"),
    [
        ("md5=00", "now", None),
        ("md5=00", "1771243200", None),
        ("sha256=", "1771243200", None),
        ("v1a,AAAA", "1771243200", "msg_1"),
        ("v1,!!!", "1771243200", "msg_1"),
        ("v1,AAAAA", "1771243200", "msg_1"),
        ("", "1771243200", "msg_1"),
    ],
)
def test_what_cannot_be_read_is_an_error(signature: str, timestamp: str, msg_id: Any) -> None:
    with pytest.raises(WebhookVerificationError):
        verify_webhook_signature(b"{}", signature, timestamp, PLAIN, msg_id=msg_id)


@pytest.mark.parametrize(
    ("body", "event", "more"),
    [
        (NESTED, WebhookEventType.TRANSCRIPTION_COMPLETED, {"id": "evt_0123", "timestamp": MOMENT}),
        (FLAT, WebhookEventType.TRANSCRIPTION_FAILED, {"error": "no engine", "timestamp": MOMENT}),
        (FLAT, "transcription.failed", {"text": "Good", "duration": 2.5, "status": "failed"}),
        (FIRST, "job.completed", {"timestamp": MOMENT, "status": "completed", "id": None}),
    ],
)
def test_every_body_is_read(body: Any, event: str, more: dict[str, Any]) -> None:
    for text in (json.dumps(body), json.dumps(body).encode()):
        found = parse_webhook_payload(text)
        assert (found.event, found.transcription_id, found.metadata) == (event, JOB, {"order": 7})
        assert {name: getattr(found, name) for name in more} == more


@pytest.mark.parametrize(
    "body",
    ["", "[]", json.dumps([NESTED]), "{}", "7", '{"event": 7}', '{"type": "x", "created_at": []}'],
)
def test_a_body_without_an_event_is_refused(body: str) -> None:
    with pytest.raises(ValidationError, match="names its event"):
        parse_webhook_payload(body)


def fastapi(secret: str) -> Any:
    app = FastAPI()
    receive = fastapi_webhook_dependency(secret)

    @app.post("/hook")
    async def hook(payload: Annotated[WebhookPayload, Depends(receive)]) -> dict[str, str]:
        return {"event": payload.event}

    def send(body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        async def main() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://a.example"
            ) as client:
                return await client.post("/hook", content=body, headers=headers)

        response = anyio.run(main)
        return response.status_code, response.text

    return send


def flask(secret: str) -> Any:
    app = Flask(__name__)

    @app.post("/hook")
    @flask_verify_webhook(secret)
    def hook(payload: WebhookPayload) -> dict[str, str]:
        return {"event": payload.event}

    def send(body: bytes, headers: dict[str, str]) -> tuple[int, Any]:
        response = app.test_client().post("/hook", data=body, headers=headers)
        return response.status_code, response.text

    return send


@BOTH
@pytest.mark.parametrize("serve", [fastapi, flask])
def test_a_framework_hands_over_what_is_genuine(serve: Any, sign: Any, secret: str) -> None:
    send, body = serve(secret), json.dumps(NESTED).encode()
    status, text = send(body, sign(body))
    assert (status, json.loads(text)) == (200, {"event": "transcription.completed"})
    assert send(body, {})[0] == 401
    assert send(body + b" ", sign(body))[0] == 401
    assert send(body, sign(body, time.time() - 400))[0] == 401
    assert send(b"[]", sign(b"[]"))[0] == 400
