"""A model that the server knows."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.model_metadata_type_0 import ModelMetadataType0


class Model(Record):
    """A model that the server knows."""

    id: str = field(decoding.string)
    """What `model` of a job may say."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people are shown."""
    engine_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The engine that runs it."""
    loaded_model_id: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """What the engine calls it."""
    stage: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What it is for, such as `transcribe`."""
    status: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`not_downloaded`, `downloading`, `ready` or `failed`."""
    size_bytes: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Bytes on disk."""
    download_progress: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """How much is downloaded; the range is not documented."""
    downloaded_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was downloaded."""
    source: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Where it comes from."""
    library_name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What it is made for, such as `ctranslate2`."""
    languages: list[str] | None = field(
        decoding.union(decoding.array(decoding.string), decoding.null), default=None
    )
    """Codes of the languages that it knows; null for any."""
    word_timestamps: bool | None = field(
        decoding.union(decoding.boolean, decoding.null), default=None
    )
    """Whether it times words."""
    punctuation: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether it writes punctuation."""
    capitalization: bool | None = field(
        decoding.union(decoding.boolean, decoding.null), default=None
    )
    """Whether it writes capitals."""
    native_streaming: bool | None = field(
        decoding.union(decoding.boolean, decoding.null), default=None
    )
    """Whether it gives partial results in realtime."""
    supports_cpu: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether it runs without a GPU."""
    min_vram_gb: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Memory of a GPU that it needs; in GB."""
    min_ram_gb: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Memory that it needs; in GB."""
    metadata: ModelMetadataType0 | None = field(
        decoding.union(record(lambda: models.ModelMetadataType0), decoding.null), default=None
    )
    """What else its source tells."""
    last_used_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was used last."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When the server learned of it."""
    updated_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When this entry changed."""
