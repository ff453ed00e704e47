"""What runs models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.engine_capabilities_type_0 import EngineCapabilitiesType0
    from ..models.engine_hardware_type_0 import EngineHardwareType0
    from ..models.engine_performance_type_0 import EnginePerformanceType0


class Engine(Record):
    """What runs models."""

    id: str = field(decoding.string)
    """What `model` of a job may say."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people are shown."""
    stage: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What it is for, such as `transcribe`."""
    version: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Its release, such as `1.2.0`."""
    execution_profile: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """How it is run."""
    status: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`running`, `available` or `unhealthy`."""
    loaded_model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The model that it has in memory."""
    available_models: list[str] | None = field(
        decoding.union(decoding.array(decoding.string), decoding.null), default=None
    )
    """Ids of the models that it can run."""
    capabilities: EngineCapabilitiesType0 | None = field(
        decoding.union(record(lambda: models.EngineCapabilitiesType0), decoding.null), default=None
    )
    """What it can do, such as `supports_native_streaming`."""
    hardware: EngineHardwareType0 | None = field(
        decoding.union(record(lambda: models.EngineHardwareType0), decoding.null), default=None
    )
    """What it needs, such as `min_ram_gb`."""
    performance: EnginePerformanceType0 | None = field(
        decoding.union(record(lambda: models.EnginePerformanceType0), decoding.null), default=None
    )
    """How fast it is: `rtf_gpu`, `rtf_cpu`, seconds of work for a second of audio."""
