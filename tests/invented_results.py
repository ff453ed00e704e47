"""Results of every backend with invented values: each model, and an ended job of each client."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import anyio

from job_arguments import Values, referenced
from redenlab import Poll
from redenlab.core.jobs.snapshots import Outcome
from redenlab.core.spec.document import Spec, documents
from redenlab.core.spec.grammar import ModelReference
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.transport.io import run
from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record
from redenlab.sandbox.engine.engine import Engine
from redenlab.sandbox.engine.invention import UNKNOWN, Inventor, kind
from redenlab.sandbox.engine.mock import transport
from redenlab.sandbox.engine.scenario import Setting
from scripted_api import BASE, KEY
from scripted_clients import now

SPECS = documents(Path(__file__).parents[1] / "openapi")

SIGNED = "https://storage.example.com/a.wav?X-Amz-Signature=not-to-be-shown"
"""Every text of a result is this link, where its schema allows any text."""

NEWER = {"newer": [{SIGNED: SIGNED}, 1.5, None], SIGNED: True}
"""What every result has beyond its documented fields."""


@cache
def results() -> Mapping[str, Any]:
    """All of them, by backend and name; no test may change one."""
    specs = [Spec(path) for path in SPECS]
    found: dict[str, Any] = {}
    for spec in specs:
        found |= dict(models(spec)) | dict(jobs(spec))
    return found


def models(spec: Spec) -> Iterator[tuple[str, Record]]:
    """Each model of a backend, by backend and name."""
    inventor = Inventor(spec.resolve, "results", _signed)
    module = import_module(f"redenlab_api.{spec.path.stem}.models")
    for name in module.__all__:
        model = getattr(module, name)
        if name in spec.schemas and isinstance(model, type) and issubclass(model, Record):
            if any(each.decoder is decoding.file for each in model.__fields__.values()):
                continue  # a form that is sent with a file, which is no JSON
            sent = {**inventor.value(spec.schemas[name]), **NEWER}
            yield f"{spec.path.stem}.{name}", model.from_dict(sent)


def jobs(spec: Spec) -> Iterator[tuple[str, Outcome[Any, Any]]]:
    """An ended job of each client of a backend, for each type of its results."""
    module = import_module(f"redenlab_api.{spec.path.stem}.jobs")
    for job, clients in module.CLIENTS.items():
        x_job = module.JOBS[job].spec
        first = {each.result: name for name, each in reversed(x_job.models.items())}
        for client in clients:
            for model in first.values() or [_reference(x_job)]:
                ended = run(_ended(spec, x_job, client, model))
                ended.update(NEWER)
                yield f"{spec.path.stem}.{client.__name__}.{model}", ended


async def _ended(spec: Spec, job: JobSpec, client: Any, model: str | None) -> Outcome[Any, Any]:
    given = Values(spec, job, model, complete=True).arguments(instead=False)
    parameters = {_python_name(client, job, wire): value for wire, value in given.items()}
    if model is not None:
        parameters["model_name"] = model
    recording = [b"RIFF1234"] if job.takes_recording else []
    base_url = f"{BASE}{client.profile.base_path}"
    made = client(
        api_key=KEY,
        base_url=base_url,
        transport=transport(Engine(spec, key=KEY, setting=Setting(base_url))),
        poll=Poll(initial=0.001, max_interval=0.001),
    )

    async def call() -> Any:
        return await now(getattr(made, job.name)(*recording, **parameters))

    return anyio.run(call) if client.is_async else await call()


def _python_name(client: Any, job: JobSpec, wire: str) -> str:
    names = client.jobs[job.name].names.items()
    return next((name for name, each in names if each == wire), wire)


def _reference(job: JobSpec) -> str | None:
    form = job.x_job.model
    return referenced(form.pattern) if isinstance(form, ModelReference) else None


def _signed(_path: tuple[str, ...], schema: Mapping[str, Any]) -> Any:
    free = schema.keys().isdisjoint({"const", "enum", "format", "pattern"})
    return SIGNED if kind(schema) == "string" and free else UNKNOWN
