"""Example specs that are served over real sockets, and clients that are made from them alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redenlab
import redenlab.sandbox
from example_trees import EXAMPLES
from job_arguments import Values, referenced
from redenlab.core.spec.document import Spec
from redenlab.core.spec.grammar import ModelReference
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_job import job_specs
from redenlab.sandbox import Sandbox

POLL = redenlab.Poll(initial=0.005, max_interval=0.05)
RECORDING = bytes(range(246, 256))
"""A recording that is no text, and of several parts where parts are of a few bytes."""


def example(name: str) -> tuple[Path, JobSpec]:
    """An example spec, and its job."""
    path = EXAMPLES / f"{name}.yaml"
    (job,) = job_specs(Spec(path))
    return path, job


@dataclass(frozen=True, slots=True)
class Example:
    """A sandbox that serves an example, and a client of it."""

    sandbox: Sandbox
    client: Any
    spec: Spec
    job: JobSpec

    def submit(self, **more: Any) -> Any:
        """A new job, with every argument that it takes; the handle."""
        names = list(self.job.models) or [None]
        if isinstance(self.job.x_job.model, ModelReference):
            names = [referenced(self.job.x_job.model.pattern)]
        values = Values(self.spec, self.job, names[0], complete=True).arguments(instead=False)
        for place, template in self.job.x_job.submit.bind.items():
            if template == "$call.id":  # else all calls have the name that is invented
                values.pop(re.split("[./]", place)[-1], None)
        by_wire = {wire: name for name, wire in self.client.jobs[self.job.name].names.items()}
        given = {by_wire.get(wire, wire): value for wire, value in values.items()} | more
        if names[0] is not None:
            given["model_name"] = names[0]
        file = given.pop("file", RECORDING)
        return self.client.submit(*([file] if self.job.takes_recording else []), **given)


@contextmanager
def served(name: str, **options: Any) -> Iterator[Example]:
    """An example, served."""
    path, job = example(name)
    with (
        redenlab.sandbox.running(spec=path, **{"processing": 0, **options}) as sandbox,
        redenlab.connect(
            path, base_url=sandbox.url, api_key=sandbox.api_key, poll=POLL, timeout=30
        ) as client,
    ):
        yield Example(sandbox, client, Spec(path), job)
