"""A typed SDK for job APIs: upload, submit, wait, and get a typed result.

    from redenlab import InferenceClient

    client = InferenceClient(model_name="intelligibility")
    print(client.predict("call.wav").result.intelligibility_score)

Names are imported on first use, so that ``import redenlab`` is fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from redenlab.version import __version__

if TYPE_CHECKING:
    from redenlab.core.calls.api_client import Middleware, Proceed
    from redenlab.core.calls.extras import ExtraOptions
    from redenlab.core.calls.metrics import Meter
    from redenlab.core.calls.retry import Retry
    from redenlab.core.calls.tracing import Tracer
    from redenlab.core.clients.dynamic import connect, connect_async
    from redenlab.core.clients.options import (
        CallOptions,
        ChangedOptions,
        Options,
        RecordingOptions,
        RequestOptions,
        UploadOptions,
    )
    from redenlab.core.clients.paging import AsyncListing, Listing, Page
    from redenlab.core.errors import (
        APIError,
        AuthenticationError,
        BadRequest,
        ConfigurationError,
        Conflict,
        FileChanged,
        InferenceError,
        InputError,
        InvalidField,
        JobCancelled,
        JobFailed,
        JobGone,
        JobRunning,
        JobTimeout,
        LinkExpired,
        MissingExtra,
        MissingKey,
        NetworkError,
        NotFound,
        PaymentRequired,
        PermissionDenied,
        RateLimited,
        RedenLabError,
        RedirectRefused,
        RequestTimeout,
        ServerError,
        SpecError,
        SubmitUncertain,
        TimeoutError,  # noqa: A004 - the documented name; also a builtin TimeoutError
        TLSError,
        TooLarge,
        UnexpectedResponse,
        UntrustedURL,
        UploadError,
        UploadTimeout,
        ValidationError,
        WebhookSignatureError,
        WebhookTooOld,
    )
    from redenlab.core.errors import RedenLabError as RedenLabMLError
    from redenlab.core.events import (
        Attempted,
        Event,
        Finished,
        Listener,
        Polled,
        PollFailed,
        Retrying,
        Submitted,
        Uploaded,
        Uploading,
    )
    from redenlab.core.files.sources import Source
    from redenlab.core.files.uploads import Asset
    from redenlab.core.jobs.handles import AsyncJob, Job
    from redenlab.core.jobs.health import Health
    from redenlab.core.jobs.outputs import AsyncFileOutput, AsyncRows, FileOutput, Rows
    from redenlab.core.jobs.poll import Poll
    from redenlab.core.jobs.segments import Aggregate, FailedSegment, ScoredSegment, Segment
    from redenlab.core.jobs.snapshots import Snapshot
    from redenlab.core.runs.engine import Progress
    from redenlab.core.runs.outcomes import Outcome
    from redenlab.core.runs.run import AsyncRun, MapOptions, Run
    from redenlab.core.runs.sources import Item, Sources
    from redenlab.core.spec.signatures import Signature
    from redenlab.core.transport.egress import Egress
    from redenlab.core.transport.io import OutgoingRequest, Stream
    from redenlab.core.transport.sse import ServerSentEvent
    from redenlab.lowlevel.records import Record, Records, request_id_of
    from redenlab.lowlevel.types import RawResponse, Response
    from redenlab.ml.client import AsyncInferenceClient, InferenceClient
    from redenlab.webhooks import Delivery, WasHandled, Webhook
    from redenlab_api import SPEC_HASH as spec_hash  # noqa: N811 - an attribute of the package

_MODULES = {
    "redenlab.webhooks": "Delivery WasHandled Webhook",
    "redenlab.core.calls.api_client": "Middleware Proceed",
    "redenlab.core.calls.extras": "ExtraOptions",
    "redenlab.core.calls.retry": "Retry",
    "redenlab.core.calls.metrics": "Meter",
    "redenlab.core.calls.tracing": "Tracer",
    "redenlab.core.clients.options": "CallOptions ChangedOptions Options RecordingOptions "
    "RequestOptions UploadOptions",
    "redenlab.core.clients.dynamic": "connect connect_async",
    "redenlab.core.clients.paging": "AsyncListing Listing Page",
    "redenlab.core.events": "Attempted Event Finished Listener PollFailed Polled Retrying "
    "Submitted Uploaded Uploading",
    "redenlab.core.files.sources": "Source",
    "redenlab.core.files.uploads": "Asset",
    "redenlab.core.jobs.handles": "AsyncJob Job",
    "redenlab.core.jobs.health": "Health",
    "redenlab.core.jobs.outputs": "AsyncFileOutput AsyncRows FileOutput Rows",
    "redenlab.core.jobs.poll": "Poll",
    "redenlab.core.jobs.segments": "Aggregate FailedSegment ScoredSegment Segment",
    "redenlab.core.jobs.snapshots": "Snapshot",
    "redenlab.core.runs.engine": "Progress",
    "redenlab.core.runs.outcomes": "Outcome",
    "redenlab.core.runs.run": "AsyncRun MapOptions Run",
    "redenlab.core.runs.sources": "Item Sources",
    "redenlab.core.spec.signatures": "Signature",
    "redenlab.core.transport.egress": "Egress",
    "redenlab.core.transport.io": "OutgoingRequest Stream",
    "redenlab.core.transport.sse": "ServerSentEvent",
    "redenlab.ml.client": "AsyncInferenceClient InferenceClient",
    "redenlab.lowlevel.records": "Record Records request_id_of",
    "redenlab.lowlevel.types": "RawResponse Response",
    "redenlab_api": "spec_hash",
}
"""The names of each module; all other names are in `redenlab.core.errors`."""

_CALLED_THERE = {"RedenLabMLError": "RedenLabError", "spec_hash": "SPEC_HASH"}
"""Names that their modules have in another form."""

_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "APIError",
    "Aggregate",
    "Asset",
    "AsyncFileOutput",
    "AsyncInferenceClient",
    "AsyncJob",
    "AsyncListing",
    "AsyncRows",
    "AsyncRun",
    "Attempted",
    "AuthenticationError",
    "BadRequest",
    "CallOptions",
    "ChangedOptions",
    "ConfigurationError",
    "Conflict",
    "Delivery",
    "Egress",
    "Event",
    "ExtraOptions",
    "FailedSegment",
    "FileChanged",
    "FileOutput",
    "Finished",
    "Health",
    "InferenceClient",
    "InferenceError",
    "InputError",
    "InvalidField",
    "Item",
    "Job",
    "JobCancelled",
    "JobFailed",
    "JobGone",
    "JobRunning",
    "JobTimeout",
    "LinkExpired",
    "Listener",
    "Listing",
    "MapOptions",
    "Meter",
    "Middleware",
    "MissingExtra",
    "MissingKey",
    "NetworkError",
    "NotFound",
    "Options",
    "Outcome",
    "OutgoingRequest",
    "Page",
    "PaymentRequired",
    "PermissionDenied",
    "Poll",
    "PollFailed",
    "Polled",
    "Proceed",
    "Progress",
    "RateLimited",
    "RawResponse",
    "Record",
    "RecordingOptions",
    "Records",
    "RedenLabError",
    "RedenLabMLError",
    "RedirectRefused",
    "RequestOptions",
    "RequestTimeout",
    "Response",
    "Retry",
    "Retrying",
    "Rows",
    "Run",
    "ScoredSegment",
    "Segment",
    "ServerError",
    "ServerSentEvent",
    "Signature",
    "Snapshot",
    "Source",
    "Sources",
    "SpecError",
    "Stream",
    "SubmitUncertain",
    "Submitted",
    "TLSError",
    "TimeoutError",
    "TooLarge",
    "Tracer",
    "UnexpectedResponse",
    "UntrustedURL",
    "UploadError",
    "UploadOptions",
    "UploadTimeout",
    "Uploaded",
    "Uploading",
    "ValidationError",
    "WasHandled",
    "Webhook",
    "WebhookSignatureError",
    "WebhookTooOld",
    "__version__",
    "connect",
    "connect_async",
    "request_id_of",
    "spec_hash",
]


def __getattr__(name: str) -> Any:
    """Import a name on first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(_MODULE_OF.get(name, "redenlab.core.errors"))
    value = getattr(module, _CALLED_THERE.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, imported or not."""
    return sorted({*globals(), *__all__})
