"""Assessments of both eras: waited for, and found again by what they were started with."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar, Unpack

from redenlab.core.clients.base import Client, RequestOptions
from redenlab.core.clients.methods import Call, Resource, method
from redenlab.core.clients.options import of_call
from redenlab.core.clients.resources import request, watching
from redenlab.core.errors import NotFound
from redenlab.core.jobs.job_type import JobType
from redenlab.core.spec.operations import BoundOperation, Within
from redenlab.modelred.resources.models import lookup
from redenlab_api.modelred import resources
from redenlab_api.modelred.api.assessments import assessments_list
from redenlab_api.modelred.api.assessments_v2 import assessments_v2_list
from redenlab_api.modelred.jobs import ASSESS, ASSESS_PACKS
from redenlab_api.modelred.models import Assessment

OnProgress = Callable[[Assessment], object]
"""Called with the assessment after each poll, and awaited if it is a coroutine function of an async
client's; what it raises ends the wait."""

C_co = TypeVar("C_co", bound=Client, covariant=True)


class AssessmentPriority(StrEnum):
    """How soon an assessment begins, against others of the organization."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class _Runs(Resource[C_co]):
    """What assessments of both eras have."""

    _job: ClassVar[JobType[Any]]
    _newest: ClassVar[tuple[BoundOperation, dict[str, Any]]]

    @method
    def find(
        self,
        *,
        model: str,
        test_types: Sequence[str] = (),
        probe_pack_ids: Sequence[str] = (),
        since: datetime | None = None,
        **call: Unpack[RequestOptions],
    ) -> Call[list[Assessment]]:
        """Look for assessments by what they were started with, among the newest hundred.

        Args:
            model: The slug or the id of the model.
            test_types: Keys of its probes, in any order.
            probe_pack_ids: Ids of its packs instead, in any order.
            since: Only those that were started from this moment on; ``None`` for all.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.
        """
        context = self._client.call_context("assessments.find", **of_call(call))
        wanted = {*test_types, *probe_pack_ids}

        async def search() -> list[Assessment]:
            names: set[str | None] = {model}
            with suppress(NotFound):  # it may be gone since
                known = await lookup(context, self._client, model)
                names |= {known.id, known.model_id}
            return [
                each
                for each in await request(context, self._client, *self._newest)
                if each.model_id in names
                and {*(each.test_types or ()), *(each.probe_pack_ids or ())} == wanted
                and (since is None or (each.created_at or since) >= since)
            ]

        return context, search()

    @method
    def wait_for_completion(
        self,
        assessment_id: str,
        poll_interval: float | None = None,
        timeout_seconds: float = 3600,
        on_progress: OnProgress | None = None,
        *,
        raise_on_failure: bool = False,
    ) -> Call[Assessment]:
        """Wait for the end of an assessment, good or bad, and return it with its report.

        Args:
            assessment_id: From `create`, a log or another process.
            poll_interval: Seconds between two polls; ``None`` takes the client's, usually 10.
            timeout_seconds: Seconds; the assessment goes on after them.
            on_progress: See `OnProgress`.
            raise_on_failure: Raise `JobFailed` or `JobCancelled` for a bad end.

        Raises:
            JobTimeout: It still runs. The error is a `TimeoutError`; its `job` can wait again.
            APIError: It could not be polled.
        """
        how = (timeout_seconds, poll_interval, on_progress)
        strict = raise_on_failure
        return watching(self._client, self._job, assessment_id, *how, value="data", strict=strict)


class Assessments(_Runs[C_co], resources.AssessmentsResource[C_co]):
    """Runs of probes against a model."""

    _job = ASSESS
    _newest = BoundOperation(Within(assessments_list, "data", "data")), {"limit": 100}


class AssessmentsV2(_Runs[C_co], resources.AssessmentsV2Resource[C_co]):
    """Runs of packs of probes against a model."""

    _job = ASSESS_PACKS
    _newest = BoundOperation(Within(assessments_v2_list, "data", "data")), {"page_size": 100}
