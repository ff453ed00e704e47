"""What a request to the sandbox is about: the operation, the step of x-job, model and recording."""

import pkgutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

from redenlab.sandbox.api import STAGE
from redenlab.sandbox.host.faulty import Target
from redenlab.sandbox.records import Records
from redenlab.sandbox.replicate.app import CREATES
from redenlab_api.ml import api as ml
from redenlab_api.ml.jobs import JOBS as ML
from redenlab_api.replicate import api as replicate
from redenlab_api.replicate.jobs import JOBS as REPLICATE

BACKENDS = (("ml", STAGE, ml, ML), ("replicate", "/v1", replicate, REPLICATE))
STORAGE = ("GET", "PUT")


def names() -> list[str]:
    """All operations, and the steps that they are."""
    operations = [(target.at, target.step) for target, _ in _operations()]
    storage = [f"storage/{method}" for method in STORAGE]
    return [*dict.fromkeys(name for pair in operations for name in pair if name), *storage]


def api(records: Records) -> Callable[[Scope], Target]:
    """What requests to the API are about."""
    operations = [*_operations()]

    def named(scope: Scope) -> Target:
        for target, route in operations:
            match, found = route.matches(scope)
            if match is Match.FULL:
                values = found["path_params"]
                job_id = values.get("job_id") or scope["state"].get("job_id")
                file = _recording(records, job_id) if job_id else None
                return target._replace(model=values.get("model_name"), file=file)
        return Target("")

    return named


def storage(scope: Scope) -> Target:
    """What a request to the storage is about."""
    file = scope["path"].removeprefix("/")
    return Target(
        f"storage/{scope['method']}", "upload" if scope["method"] == "PUT" else "", file=file
    )


def _operations() -> Iterator[tuple[Target, Route]]:
    for backend, prefix, package, jobs in BACKENDS:
        steps = dict.fromkeys(CREATES, "submit")
        for job in jobs.values():
            steps |= {job.spec.submit: "submit", str(job.spec.x_job.poll.operation): "poll"}
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module: Any = import_module(found.name)
            if hasattr(module, "OPERATION"):
                at = Target(f"{backend}/{module.OPERATION}", steps.get(module.OPERATION, ""))
                yield at, Route(f"{prefix}{module.PATH}", _unused, methods=[module.METHOD])


async def _unused(_: Request) -> Response:
    return Response()


def _recording(records: Records, job_id: str) -> str | None:
    with suppress(sqlite3.Error), records.transaction() as transaction:
        job = transaction.job(job_id)
        upload = transaction.upload(job.upload_id) if job else None
        return upload.file_key if upload else None
    return None
