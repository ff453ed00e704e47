"""The resources whose words go beyond single operations."""

from typing import Any, cast

from redenlab.core.events import Listener
from redenlab.core.jobs import AsyncJob, Handle, Job
from redenlab.core.paging import AsyncListing, Listing, Paging
from redenlab.core.submission import Ticket
from redenlab.replicate.operations import models_search
from redenlab_api.replicate import resources
from redenlab_api.replicate.jobs import PREDICT, TRAIN
from redenlab_api.replicate.models import Model, Prediction, Training

SEARCH = Paging(models_search, "results", "$response.body#/next")


def _ticket(given: Prediction | Training | str) -> Ticket:
    return Ticket(given, None, "") if isinstance(given, str) else Ticket(given.id, None, "")


def _ended(handle: Handle[Any, Any]) -> Any:
    """What the service says of a job that was waited for."""
    assert handle.end is not None  # noqa: S101 - the wait has ended well
    return handle.end.envelope


class Predictions(resources.PredictionsResource):
    """Runs of models."""

    def wait(
        self,
        prediction: Prediction | str,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
    ) -> Prediction:
        """Wait for the end of a prediction, good or bad.

        Args:
            prediction: It, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Told what each look finds.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: It could not be looked at.
        """
        job = Job[Any](self._client, PREDICT.service, PREDICT.name, _ticket(prediction))
        return cast("Prediction", _ended(job.wait(timeout, on_event=on_event)))


class AsyncPredictions(resources.AsyncPredictionsResource):
    """Runs of models."""

    async def wait(
        self,
        prediction: Prediction | str,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
    ) -> Prediction:
        """Wait for the end of a prediction; see `Predictions.wait`."""
        job = AsyncJob[Any](self._client, PREDICT.service, PREDICT.name, _ticket(prediction))
        return cast("Prediction", _ended(await job.wait(timeout, on_event=on_event)))


class Trainings(resources.TrainingsResource):
    """Runs that make new versions."""

    def wait(
        self,
        training: Training | str,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
    ) -> Training:
        """Wait for the end of a training, good or bad; see `Predictions.wait`."""
        job = Job[Any](self._client, TRAIN.service, TRAIN.name, _ticket(training))
        return cast("Training", _ended(job.wait(timeout, on_event=on_event)))


class AsyncTrainings(resources.AsyncTrainingsResource):
    """Runs that make new versions."""

    async def wait(
        self,
        training: Training | str,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
    ) -> Training:
        """Wait for the end of a training, good or bad; see `Predictions.wait`."""
        job = AsyncJob[Any](self._client, TRAIN.service, TRAIN.name, _ticket(training))
        return cast("Training", _ended(await job.wait(timeout, on_event=on_event)))


class Models(resources.ModelsResource):
    """Models and their versions."""

    def search(self, query: str, *, timeout: float | None = None) -> Listing[Model]:
        """Find public models by words (``QUERY /models``).

        Args:
            query: The words.
            timeout: Seconds for each page; ``None`` takes the client's.
        """
        return Listing(self._client, SEARCH, {"query": query}, timeout)


class AsyncModels(resources.AsyncModelsResource):
    """Models and their versions."""

    def search(self, query: str, *, timeout: float | None = None) -> AsyncListing[Model]:
        """Find public models by words; see `Models.search`."""
        return AsyncListing(self._client, SEARCH, {"query": query}, timeout)
