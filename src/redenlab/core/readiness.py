"""Whether a model is ready, and how to make it so: cold ones can take ten minutes and more."""

import dataclasses
import io
import wave
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from redenlab.core import errors
from redenlab.core.assets import supply
from redenlab.core.client import Client
from redenlab.core.descriptions import JobDescription
from redenlab.core.expressions import Scope
from redenlab.core.jobs import H, perform
from redenlab.core.session import Session
from redenlab.core.submission import Order

HTTP_TIMEOUT = 60.0
SLOW = 5.0
"""Seconds of an answer from which a backend counts as warming (RedenLab contract, section 1.5)."""

WARMING = frozenset({"warming", "warming_up", "cold"})
RATE = 16_000


@dataclass(frozen=True, slots=True)
class Health:
    """How a model is.

    Attributes:
        status: The service's word; empty when it sent none.
        ready: Whether it takes jobs at once.
        seconds: How long the answer took.
    """

    status: str
    ready: bool
    seconds: float

    @property
    def warming(self) -> bool:
        """Whether it is on its way: it says so, or it was slow to say anything."""
        return self.status in WARMING or self.seconds > SLOW


async def health(session: Session, job: JobDescription[Any], model: str | None) -> Health:
    """Ask how a model is; that does not wake it.

    Raises:
        InputError: The service cannot be asked.
        NotFound: It knows no such model, or cannot be asked about this one.
        APIError: See `redenlab.core.session.Session.call`.
    """
    how = job.health
    if how is None:
        raise errors.InputError(f"the service does not tell how {job.name} is")
    patient = dataclasses.replace(session.channel, http_timeout=HTTP_TIMEOUT)
    call = dataclasses.replace(session, channel=patient)
    begun = session.io.now()
    body: Any = {}
    try:
        _, answer = await call.call(how.link.operation, **how.link.arguments(job.scope("", model)))
    except errors.UnexpectedAnswer as error:
        if error.status != 200 or error.document is not None:
            raise  # a 200 that is no JSON at all is a proxy's word that the backend is up
    else:
        body = answer.json()
    scope = Scope(response={"body": body})
    status, ready = scope.value(how.status), scope.value(how.ready)
    return Health(
        status if isinstance(status, str) else "",
        ready if isinstance(ready, bool) else True,
        session.io.now() - begun,
    )


async def warm_up(
    session: Session,
    client: Client,
    kind: type[H],
    job: JobDescription[Any],
    order: Order,
) -> float:
    """Run a job on a second of silence, whose result nobody needs.

    Returns:
        Seconds that it took. A job that fails has woken the model as well.

    Raises:
        JobTimeout: It still warms; waiting for the error's job is fine.
        APIError: See `redenlab.core.session.Session.call`.
    """
    begun = session.io.now()
    given = supply(silence(), None, filename="silence.wav", content_type="audio/wav")
    with suppress(errors.JobFailed):  # no speech in it, says a model that is awake
        await perform(session, client, kind, job, Order(order.model, order.parameters, given))
    return session.io.now() - begun


def silence(seconds: float = 1.0) -> bytes:
    """A WAV file of 16 kHz, 16 bits, one channel, that holds nothing."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(bytes(2 * round(RATE * seconds)))
    return file.getvalue()
