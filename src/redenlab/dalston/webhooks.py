"""Webhooks: whether they are genuine, what they tell, and how FastAPI and Flask receive them.

Two schemes are verified: ``webhook-signature: v1,…`` of the server of today, and
``X-Dalston-Signature: sha256=…`` of the design document; see `redenlab.webhooks`.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from redenlab.core.errors import InputError
from redenlab.dalston.enums import WebhookEventType
from redenlab.lowlevel import decoding
from redenlab.receivers import fastapi_dependency, flask_decorator
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
    """A dependency that returns the `WebhookPayload`; see `redenlab.receivers`."""
    return fastapi_dependency(Webhook(secret, tolerance=max_age), parse_webhook_payload)


def flask_verify_webhook(
    secret: str, max_age: float = TOLERANCE
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator for views, which are given the `WebhookPayload`; see `redenlab.receivers`."""
    return flask_decorator(Webhook(secret, tolerance=max_age), parse_webhook_payload)


def _instant(moment: Any) -> datetime:
    """A moment, sent as a text or as Unix seconds."""
    if isinstance(moment, str):
        return decoding.instant(moment)
    return datetime.fromtimestamp(cast("float", moment), UTC)
