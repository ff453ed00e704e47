"""What generated clients are made of, under one name, so that no schema's name can collide."""

from redenlab.core import assets, chunks, readiness, vigil
from redenlab.core.assets import Asset, supply
from redenlab.core.blueprints import Blueprint, Model, Parts, describe
from redenlab.core.chunks import Aggregate
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
from redenlab.core.paging import AsyncListing, Listing, Paging
from redenlab.core.readiness import Health
from redenlab.core.resources import Resource, request
from redenlab.core.results import Outcome, Snapshot, Token, given, given_only
from redenlab.core.sources import Source
from redenlab.core.submission import Order, Ticket

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
