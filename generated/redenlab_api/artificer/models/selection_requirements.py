"""What a model has to be like; what is left out does not matter."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SelectionRequirements(Record):
    """What a model has to be like; what is left out does not matter."""

    min_input_tokens: int | None = field(decoding.integer, name="minInputTokens", default=None)
    """Tokens that it has to read."""
    min_output_tokens: int | None = field(decoding.integer, name="minOutputTokens", default=None)
    """Tokens that it has to write."""
    max_input_cost_per_1m: float | None = field(
        decoding.number, name="maxInputCostPer1M", default=None
    )
    """US dollars a million tokens that it reads."""
    max_output_cost_per_1m: float | None = field(
        decoding.number, name="maxOutputCostPer1M", default=None
    )
    """US dollars a million tokens that it writes."""
    preferred_providers: list[str] | None = field(
        decoding.array(decoding.string), name="preferredProviders", default=None
    )
    """Those that come first."""
    excluded_providers: list[str] | None = field(
        decoding.array(decoding.string), name="excludedProviders", default=None
    )
    """Those that are left out."""
    requires_json: bool | None = field(decoding.boolean, name="requiresJson", default=None)
    """Whether it has to write JSON."""
    prefer_quality: bool | None = field(decoding.boolean, name="preferQuality", default=None)
    """Whether dearer ones come first."""
    prefer_speed: bool | None = field(decoding.boolean, name="preferSpeed", default=None)
    """Whether faster ones come first."""
    prefer_latest: bool | None = field(decoding.boolean, name="preferLatest", default=None)
    """Whether newer ones come first."""
    modality: str | None = field(decoding.string, default=None)
    """What it has to read, such as `text`."""
