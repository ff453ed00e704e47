"""The models of this backend, each imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .counted_segment import CountedSegment
    from .intelligibility_result import IntelligibilityResult
    from .job_result import JobResult
    from .job_result_result import JobResultResult
    from .job_status import JobStatus
    from .model_health import ModelHealth
    from .naturalness_result import NaturalnessResult
    from .predict_request import PredictRequest
    from .problem import Problem
    from .speaker_count_result import SpeakerCountResult
    from .speaker_diarisation_parameters import SpeakerDiarisationParameters
    from .speaker_diarisation_result import SpeakerDiarisationResult
    from .speaker_summary import SpeakerSummary
    from .speaker_turn import SpeakerTurn
    from .spoken_segment import SpokenSegment
    from .spoken_word import SpokenWord
    from .submission import Submission
    from .subtitle_links import SubtitleLinks
    from .syllable import Syllable
    from .syllable_timing_result import SyllableTimingResult
    from .transcribe_parameters import TranscribeParameters
    from .transcribe_result import TranscribeResult
    from .transcript_alternative import TranscriptAlternative
    from .transcript_details import TranscriptDetails
    from .transcript_item import TranscriptItem
    from .transcript_text import TranscriptText
    from .upload_ticket import UploadTicket
    from .upload_url_request import UploadUrlRequest
    from .whisperx_parameters import WhisperxParameters
    from .whisperx_result import WhisperxResult

_HOME = {
    "CountedSegment": ".counted_segment",
    "IntelligibilityResult": ".intelligibility_result",
    "JobResult": ".job_result",
    "JobResultResult": ".job_result_result",
    "JobStatus": ".job_status",
    "ModelHealth": ".model_health",
    "NaturalnessResult": ".naturalness_result",
    "PredictRequest": ".predict_request",
    "Problem": ".problem",
    "SpeakerCountResult": ".speaker_count_result",
    "SpeakerDiarisationParameters": ".speaker_diarisation_parameters",
    "SpeakerDiarisationResult": ".speaker_diarisation_result",
    "SpeakerSummary": ".speaker_summary",
    "SpeakerTurn": ".speaker_turn",
    "SpokenSegment": ".spoken_segment",
    "SpokenWord": ".spoken_word",
    "Submission": ".submission",
    "SubtitleLinks": ".subtitle_links",
    "Syllable": ".syllable",
    "SyllableTimingResult": ".syllable_timing_result",
    "TranscribeParameters": ".transcribe_parameters",
    "TranscribeResult": ".transcribe_result",
    "TranscriptAlternative": ".transcript_alternative",
    "TranscriptDetails": ".transcript_details",
    "TranscriptItem": ".transcript_item",
    "TranscriptText": ".transcript_text",
    "UploadTicket": ".upload_ticket",
    "UploadUrlRequest": ".upload_url_request",
    "WhisperxParameters": ".whisperx_parameters",
    "WhisperxResult": ".whisperx_result",
}

__all__ = (
    "CountedSegment",
    "IntelligibilityResult",
    "JobResult",
    "JobResultResult",
    "JobStatus",
    "ModelHealth",
    "NaturalnessResult",
    "PredictRequest",
    "Problem",
    "SpeakerCountResult",
    "SpeakerDiarisationParameters",
    "SpeakerDiarisationResult",
    "SpeakerSummary",
    "SpeakerTurn",
    "SpokenSegment",
    "SpokenWord",
    "Submission",
    "SubtitleLinks",
    "Syllable",
    "SyllableTimingResult",
    "TranscribeParameters",
    "TranscribeResult",
    "TranscriptAlternative",
    "TranscriptDetails",
    "TranscriptItem",
    "TranscriptText",
    "UploadTicket",
    "UploadUrlRequest",
    "WhisperxParameters",
    "WhisperxResult",
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
