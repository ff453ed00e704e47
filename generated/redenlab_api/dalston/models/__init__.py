"""The models of this backend, each imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .audio_link import AudioLink
    from .cancelled_job import CancelledJob
    from .created_job import CreatedJob
    from .deleted_session import DeletedSession
    from .engine import Engine
    from .engine_capabilities_type_0 import EngineCapabilitiesType0
    from .engine_hardware_type_0 import EngineHardwareType0
    from .engine_list import EngineList
    from .engine_performance_type_0 import EnginePerformanceType0
    from .entity_type import EntityType
    from .entity_type_list import EntityTypeList
    from .error_body import ErrorBody
    from .error_detail import ErrorDetail
    from .health_status import HealthStatus
    from .invalid_parameter import InvalidParameter
    from .invalid_parameters import InvalidParameters
    from .job_list import JobList
    from .job_status import JobStatus
    from .job_summary import JobSummary
    from .job_update import JobUpdate
    from .language import Language
    from .model import Model
    from .model_list import ModelList
    from .model_metadata_type_0 import ModelMetadataType0
    from .pii_entity import PIIEntity
    from .pii_info import PIIInfo
    from .pii_info_entity_summary_type_0 import PIIInfoEntitySummaryType0
    from .realtime_status import RealtimeStatus
    from .retention import Retention
    from .segment import Segment
    from .session import Session
    from .session_list import SessionList
    from .session_token import SessionToken
    from .speaker import Speaker
    from .stage import Stage
    from .stored_transcript import StoredTranscript
    from .token_request import TokenRequest
    from .transcription_job import TranscriptionJob
    from .transcription_request import TranscriptionRequest
    from .transcription_request_webhook_metadata import TranscriptionRequestWebhookMetadata
    from .word import Word

_HOME = {
    "AudioLink": ".audio_link",
    "CancelledJob": ".cancelled_job",
    "CreatedJob": ".created_job",
    "DeletedSession": ".deleted_session",
    "Engine": ".engine",
    "EngineCapabilitiesType0": ".engine_capabilities_type_0",
    "EngineHardwareType0": ".engine_hardware_type_0",
    "EngineList": ".engine_list",
    "EnginePerformanceType0": ".engine_performance_type_0",
    "EntityType": ".entity_type",
    "EntityTypeList": ".entity_type_list",
    "ErrorBody": ".error_body",
    "ErrorDetail": ".error_detail",
    "HealthStatus": ".health_status",
    "InvalidParameter": ".invalid_parameter",
    "InvalidParameters": ".invalid_parameters",
    "JobList": ".job_list",
    "JobStatus": ".job_status",
    "JobSummary": ".job_summary",
    "JobUpdate": ".job_update",
    "Language": ".language",
    "Model": ".model",
    "ModelList": ".model_list",
    "ModelMetadataType0": ".model_metadata_type_0",
    "PIIEntity": ".pii_entity",
    "PIIInfo": ".pii_info",
    "PIIInfoEntitySummaryType0": ".pii_info_entity_summary_type_0",
    "RealtimeStatus": ".realtime_status",
    "Retention": ".retention",
    "Segment": ".segment",
    "Session": ".session",
    "SessionList": ".session_list",
    "SessionToken": ".session_token",
    "Speaker": ".speaker",
    "Stage": ".stage",
    "StoredTranscript": ".stored_transcript",
    "TokenRequest": ".token_request",
    "TranscriptionJob": ".transcription_job",
    "TranscriptionRequest": ".transcription_request",
    "TranscriptionRequestWebhookMetadata": ".transcription_request_webhook_metadata",
    "Word": ".word",
}

__all__ = (
    "AudioLink",
    "CancelledJob",
    "CreatedJob",
    "DeletedSession",
    "Engine",
    "EngineCapabilitiesType0",
    "EngineHardwareType0",
    "EngineList",
    "EnginePerformanceType0",
    "EntityType",
    "EntityTypeList",
    "ErrorBody",
    "ErrorDetail",
    "HealthStatus",
    "InvalidParameter",
    "InvalidParameters",
    "JobList",
    "JobStatus",
    "JobSummary",
    "JobUpdate",
    "Language",
    "Model",
    "ModelList",
    "ModelMetadataType0",
    "PIIEntity",
    "PIIInfo",
    "PIIInfoEntitySummaryType0",
    "RealtimeStatus",
    "Retention",
    "Segment",
    "Session",
    "SessionList",
    "SessionToken",
    "Speaker",
    "Stage",
    "StoredTranscript",
    "TokenRequest",
    "TranscriptionJob",
    "TranscriptionRequest",
    "TranscriptionRequestWebhookMetadata",
    "Word",
)


def __getattr__(name: str) -> Any:
    """Import the module of a model on first use (PEP 562): a large API costs only what is used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every model, imported or not."""
    return sorted({*globals(), *__all__})
