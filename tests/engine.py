"""A whole job of the example API, run by the job engine under any driver."""

from functools import partial
from typing import Any

from drivers import Driver, call_context
from fake_api import FakeApi
from redenlab.core.calls.retry import Retry
from redenlab.core.events import Event
from redenlab.core.files.sources import open_recording
from redenlab.core.jobs.polling import JobPoller
from redenlab.core.jobs.results import result
from redenlab.core.jobs.submission import JobRequest, submit
from redenlab_api.ml.jobs import PREDICT

NO_CLIENT: Any = None
"""Reads outputs of a result later; no job of the example API has any."""


def request(source: Any, model: str = "intelligibility", **parameters: Any) -> JobRequest:
    """A job for `model` on a recording."""
    return JobRequest(model, parameters, partial(open_recording, source))


def predict(
    driver: Driver,
    fake_api: FakeApi,
    source: Any = b"RIFF1234",
    *,
    timeout: float = 3600.0,
    heard: list[Event] | None = None,
    model: str = "intelligibility",
    retry: Retry | None = None,
) -> Any:
    """Upload, submit, wait and read the result, as generated clients do."""
    emit = (heard if heard is not None else []).append
    call = call_context(
        driver.io(fake_api), timeout=timeout, retry=retry or driver.retry, emit=emit
    )

    async def workflow() -> Any:
        ref = await submit(call, PREDICT, request(source, model))
        found = await JobPoller(call, PREDICT, ref, driver.poll).finished()
        return await result(call, NO_CLIENT, PREDICT, ref, found)

    return driver.run(workflow())
