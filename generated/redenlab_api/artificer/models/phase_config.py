"""What happens to each item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.validation_config import ValidationConfig


class PhaseConfig(Record):
    """What happens to each item."""

    name: str = field(decoding.string)
    """Names it in the outputs of an item."""
    task_type: str | None = field(decoding.string, name="taskType", default=None)
    """What kind of task it is, such as `translate`. Left out, the server decides."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`. Left out, the server chooses."""
    use_rag: bool | None = field(decoding.boolean, name="useRAG", default=None)
    """Whether documents of the project are looked at. Left out, they are not."""
    validation: ValidationConfig | None = field(
        record(lambda: models.ValidationConfig), default=None
    )
    """How the output of a model is judged."""
