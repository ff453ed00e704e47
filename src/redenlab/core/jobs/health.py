"""Whether a model is ready, and how to warm it up: a cold start takes ten minutes and more."""

import dataclasses
import io
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.files.uploads import as_source
from redenlab.core.jobs.handle import JobClient
from redenlab.core.jobs.handles import run_job
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.spec.expressions import Scope
from redenlab.core.transport.gate import json_object

HTTP_TIMEOUT = 60.0
"""Seconds for the request (RedenLab contract, section 1.5)."""

SLOW = 5.0
"""Seconds of response time above which a model counts as warming (the same section)."""

WARMING = frozenset({"warming", "warming_up", "cold"})
RATE = 16_000
"""Samples per second, in Hz."""


@dataclass(frozen=True, slots=True)
class Health:
    """The health of a model.

    Attributes:
        status: The service's text for it; empty when it sent none.
        ready: Whether it takes jobs at once.
        seconds: Response time.
    """

    status: str
    ready: bool
    seconds: float

    @property
    def warming(self) -> bool:
        """Whether it is starting: it says so, or took more than 5 s to respond."""
        return self.status in WARMING or self.seconds > SLOW


async def health(context: CallContext, job: JobType[Any], model: str | None) -> Health:
    """Ask whether a model is ready; that does not start it."""
    how = job.x_job.health
    if how is None:
        raise errors.InputError(
            f"the service does not report the health of {job.name}", hint="submit a job instead"
        )
    slow = dataclasses.replace(context.api, http_timeout=HTTP_TIMEOUT)
    begun = context.io.now()
    try:
        scope = await job.call(dataclasses.replace(context, api=slow), how, JobRef("", model))
        json_object(scope.response)
    except errors.UnexpectedResponse as error:
        if error.status != 200 or error.document is not None:
            raise  # a 200 that is no JSON means that the backend is up (contract, section 1.5)
        scope = Scope()
    status, ready = scope.value(how.status), scope.value(how.ready)
    return Health(
        status if isinstance(status, str) else "",
        ready if isinstance(ready, bool) else True,
        context.io.now() - begun,
    )


async def warm_up(
    context: CallContext, client: JobClient, job: JobType[Any], request: JobRequest
) -> float:
    """Run a job on a second of silence; its result is discarded.

    Returns:
        Seconds that it took. A job that fails has warmed the model up as well.
    """
    begun = context.io.now()
    given = as_source(silence(), filename="silence.wav", content_type="audio/wav")
    silent = JobRequest(request.model, request.parameters, given)
    with suppress(errors.JobFailed):  # a model that is up may find no speech in it
        await run_job(context, client, job, silent)
    return context.io.now() - begun


def silence(seconds: float = 1.0) -> bytes:
    """A silent WAV file of 16 kHz, 16 bits, one channel, and `seconds` length."""
    import wave  # noqa: PLC0415 - for those who warm up

    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(2 * round(RATE * seconds)))
    return file.getvalue()
