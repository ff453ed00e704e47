"""A query for a chain of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.validation_config import ValidationConfig


class ChainExecutionRequest(Record):
    """A query for a chain of models."""

    query: str = field(decoding.string)
    """From 1 to 100,000 characters."""
    task_type: str | None = field(decoding.string, name="taskType", default=None)
    """What kind of task it is, such as `qa`. Left out, the server decides."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`. Left out, the server chooses."""
    use_rag: bool | None = field(decoding.boolean, name="useRAG", default=None)
    """Whether documents are looked at. Left out, they are not."""
    validation_config: ValidationConfig | None = field(
        record(lambda: models.ValidationConfig), name="validationConfig", default=None
    )
    """How the output of a model is judged."""
