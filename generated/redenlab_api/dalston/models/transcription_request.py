"""What to transcribe, and how. Fields that the server does not know are ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record
from redenlab.lowlevel.types import File

from .. import models

if TYPE_CHECKING:
    from ..models.transcription_request_webhook_metadata import TranscriptionRequestWebhookMetadata


class TranscriptionRequest(Record):
    """What to transcribe, and how. Fields that the server does not know are ignored."""

    file: File | None = field(decoding.file, default=None)
    """The recording, 10 hours at most, in any container that the server can decode."""
    audio_url: str | None = field(decoding.string, default=None)
    """URL of the recording instead: https, presigned, or a share link of Google Drive or Dropbox,
    which the server turns into a direct one."""
    name: str | None = field(decoding.string, default=None)
    """Display name, cut to 255 characters; the name of the file if left out."""
    model: str | None = field(decoding.string, default=None)
    """Id of a model or an engine; `auto`, the default, leaves the choice to the server."""
    model_diarize: str | None = field(decoding.string, default=None)
    """Model that tells speakers apart; the server chooses one if left out."""
    model_align: str | None = field(decoding.string, default=None)
    """Model that times words; the server chooses one if left out."""
    model_pii_detect: str | None = field(decoding.string, default=None)
    """Model that finds personal data; the server chooses one if left out."""
    language: str | None = field(decoding.string, default=None)
    """Code of the language, such as `en`; `auto`, the default, detects it."""
    vocabulary: list[str] | None = field(decoding.array(decoding.string), default=None)
    """Words that are likely to occur; sent as JSON text."""
    speaker_detection: str | None = field(decoding.string, default=None)
    """`none` (the default), `diarize`, or `per_channel`, which needs more than one channel."""
    num_speakers: int | None = field(decoding.integer, default=None)
    """How many speakers there are, where that is known."""
    min_speakers: int | None = field(decoding.integer, default=None)
    """Least number of speakers."""
    max_speakers: int | None = field(decoding.integer, default=None)
    """Greatest number of speakers."""
    timestamps_granularity: str | None = field(decoding.string, default=None)
    """What has times: `none`, `segment`, or `word` (the default)."""
    pii_detection: bool | None = field(decoding.boolean, default=None)
    """Whether to look for personal data, after the transcription; false if left out."""
    pii_entity_types: list[str] | None = field(decoding.array(decoding.string), default=None)
    """Kinds of personal data to look for, sent as JSON text; left out, those of the server."""
    redact_pii_audio: bool | None = field(decoding.boolean, default=None)
    """Whether to make a recording without personal data, which needs `pii_detection`; false if
    left out."""
    pii_redaction_mode: str | None = field(decoding.string, default=None)
    """What takes the place of personal data: `silence` (the default) or `beep`."""
    retention: int | None = field(decoding.integer, default=None)
    """Days for which the job is kept; 0 keeps nothing, -1 for ever. Left out, as the server is set
    up."""
    lite_profile: str | None = field(decoding.string, default=None)
    """`core` (the default), `speaker` or `compliance`; counts in lite mode alone."""
    webhook_url: str | None = field(decoding.string, default=None)
    """URL that is told of the end. Servers before 2026-02 have it; later ones ignore it, and know
    registered webhooks alone."""
    webhook_metadata: TranscriptionRequestWebhookMetadata | None = field(
        record(lambda: models.TranscriptionRequestWebhookMetadata), default=None
    )
    """Sent along to `webhook_url`, as JSON of 16 KB at most; ignored where that is."""
    pii_detection_tier: str | None = field(decoding.string, default=None)
    """`fast`, `standard` or `thorough`. Servers before 2026-02 have it; later ones ignore it."""
