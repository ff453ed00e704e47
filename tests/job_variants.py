"""Job types of generated clients with another ``x-job``, for tests of the engine."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from redenlab.core.jobs.job_type import JobType


def with_x_job(job: JobType[Any], **changes: Any) -> JobType[Any]:
    """`job` with other values of keys of its ``x-job``."""
    return replace(job, spec=job.spec.replace(x_job=job.x_job.replace(**changes)))


def needed(job: JobType[Any], model: str) -> Mapping[str, str]:
    """A value for each parameter that the caller of a model has to give."""
    parameters = job.spec.models[model].parameters
    return {name: "en-US" for name, each in parameters.items() if each.must_be_given}
