"""The models of this backend, each imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .intelligibility_result import IntelligibilityResult
    from .job_result import JobResult
    from .job_result_result import JobResultResult
    from .job_status import JobStatus
    from .predict_request import PredictRequest
    from .problem import Problem
    from .speaker_diarisation_result import SpeakerDiarisationResult
    from .speaker_turn import SpeakerTurn
    from .submission import Submission
    from .upload_ticket import UploadTicket
    from .upload_url_request import UploadUrlRequest

_HOME = {
    "IntelligibilityResult": ".intelligibility_result",
    "JobResult": ".job_result",
    "JobResultResult": ".job_result_result",
    "JobStatus": ".job_status",
    "PredictRequest": ".predict_request",
    "Problem": ".problem",
    "SpeakerDiarisationResult": ".speaker_diarisation_result",
    "SpeakerTurn": ".speaker_turn",
    "Submission": ".submission",
    "UploadTicket": ".upload_ticket",
    "UploadUrlRequest": ".upload_url_request",
}

__all__ = (
    "IntelligibilityResult",
    "JobResult",
    "JobResultResult",
    "JobStatus",
    "PredictRequest",
    "Problem",
    "SpeakerDiarisationResult",
    "SpeakerTurn",
    "Submission",
    "UploadTicket",
    "UploadUrlRequest",
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
