"""Dalston: transcription on a server of one's own.

from redenlab.dalston import Dalston

with Dalston("http://localhost:8000", api_key="dk_…") as client:
    job = client.transcribe("call.wav")
    print(client.wait_for_completion(job.id).transcript.text)
"""

from redenlab.core.errors import APIError as RealtimeException
from redenlab.core.errors import AuthenticationError, RateLimited, ServerError, ValidationError
from redenlab.core.errors import NetworkError as ConnectError
from redenlab.core.errors import NotFound as NotFoundError
from redenlab.core.errors import PermissionDenied as PermissionError  # noqa: A004 - as documented
from redenlab.core.errors import RedenLabError as DalstonError
from redenlab.core.errors import TimeoutError as TimeoutException
from redenlab.core.errors import WebhookSignatureError as WebhookVerificationError
from redenlab.core.live.service import Reconnect
from redenlab.dalston.client import AsyncDalston, Dalston
from redenlab.dalston.enums import (
    ExportFormat,
    JobStatus,
    PIIDetectionTier,
    PIIRedactionMode,
    RealtimeMessageType,
    RealtimeSessionStatus,
    SpeakerDetection,
    TimestampGranularity,
    WebhookEventType,
)
from redenlab.dalston.messages import RealtimeMessage
from redenlab.dalston.realtime import (
    AsyncRealtimeSession,
    RealtimeOptions,
    RealtimeSession,
)
from redenlab.dalston.types import (
    ExportOptions,
    Job,
    RealtimeSessionInfo,
    RealtimeSessionList,
    Segment,
    TranscribeOptions,
    Transcript,
)
from redenlab.dalston.webhooks import (
    WebhookPayload,
    fastapi_webhook_dependency,
    flask_verify_webhook,
    parse_webhook_payload,
    verify_webhook_signature,
)
from redenlab_api.dalston.models import (
    HealthStatus,
    PIIEntity,
    PIIInfo,
    RealtimeStatus,
    Speaker,
    Word,
)
from redenlab_api.dalston.realtime import (
    ConfigureOptions,
    LagWarning,
    RealtimeError,
    RealtimeSegment,
    RealtimeWord,
    SessionBegin,
    SessionConfig,
    SessionEnd,
    SessionTerminated,
    StreamOptions,
    TranscriptFinal,
    TranscriptPartial,
    VADEvent,
)

ForbiddenError = PermissionError
RateLimitError = RateLimited

__all__ = [
    "AsyncDalston",
    "AsyncRealtimeSession",
    "AuthenticationError",
    "ConfigureOptions",
    "ConnectError",
    "Dalston",
    "DalstonError",
    "ExportFormat",
    "ExportOptions",
    "ForbiddenError",
    "HealthStatus",
    "Job",
    "JobStatus",
    "LagWarning",
    "NotFoundError",
    "PIIDetectionTier",
    "PIIEntity",
    "PIIInfo",
    "PIIRedactionMode",
    "PermissionError",
    "RateLimitError",
    "RealtimeError",
    "RealtimeException",
    "RealtimeMessage",
    "RealtimeMessageType",
    "RealtimeOptions",
    "RealtimeSegment",
    "RealtimeSession",
    "RealtimeSessionInfo",
    "RealtimeSessionList",
    "RealtimeSessionStatus",
    "RealtimeStatus",
    "RealtimeWord",
    "Reconnect",
    "Segment",
    "ServerError",
    "SessionBegin",
    "SessionConfig",
    "SessionEnd",
    "SessionTerminated",
    "Speaker",
    "SpeakerDetection",
    "StreamOptions",
    "TimeoutException",
    "TimestampGranularity",
    "TranscribeOptions",
    "Transcript",
    "TranscriptFinal",
    "TranscriptPartial",
    "VADEvent",
    "ValidationError",
    "WebhookEventType",
    "WebhookPayload",
    "WebhookVerificationError",
    "Word",
    "fastapi_webhook_dependency",
    "flask_verify_webhook",
    "parse_webhook_payload",
    "verify_webhook_signature",
]
