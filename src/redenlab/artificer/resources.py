"""What resources have beyond what is generated: other names, and the wait for a batch job."""

from collections.abc import Callable
from typing import Final, TypeVar, Unpack

from redenlab.core.clients.base import Client, RequestOptions
from redenlab.core.clients.methods import Call, awaited, method
from redenlab.core.clients.resources import begun, watching
from redenlab.core.spec.operations import BoundOperation
from redenlab_api.artificer import resources
from redenlab_api.artificer.api.batch import batch_get
from redenlab_api.artificer.jobs import RUN_BATCH
from redenlab_api.artificer.models import BatchJob

OnProgress = Callable[[BatchJob], object]
"""Called with the job after each poll, and awaited if it is a coroutine function of an async
client's; what it raises ends the wait."""

LOOK: Final = BoundOperation(batch_get)

C_co = TypeVar("C_co", bound=Client, covariant=True)


class Batch(resources.BatchResource[C_co]):
    """Many texts that go through the same phases."""

    @method
    def get_status(self, job_id: str, **call: Unpack[RequestOptions]) -> Call[BatchJob]:
        """Look at a batch job, as `get` does."""
        return begun(self._client, "batch.get_status", call, LOOK, {"job_id": job_id})

    @awaited(get_status)
    def get_status_async(self) -> None:
        """See `get_status`."""

    @method
    def wait_for_completion(
        self,
        job_id: str,
        timeout: float | None = None,
        poll_interval: float | None = None,
        on_progress: OnProgress | None = None,
        *,
        raise_on_failure: bool = False,
    ) -> Call[BatchJob]:
        """Wait for the end of a batch job, good or bad, and return it.

        A paused job goes on being waited for.

        Args:
            job_id: From `create`, a log or another process.
            timeout: Seconds; the job goes on after them. ``None`` takes the client's, usually 3600.
            poll_interval: Seconds between two polls; ``None`` takes the client's, from 2 to 30.
            on_progress: See `OnProgress`.
            raise_on_failure: Raise `JobFailed` or `JobCancelled` for a bad end.

        Raises:
            JobTimeout: It still runs. The error is a `TimeoutError`; its `job` can wait again.
            APIError: It could not be polled.
        """
        seconds = self._client.timeout if timeout is None else timeout
        how = (seconds, poll_interval, on_progress)
        return watching(self._client, RUN_BATCH, job_id, *how, strict=raise_on_failure)

    @awaited(wait_for_completion)
    def wait_for_completion_async(self) -> None:
        """See `wait_for_completion`."""
