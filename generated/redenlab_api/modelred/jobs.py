"""Jobs of this API: their results as types, and the clients.

Written from ``x-job`` in the spec; `lifecycles` has what `redenlab.core` does for a call.
"""

from __future__ import annotations

import typing
from collections.abc import Coroutine, Mapping, Sequence
from functools import partial
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Generic,
    Protocol,
    TypeAlias,
    Unpack,
)

from redenlab.core.clients import base as _base
from redenlab.core.clients import job_clients as _job_clients
from redenlab.core.jobs import handles as _handles
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.jobs import snapshots as _snapshots
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import profile as _profile

from . import lifecycles, models, resources
from . import raw as _raw
from .api.assessments import assessments_create, assessments_retrieve
from .api.assessments_v2 import (
    assessments_v2_cancel,
    assessments_v2_create,
    assessments_v2_retrieve,
)

if TYPE_CHECKING:
    from .models import Assessment, AssessmentAnswer, Report

JSON: TypeAlias = Any
"""A result as the service sent it, for models that the spec does not know."""

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    R = TypeVar("R", default=Report, covariant=True)
else:
    R = typing.TypeVar("R", covariant=True)


class AssessedStatus(_snapshots.Snapshot["AssessmentAnswer"]):
    """A job of `assess` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def data(self) -> Assessment:
        """A run of probes against a model."""
        return self.envelope.data

    @property
    def success(self) -> bool | None:
        """Always true."""
        return self.envelope.success


class Assessed(AssessedStatus, _snapshots.Outcome["AssessmentAnswer", R]):
    """A job of `assess` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


ASSESS: Final[_job_type.JobType[AssessmentAnswer]] = _job_type.JobType(
    spec=lifecycles.ASSESS,
    operations={
        "assessments.create": _operations.BoundOperation(
            assessments_create, _job_type.reader(models, "AssessmentRequest"), envelope="data"
        ),
        "assessments.retrieve": _operations.BoundOperation(assessments_retrieve, envelope="data"),
    },
    read=partial(_job_type.reader, models),
    snapshot=AssessedStatus,
    outcome=Assessed,
    names={"test_types": "testTypes"},
)

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    RAssessPacks = TypeVar("RAssessPacks", default=Report, covariant=True)
else:
    RAssessPacks = typing.TypeVar("RAssessPacks", covariant=True)


class PackAssessedStatus(_snapshots.Snapshot["AssessmentAnswer"]):
    """A job of `assess_packs` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def data(self) -> Assessment:
        """A run of probes against a model."""
        return self.envelope.data

    @property
    def success(self) -> bool | None:
        """Always true."""
        return self.envelope.success


class PackAssessed(PackAssessedStatus, _snapshots.Outcome["AssessmentAnswer", RAssessPacks]):
    """A job of `assess_packs` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


ASSESS_PACKS: Final[_job_type.JobType[AssessmentAnswer]] = _job_type.JobType(
    spec=lifecycles.ASSESS_PACKS,
    operations={
        "assessments_v2.create": _operations.BoundOperation(
            assessments_v2_create,
            _job_type.reader(models, "PackAssessmentRequest"),
            envelope="data",
        ),
        "assessments_v2.retrieve": _operations.BoundOperation(
            assessments_v2_retrieve, envelope="data"
        ),
        "assessments_v2.cancel": _operations.BoundOperation(
            assessments_v2_cancel, _job_type.reader(models, "AssessmentCommand")
        ),
    },
    read=partial(_job_type.reader, models),
    snapshot=PackAssessedStatus,
    outcome=PackAssessed,
    names={"model_id": "modelId", "probe_pack_ids": "probePackIds"},
)

JOBS: Final[Mapping[str, _job_type.JobType[Any]]] = {
    "assess": ASSESS,
    "assess_packs": ASSESS_PACKS,
}
"""Every job of this API; each client resumes any of them by its resume token."""


_Own = typing.TypeVar("_Own", covariant=True)


class _Run(Protocol[_Own]):
    """Type of `assess` and `submit`."""

    def __call__(
        self,
        *,
        model: str,
        test_types: Sequence[str],
        priority: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _Own:
        """Run a job.

        Args:
            model: The slug or the id of the model.
            test_types: Keys of probes, such as `jailbreak`; `probes.list` has them.
            priority: How soon an assessment begins, against others of the organization.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.CallOptions`.
        """
        ...


class ModelRedClient(
    resources.Resources, _job_clients.BlockingJobClient[AssessedStatus, Assessed[R]], Generic[R]
):
    """Runs `assess` jobs.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "assess"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    assess: _Run[Assessed[R]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[_handles.Job[Assessed[R]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Assessed[R]]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.Raw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.Raw(self)

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings; see `redenlab.core.clients.job_clients.OneJobClient`."""
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(key, base_url, None, timeout, **options)


class AsyncModelRedClient(
    resources.Resources, _job_clients.AsyncJobClient[AssessedStatus, Assessed[R]], Generic[R]
):
    """Runs `assess` jobs.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "assess"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    assess: _Run[Coroutine[Any, Any, Assessed[R]]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[Coroutine[Any, Any, _handles.AsyncJob[Assessed[R]]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Coroutine[Any, Any, Assessed[R]]]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.AsyncRaw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.AsyncRaw(self)

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings; see `redenlab.core.clients.job_clients.OneJobClient`."""
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(key, base_url, None, timeout, **options)


_AssessPacksOwn = typing.TypeVar("_AssessPacksOwn", covariant=True)


class _AssessPacksRun(Protocol[_AssessPacksOwn]):
    """Type of `assess_packs` and `submit`."""

    def __call__(
        self,
        *,
        probe_pack_ids: Sequence[str],
        model: str | None = None,
        model_id: str | None = None,
        priority: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _AssessPacksOwn:
        """Run a job.

        Args:
            probe_pack_ids: Ids of packs; `probe_packs` lists them.
            model: The slug of the model. Left out where `modelId` is given.
            model_id: The id of the model in the database. Left out where `model` is given.
            priority: How soon an assessment begins, against others of the organization.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.CallOptions`.
        """
        ...


class AssessPacksModelRedClient(
    resources.Resources,
    _job_clients.BlockingJobClient[PackAssessedStatus, PackAssessed[RAssessPacks]],
    Generic[RAssessPacks],
):
    """Runs `assess_packs` jobs.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "assess_packs"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    assess_packs: _AssessPacksRun[PackAssessed[RAssessPacks]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _AssessPacksRun[_handles.Job[PackAssessed[RAssessPacks]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[PackAssessed[RAssessPacks]]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.Raw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.Raw(self)

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings; see `redenlab.core.clients.job_clients.OneJobClient`."""
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(key, base_url, None, timeout, **options)


class AsyncAssessPacksModelRedClient(
    resources.Resources,
    _job_clients.AsyncJobClient[PackAssessedStatus, PackAssessed[RAssessPacks]],
    Generic[RAssessPacks],
):
    """Runs `assess_packs` jobs.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "assess_packs"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    assess_packs: _AssessPacksRun[Coroutine[Any, Any, PackAssessed[RAssessPacks]]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _AssessPacksRun[Coroutine[Any, Any, _handles.AsyncJob[PackAssessed[RAssessPacks]]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Coroutine[Any, Any, PackAssessed[RAssessPacks]]]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.AsyncRaw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.AsyncRaw(self)

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings; see `redenlab.core.clients.job_clients.OneJobClient`."""
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(key, base_url, None, timeout, **options)


CLIENTS: Final[Mapping[str, tuple[type[Any], type[Any]]]] = {
    "assess": (ModelRedClient, AsyncModelRedClient),
    "assess_packs": (AssessPacksModelRedClient, AsyncAssessPacksModelRedClient),
}
"""The sync and the async client of each job."""
