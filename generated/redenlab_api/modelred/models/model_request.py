"""A model to register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models
from ..models.provider import Provider
from ..models.provider import provider as _provider

if TYPE_CHECKING:
    from ..models.model_request_provider_config import ModelRequestProviderConfig


class ModelRequest(Record):
    """A model to register."""

    model_id: str = field(decoding.string, name="modelId")
    """Your slug for it: lower case with hyphens, unique in the organization."""
    provider: Provider = field(_provider)
    """Who runs a model."""
    display_name: str = field(decoding.string, name="displayName")
    """What people will call it."""
    provider_config: ModelRequestProviderConfig = field(
        record(lambda: models.ModelRequestProviderConfig), name="providerConfig"
    )
    """How the service reaches it: the `…Config` of its provider, which may hold secrets."""
    description: str | None = field(decoding.string, default=None)
    """Free text. Left out, none."""
