"""What the package offers, and what it costs to ask."""

import importlib
import inspect
import re
import subprocess
import sys
import tomllib
import typing
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import redenlab
import redenlab_api.artificer.models
import redenlab_api.dalston.models
import redenlab_api.ml.models
import redenlab_api.modelred.models
import redenlab_api.replicate.models
from processes import environment
from redenlab import AsyncInferenceClient, InferenceClient
from redenlab.artificer import Artificer, AsyncArtificer
from redenlab.dalston import AsyncDalston, Dalston
from redenlab.modelred import AsyncModelRedClient, ModelRedClient
from redenlab.replicate import AsyncReplicateClient, ReplicateClient

ROOT = Path(__file__).parents[2]


PUBLIC: dict[str, str] = {
    "redenlab": """
        __version__ Aggregate Asset AsyncFileOutput AsyncInferenceClient AsyncJob AsyncListing
        AsyncRows AsyncRun Item MapOptions Outcome Progress Run Sources
        CallOptions ChangedOptions connect connect_async Delivery Egress
        ExtraOptions
        FailedSegment FileOutput Health InferenceClient InvalidField Job Listener Listing Meter
        Middleware Options OutgoingRequest Page Poll Proceed RawResponse Record RecordingOptions
        Records RequestOptions request_id_of Response Retry Rows ScoredSegment Segment
        ServerSentEvent Signature Snapshot Source Stream Tracer UploadOptions WasHandled Webhook
        spec_hash

        Attempted Event Finished Polled PollFailed Retrying Submitted Uploaded Uploading

        APIError AuthenticationError BadRequest ConfigurationError Conflict FileChanged
        InferenceError InputError JobCancelled JobFailed JobGone JobRunning JobTimeout
        LinkExpired MissingExtra MissingKey NetworkError NotFound PaymentRequired
        PermissionDenied RateLimited RedenLabError RedenLabMLError RedirectRefused
        RequestTimeout ServerError SpecError SubmitUncertain TimeoutError TLSError
        TooLarge UnexpectedResponse UntrustedURL UploadError UploadTimeout ValidationError
        WebhookSignatureError
        WebhookTooOld
    """,
    "redenlab.artificer": """
        Artificer ArtificerError AsyncArtificer AuthenticationError ConnectionError NotFoundError
        OnProgress
        PermissionError Protocol RateLimitError ServerError TimeoutError ValidationError
    """,
    "redenlab.artificer.models": " ".join(redenlab_api.artificer.models.__all__),
    "redenlab.artificer.pdf": "MIN_TEXT PdfImage PdfText extract_images extract_text",
    "redenlab.dalston": """
        AsyncDalston AsyncRealtimeSession AuthenticationError ConfigureOptions ConnectError Dalston
        DalstonError ExportFormat ExportOptions ForbiddenError HealthStatus Job JobStatus
        LagWarning NotFoundError PIIDetectionTier PIIEntity PIIInfo PIIRedactionMode
        PermissionError RateLimitError RealtimeError RealtimeException RealtimeMessage
        RealtimeMessageType RealtimeOptions RealtimeSegment RealtimeSession RealtimeSessionInfo
        RealtimeSessionList RealtimeSessionStatus RealtimeStatus RealtimeWord Reconnect Segment
        ServerError SessionBegin SessionConfig SessionEnd SessionTerminated Speaker
        SpeakerDetection StreamOptions TimeoutException TimestampGranularity TranscribeOptions
        Transcript TranscriptFinal TranscriptPartial VADEvent ValidationError WebhookEventType
        WebhookPayload WebhookVerificationError Word fastapi_webhook_dependency
        flask_verify_webhook parse_webhook_payload verify_webhook_signature
    """,
    "redenlab.replicate": """
        AsyncFileOutput AsyncReplicateClient DEFAULT_IMAGE_MODEL DEFAULT_POLL_INTERVAL
        DEFAULT_TIMEOUT DEFAULT_VIDEO_MODEL FileOutput ImageResult PollResult RunOptions StreamEvent
        VideoResult FLUX_SCHNELL_PRICE_PER_IMAGE Function PinnedModel Run StreamingFunction
        default_client run stream use
        MAX_BACKOFF_DELAY PredictionWebhook Progress ReplicateClient
        SKYREELS2_PRICE_PER_SECOND
    """,
    "redenlab.modelred": "AssessmentPriority AsyncModelRedClient ModelRedClient OnProgress",
    "redenlab.modelred.client": "AsyncModelRedClient ModelRedClient",
    "redenlab.modelred.resources.assessments": "AssessmentPriority Assessments AssessmentsV2",
    "redenlab_api.modelred.models": " ".join(redenlab_api.modelred.models.__all__),
    "redenlab.modelred.resources": """
        Assessment AssessmentPriority Assessments AssessmentsV2 Model Models Probe
        ProbeIndex ProbePack Report
    """,
    "redenlab.ml": f"""
        AsyncInferenceClient InferenceClient MODEL_NAMES ModelName ModelResult Prediction
        PredictionStatus {" ".join(redenlab_api.ml.models.__all__)}
    """,
    "redenlab.sandbox": "ClientOptions Options Sandbox running serve",
}
"""Every name that users may import, by the module that the documentation names for it."""

ENGINE = {
    "redenlab.artificer.resources.Batch",
    "redenlab.core.auth.secret.Secret",
    "redenlab.core.calls.context.CallContext",
    "redenlab.core.clients.abilities.RunSegmented",
    "redenlab.core.clients.base.Client",
    "redenlab.core.clients.job_clients.GetResult",
    "redenlab.core.clients.job_clients.GetStatus",
    "redenlab.core.clients.paging.Paging",
    "redenlab.core.jobs.handle.Handle",
    "redenlab.core.jobs.handle.WaitOptions",
    "redenlab.core.jobs.job_type.JobRef",
    "redenlab.core.jobs.job_type.JobType",
    "redenlab.core.jobs.submission.JobRequest",
    "redenlab.core.runs.run.Order",
    "redenlab.core.runs.tasks.RunClient",
    "redenlab.core.spec.demands.Demands",
    "redenlab.core.spec.steps.Interval",
    "redenlab.core.spec.steps.Lookup",
    "redenlab.core.spec.ways.Way",
    "redenlab.core.jobs.snapshots.Seen",
    "redenlab.core.spec.profile.Key",
    "redenlab.core.spec.profile.Profile",
    "redenlab.lowlevel.decoding.Status",
}
"""Types of what the engine and the backends use of a public class, and users need not."""

MODELS = {
    models.__package__.rpartition(".")[0]: {name: getattr(models, name) for name in dir(models)}
    for models in (
        redenlab_api.artificer.models,
        redenlab_api.dalston.models,
        redenlab_api.ml.models,
        redenlab_api.modelred.models,
        redenlab_api.replicate.models,
    )
}
CLIENTS = {
    **{name: getattr(redenlab, name) for name in ("AsyncRun", "MapOptions", "Run", "Sources")},
    "pd": pd,
} | {
    kind.__name__: kind
    for kind in (
        *(InferenceClient, AsyncInferenceClient),
        *(Artificer, AsyncArtificer),
        *(Dalston, AsyncDalston),
        *(ModelRedClient, AsyncModelRedClient),
        *(ReplicateClient, AsyncReplicateClient),
    )
}
"""With the models by their backends, what modules import for type checkers alone."""

PAGES = [
    ROOT / "README.md",
    *(page for page in (ROOT / "docs").glob("*.md") if page.stem != "low-level"),
]
"""What documents the clients; the page on the generated operations names what a spec names."""

NAMES = [(module, name) for module, names in PUBLIC.items() for name in names.split()]


def offered(module: str) -> list[str]:
    """What a module says that it offers; what it defines, where it does not say."""
    found = importlib.import_module(module)
    return getattr(found, "__all__", None) or [
        name
        for name, value in vars(found).items()
        if (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == module
        and not name.startswith("_")
    ]


@pytest.mark.parametrize("module", PUBLIC)
def test_a_public_name_comes_and_goes_only_on_purpose(module: str) -> None:
    assert set(offered(module)) == set(PUBLIC[module].split())


def test_every_module_that_the_documentation_imports_from_is_public() -> None:
    text = "\n".join(page.read_text() for page in PAGES)
    named = re.findall(r"^\s*(?:from|import) (redenlab[\w.]*)", text, re.MULTILINE)
    assert set(named) == PUBLIC.keys()


def test_every_name_that_the_documentation_imports_is_public() -> None:
    for page in PAGES:
        for module, names in re.findall(
            r"^\s*from (redenlab[\w.]*) import ([\w, ]+)$", page.read_text(), re.MULTILINE
        ):
            assert {name.strip() for name in names.split(",")} <= set(offered(module)), page.name


@pytest.mark.parametrize(("module", "name"), NAMES)
def test_every_public_name_is_there(module: str, name: str) -> None:
    found = importlib.import_module(module)
    assert getattr(found, name) is not None
    assert name in dir(found)


@pytest.mark.parametrize("module", ["redenlab", "redenlab.ml", "redenlab.sandbox"])
def test_an_unknown_name_is_an_attribute_error(module: str) -> None:
    with pytest.raises(AttributeError, match="InferenceCleint"):
        importlib.import_module(module).InferenceCleint  # noqa: B018


def test_the_exports_are_sorted() -> None:
    assert sorted(redenlab.__all__) == redenlab.__all__


def hints(public: Any) -> Iterator[Any]:
    """Those of a function; or of a class: its attributes, constructor, methods and properties."""
    if inspect.isfunction(public):
        backend = MODELS.get(".".join(public.__module__.split(".")[:2]), {})
        yield from typing.get_type_hints(public, localns=CLIENTS | backend).values()
    if not inspect.isclass(public):
        return
    for base in public.__mro__:
        named = inspect.get_annotations(base).items()
        own = {name: hint for name, hint in named if not name.startswith("_")}
        shown = type(base.__name__, (), {"__annotations__": own, "__module__": base.__module__})
        backend = MODELS.get(".".join(base.__module__.split(".")[:2]), {})
        yield from typing.get_type_hints(shown, localns=CLIENTS | backend).values()
    for name, member in inspect.getmembers_static(public):
        if name == "__init__" or not name.startswith("_"):
            function = getattr(member, "fget", None) or getattr(member, "__func__", member)
            yield from hints(function) if inspect.isfunction(function) else ()


def types(hint: Any) -> Iterator[type]:
    """Every type of ours that a hint names, and those of the options in it."""
    kind = typing.get_origin(hint) or hint
    if isinstance(kind, type) and kind.__module__.partition(".")[0] == "redenlab":
        yield kind
        if typing.is_typeddict(kind):
            yield from chain.from_iterable(map(types, typing.get_type_hints(kind).values()))
    for part in hint if isinstance(hint, list) else typing.get_args(hint):
        yield from types(part)


def test_every_type_in_a_public_signature_can_be_imported() -> None:
    public = [getattr(importlib.import_module(module), name) for module, name in NAMES]
    named = set(chain.from_iterable(types(hint) for each in public for hint in hints(each)))
    assert len(named) > 20
    hidden = [kind for kind in named if kind not in public]
    found = sorted(f"{kind.__module__}.{kind.__qualname__}" for kind in hidden)
    assert found == sorted(ENGINE)


def loaded_by(statement: str) -> set[str]:
    """Top-level modules that a statement imports in a fresh interpreter."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_imports_nothing_else() -> None:
    assert not loaded_by("import redenlab") & {"httpx", "attrs", "anyio", "yaml", "redenlab_api"}


def test_the_low_level_client_works_without_the_runtime() -> None:
    code = (
        "import sys, redenlab_api.ml.api.inference.get_result; from redenlab_api.ml import Client;"
        "print([name for name in sys.modules if name.startswith('redenlab.core')])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_type_of_results_is_imported_without_the_clients() -> None:
    asked = "from redenlab.ml import TranscribeResult; assert 'redenlab.core' not in sys.modules"
    assert not loaded_by(asked) & {"anyio", "dateutil", "numpy", "pydantic", "yaml"}


def test_a_client_needs_neither_extras_nor_yaml() -> None:
    make = "import redenlab; redenlab.InferenceClient('k' * 20, 'https://api.example.com')"
    assert not loaded_by(make) & {
        "numpy",
        "pydantic",
        "starlette",
        "typer",
        "fsspec",
        "yaml",
        "pyreqwest",
    }


def test_both_packages_say_that_they_are_typed() -> None:
    assert (ROOT / "src/redenlab/py.typed").exists()
    assert (ROOT / "generated/redenlab_api/py.typed").exists()


def test_every_runtime_dependency_has_its_line_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    table = (ROOT / "README.md").read_text().partition("## Dependencies")[2]
    extras = project["optional-dependencies"].values()
    for requirement in chain(project["dependencies"], *extras):
        name = requirement.partition(">")[0]
        assert name.lower() in table.lower(), name


def test_the_generator_is_pinned_exactly() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert all("==" in requirement for requirement in groups["generate"])
