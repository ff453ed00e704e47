"""What generated clients are made of, under one name, so that no schema's name can collide."""

from redenlab.core import vigil
from redenlab.core.blueprints import Blueprint, Model, Parts, describe
from redenlab.core.client import (
    AsyncClient,
    BlockingClient,
    CallOptions,
    Options,
    RecordingOptions,
)
from redenlab.core.config import Profile
from redenlab.core.descriptions import JobDescription, Step, reader
from redenlab.core.events import Listener
from redenlab.core.jobs import AsyncJob, Job, perform, start
from redenlab.core.paging import AsyncListing, Listing, Paging
from redenlab.core.resources import Resource, request
from redenlab.core.results import Outcome, Snapshot, Token, given, given_only
from redenlab.core.sources import Source, opener
from redenlab.core.submission import Order, Ticket

__all__ = [
    "AsyncClient",
    "AsyncJob",
    "AsyncListing",
    "BlockingClient",
    "Blueprint",
    "CallOptions",
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
    "Snapshot",
    "Source",
    "Step",
    "Ticket",
    "Token",
    "describe",
    "given",
    "given_only",
    "opener",
    "perform",
    "reader",
    "request",
    "start",
    "vigil",
]
