"""What generated clients are made of, under one name, so that no schema's name can collide.

What only some calls need is imported when it is first used: a client that is made and asked once
should not pay for pages or for the cutting of long recordings.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from redenlab.core import assets, vigil
from redenlab.core.assets import Asset, supply
from redenlab.core.blueprints import Blueprint, Model, Parts, describe
from redenlab.core.client import (
    AsyncClient,
    BlockingClient,
    CallOptions,
    Options,
    RecordingOptions,
    concealed,
)
from redenlab.core.config import Profile, SignIn
from redenlab.core.descriptions import JobDescription, reader
from redenlab.core.events import Listener
from redenlab.core.jobs import AsyncJob, Job, perform, start
from redenlab.core.operations import Step
from redenlab.core.results import Outcome, Snapshot, Token, given, given_only
from redenlab.core.sources import Source
from redenlab.core.submission import Order, Ticket

if TYPE_CHECKING:
    from redenlab.core import chunks, readiness
    from redenlab.core.chunks import Aggregate
    from redenlab.core.paging import AsyncListing, Listing, Paging
    from redenlab.core.readiness import Health
    from redenlab.core.resources import Resource, request

__all__ = [
    "Aggregate",
    "Asset",
    "AsyncClient",
    "AsyncJob",
    "AsyncListing",
    "BlockingClient",
    "Blueprint",
    "CallOptions",
    "Health",
    "Job",
    "JobDescription",
    "Listener",
    "Listing",
    "Model",
    "Options",
    "Order",
    "Outcome",
    "Paging",
    "Parts",
    "Profile",
    "RecordingOptions",
    "Resource",
    "SignIn",
    "Snapshot",
    "Source",
    "Step",
    "Ticket",
    "Token",
    "assets",
    "chunks",
    "concealed",
    "describe",
    "given",
    "given_only",
    "perform",
    "reader",
    "readiness",
    "request",
    "start",
    "supply",
    "vigil",
]

_HOMES = {
    "chunks": ("Aggregate",),
    "paging": ("AsyncListing", "Listing", "Paging"),
    "readiness": ("Health",),
    "resources": ("Resource", "request"),
}


def __getattr__(name: str) -> Any:
    """Import what is asked for (PEP 562): one of the modules above, or a name of theirs."""
    for home, names in _HOMES.items():
        if name == home or name in names:
            module = import_module(f"redenlab.core.{home}")
            return module if name == home else getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
