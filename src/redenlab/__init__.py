"""A typed SDK for job APIs: upload, submit, wait, and get a typed result.

from redenlab import InferenceClient

client = InferenceClient(model_name="intelligibility")
print(client.predict("call.wav").result.intelligibility_score)

Everything here is imported when it is first used, so that ``import redenlab`` costs next to
nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from redenlab.version import __version__

if TYPE_CHECKING:
    from redenlab.core.assets import Asset
    from redenlab.core.chunks import Aggregate
    from redenlab.core.errors import (
        APIError,
        AuthenticationError,
        BadRequest,
        ConfigurationError,
        Conflict,
        FileChanged,
        InferenceError,
        InputError,
        JobCancelled,
        JobFailed,
        JobRunning,
        JobTimeout,
        LinkExpired,
        MissingExtra,
        MissingKey,
        NetworkError,
        NotFound,
        PermissionDenied,
        RateLimited,
        RedenLabError,
        RedirectRefused,
        RequestTimeout,
        ServerError,
        SubmitUncertain,
        TimeoutError,  # noqa: A004 - the documented name; also a builtin TimeoutError
        TooLarge,
        UnexpectedAnswer,
        UploadError,
        UploadTimeout,
        WebhookSignatureError,
        WebhookTooOld,
    )
    from redenlab.core.errors import RedenLabError as RedenLabMLError
    from redenlab.core.generic import connect, connect_async
    from redenlab.core.jobs import AsyncJob, Job
    from redenlab.core.poll import Poll
    from redenlab.core.readiness import Health
    from redenlab.core.retry import Retry
    from redenlab.core.webhooks import Webhook
    from redenlab.ml.client import AsyncInferenceClient, InferenceClient

_HOMES = {
    "redenlab.ml.client": ("AsyncInferenceClient", "InferenceClient"),
    "redenlab.core.jobs": ("AsyncJob", "Job"),
    "redenlab.core.assets": ("Asset",),
    "redenlab.core.chunks": ("Aggregate",),
    "redenlab.core.readiness": ("Health",),
    "redenlab.core.generic": ("connect", "connect_async"),
    "redenlab.core.poll": ("Poll",),
    "redenlab.core.retry": ("Retry",),
    "redenlab.core.webhooks": ("Webhook",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "APIError",
    "Aggregate",
    "Asset",
    "AsyncInferenceClient",
    "AsyncJob",
    "AuthenticationError",
    "BadRequest",
    "ConfigurationError",
    "Conflict",
    "FileChanged",
    "Health",
    "InferenceClient",
    "InferenceError",
    "InputError",
    "Job",
    "JobCancelled",
    "JobFailed",
    "JobRunning",
    "JobTimeout",
    "LinkExpired",
    "MissingExtra",
    "MissingKey",
    "NetworkError",
    "NotFound",
    "PermissionDenied",
    "Poll",
    "RateLimited",
    "RedenLabError",
    "RedenLabMLError",
    "RedirectRefused",
    "RequestTimeout",
    "Retry",
    "ServerError",
    "SubmitUncertain",
    "TimeoutError",
    "TooLarge",
    "UnexpectedAnswer",
    "UploadError",
    "UploadTimeout",
    "Webhook",
    "WebhookSignatureError",
    "WebhookTooOld",
    "__version__",
    "connect",
    "connect_async",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for (PEP 562); names without another home are errors."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(_HOME.get(name, "redenlab.core.errors"))
    value = getattr(home, "RedenLabError" if name == "RedenLabMLError" else name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, imported or not."""
    return sorted({*globals(), *__all__})
