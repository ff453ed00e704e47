"""Probes: `client.probes.list(tier="free")` returns a `ProbeIndex`."""

from redenlab_api.modelred.models import Probe, ProbeIndex
from redenlab_api.modelred.resources import ProbesResource

__all__ = ["Probe", "ProbeIndex", "ProbesResource"]
