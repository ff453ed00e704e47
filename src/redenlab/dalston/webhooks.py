"""Webhooks: whether they are genuine, what they tell, and how FastAPI and Flask receive them.

Two schemes are verified: ``webhook-signature: v1,…`` of the server of today, and
``X-Dalston-Signature: sha256=…`` of the design document; see `redenlab.webhooks`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from typing import Any, cast

from redenlab.core.errors import InputError, WebhookSignatureError
from redenlab.dalston.enums import WebhookEventType
from redenlab.lowlevel import decoding
from redenlab.webhooks import TOLERANCE, Webhook


@dataclass(frozen=True, slots=True)
class WebhookPayload:
    """What a delivery tells.

    Attributes:
        event: What happened.
        transcription_id: UUID of the job; empty where it is not told.
        timestamp: When it happened.
        text: The first 500 characters, from servers before 2026-02.
        duration: Seconds of the recording, where they are told.
        metadata: The `webhook_metadata` of the submit.
        id: Of the event, from the server of today.
        data: Everything else that was sent about the job.
    """

    event: WebhookEventType
    transcription_id: str
    status: str | None = None
    timestamp: datetime | None = None
    text: str | None = None
    duration: float | None = None
    error: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])
    id: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)


def verify_webhook_signature(  # noqa: PLR0913 - as the design document has it
    payload: bytes,
    signature: str,
    timestamp: str,
    secret: str,
    max_age: float = TOLERANCE,
    *,
    msg_id: str | None = None,
) -> bool:
    """Whether a delivery is genuine.

    Args:
        payload: The request body, byte for byte.
        signature: ``webhook-signature``, or ``X-Dalston-Signature``.
        timestamp: ``webhook-timestamp``, or ``X-Dalston-Timestamp``.
        secret: As the server shows it.
        max_age: Seconds by which it may be too old, or its clock ahead.
        msg_id: ``webhook-id``; ``None`` where the delivery has none.

    Raises:
        WebhookVerificationError: The signature or the timestamp cannot be read, or it is too old.
    """
    kind = "webhook" if msg_id is not None else "x-dalston"
    headers = {f"{kind}-signature": signature, f"{kind}-timestamp": timestamp}
    return Webhook(secret, tolerance=max_age).verify(
        payload, headers | ({} if msg_id is None else {"webhook-id": msg_id})
    )


def parse_webhook_payload(payload: bytes | str) -> WebhookPayload:
    """What a delivery tells, whether it has ``data`` or is flat; verify it first.

    Raises:
        ValidationError: It is no JSON object that names its event.
    """
    try:
        body: Any = json.loads(payload)
        about: dict[str, Any] = {**body, **(body.get("data") or {})}
        moment = body.get("created_at", body.get("timestamp"))
        return WebhookPayload(
            event=WebhookEventType(body.get("type") or body.get("event")),
            transcription_id=str(about.get("transcription_id") or about.get("job_id") or ""),
            timestamp=None if moment is None else _instant(moment),
            metadata=about.get("webhook_metadata") or about.get("metadata") or {},
            id=body.get("id"),
            data=about,
            **{name: about.get(name) for name in ("status", "text", "duration", "error")},
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        raise InputError("the webhook is no JSON object that names its event") from None


def fastapi_webhook_dependency(secret: str, max_age: float = TOLERANCE) -> Callable[..., Any]:
    """A dependency of FastAPI that returns the `WebhookPayload` of a genuine request.

    Others are answered by 401, and genuine ones that cannot be read by 400.
    """
    from fastapi import HTTPException, Request  # noqa: PLC0415 - for those who have it

    async def verified(request: Request) -> WebhookPayload:
        try:
            return _received(
                Webhook(secret, tolerance=max_age), await request.body(), request.headers
            )
        except _Refused as refused:
            raise HTTPException(refused.status, str(refused)) from None

    return verified


def flask_verify_webhook(
    secret: str, max_age: float = TOLERANCE
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator for views of Flask, which are given the `WebhookPayload` first.

    Requests that are not genuine are answered by 401, those that cannot be read by 400.
    """

    def decorated(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def received(*args: Any, **kwargs: Any) -> Any:
            from flask import abort, request  # noqa: PLC0415 - for those who have it

            webhook = Webhook(secret, tolerance=max_age)
            try:
                payload = _received(webhook, request.get_data(), dict(request.headers))
            except _Refused as refused:
                abort(refused.status, str(refused))
            return view(payload, *args, **kwargs)

        return received

    return decorated


class _Refused(Exception):
    """A request that is no delivery; `status` is the HTTP status to answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status: int = status


def _received(webhook: Webhook, body: bytes, headers: Mapping[str, str]) -> WebhookPayload:
    try:
        if not webhook.verify(body, headers):
            raise _Refused(401, "the signature does not match")
        return parse_webhook_payload(body)
    except WebhookSignatureError as error:
        raise _Refused(401, error.message) from None
    except InputError as error:
        raise _Refused(400, error.message) from None


def _instant(moment: Any) -> datetime:
    """A moment, sent as a text or as Unix seconds."""
    if isinstance(moment, str):
        return decoding.instant(moment)
    return datetime.fromtimestamp(cast("float", moment), UTC)
