"""How the service reaches a model of Google."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.google_config_generation_config import GoogleConfigGenerationConfig
    from ..models.google_config_safety_settings import GoogleConfigSafetySettings


class GoogleConfig(Record):
    """How the service reaches a model of Google."""

    api_key: str = field(decoding.string, secret=True)
    """Secret key of a project at Google."""
    model_name: str = field(decoding.string)
    """Name of the model at Google."""
    generation_config: GoogleConfigGenerationConfig | None = field(
        record(lambda: models.GoogleConfigGenerationConfig), default=None
    )
    """Settings of generation as Google names them. Left out, those of Google."""
    safety_settings: GoogleConfigSafetySettings | None = field(
        record(lambda: models.GoogleConfigSafetySettings), default=None
    )
    """Safety settings as Google names them. Left out, those of Google."""
