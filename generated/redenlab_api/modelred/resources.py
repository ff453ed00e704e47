"""Resources of this API: its operations as methods of a client, by the dots of their ids.

``models.versions.list`` is ``client.models.versions.list()``.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, Unpack

from redenlab.core import events as _events
from redenlab.core.calls import extras as _extras
from redenlab.core.clients import base as _base
from redenlab.core.clients import methods as _methods
from redenlab.core.clients import paging as _paging
from redenlab.core.clients import resources as _resources
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.spec import demands as _demands
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import paging as _x_page

from . import models
from .api.assessments import assessments_create, assessments_list, assessments_retrieve
from .api.assessments_v2 import (
    assessments_v2_cancel,
    assessments_v2_create,
    assessments_v2_list,
    assessments_v2_retrieve,
)
from .api.models import models_create, models_delete, models_list, models_retrieve
from .api.probe_packs import (
    probe_packs_list,
    probe_packs_list_imported,
    probe_packs_retrieve,
    probe_packs_retrieve_data,
)
from .api.probes import probes_list
from .demands import DEMANDS

if TYPE_CHECKING:
    from .models import (
        Assessment,
        AssessmentAnswer,
        AssessmentCommandAction,
        AssessmentsV2ListSortDir,
        AssessmentsV2ListStatus,
        Done,
        Model,
        ModelOrder,
        ModelsListSortDir,
        ModelsListStatus,
        ProbeIndex,
        ProbePack,
        ProbePackDataAnswerData,
        ProbePacksListImportedIsPublic,
        ProbePacksListImportedSortBy,
        ProbePacksListImportedSortDir,
        ProbePacksListIsPublic,
        ProbePacksListSortDir,
        Provider,
        Severity,
        Tier,
    )

C = TypeVar("C", bound=_base.Client, covariant=True)


class ModelsResource(_methods.Resource[C]):
    """The `models` of the API."""

    @_methods.method
    def list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        search: str | None = None,
        provider: Provider | None = None,
        status: ModelsListStatus | None = None,
        sort_by: ModelOrder | None = None,
        sort_dir: ModelsListSortDir | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[builtins.list[Model]]:
        """List one page of models.

        Args:
            page: Number of the page, from 1. Left out, 1.
            page_size: Models on a page, at most 100. Left out, the service decides.
            search: Part of a name or slug. Left out, all.
            provider: Who runs a model.
            status: `active`, `inactive`, or `both`. Left out, the service decides.
            sort_by: Property of models that they are sorted by.
            sort_dir: `asc` or `desc`. Left out, the service decides.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(_operations.Within(models_list, "data", "data"))
        return _resources.begun(
            self._client,
            "models.list",
            call,
            operation,
            {
                "page": page,
                "page_size": page_size,
                "search": search,
                "provider": provider,
                "status": status,
                "sort_by": sort_by,
                "sort_dir": sort_dir,
            },
        )

    @_methods.method
    def create(
        self,
        *,
        model_id: str,
        provider: Provider,
        display_name: str,
        provider_config: Mapping[str, Any],
        description: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Model]:
        """Register a model.

        A slug that exists is refused with `Conflict`.

        Args:
            model_id: Your slug for it: lower case with hyphens, unique in the organization.
            provider: Who runs a model.
            display_name: What people will call it.
            provider_config: How the service reaches it: the `…Config` of its provider, which may hold secrets.
            description: Free text. Left out, none.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            _operations.Within(models_create, "data", "data"),
            _job_type.reader(models, "ModelRequest"),
        )
        return _resources.begun(
            self._client,
            "models.create",
            call,
            operation,
            {},
            {
                "modelId": model_id,
                "provider": provider,
                "displayName": display_name,
                "providerConfig": provider_config,
                "description": description,
            },
        )

    @_methods.method
    def retrieve(self, model_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[Model]:
        """Look at a model.

        Args:
            model_id: The id of the model in the database, not its slug.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(_operations.Within(models_retrieve, "data", "data"))
        return _resources.begun(
            self._client,
            "models.retrieve",
            call,
            operation,
            {
                "model_id": model_id,
            },
        )

    @_methods.method
    def delete(self, model_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[Done]:
        """Remove a model.

        Args:
            model_id: The id of the model in the database, not its slug.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_delete)
        return _resources.begun(
            self._client,
            "models.delete",
            call,
            operation,
            {
                "model_id": model_id,
            },
        )


class AssessmentsResource(_methods.Resource[C]):
    """The `assessments` of the API."""

    @_methods.method
    def wait(
        self,
        assessment: Assessment | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> _methods.Call[Assessment]:
        """Wait for the end, good or bad.

        Args:
            assessment: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        name = assessment if isinstance(assessment, str) else assessment.id
        return _resources.waiting(
            self._client,
            "assess",
            name,
            {"timeout": timeout, "on_event": on_event, **extra},
            value="data",
        )

    @_methods.method
    def list(
        self, *, limit: int | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[Assessment]]:
        """List assessments, newest first.

        Args:
            limit: How many at most; there are no further pages. Left out, the service decides.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(_operations.Within(assessments_list, "data", "data"))
        return _resources.begun(
            self._client,
            "assessments.list",
            call,
            operation,
            {
                "limit": limit,
            },
        )

    @_methods.method
    def create(
        self,
        *,
        model: str,
        test_types: Sequence[str],
        priority: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Assessment]:
        """Start an assessment.

        Args:
            model: The slug or the id of the model.
            test_types: Keys of probes, such as `jailbreak`; `probes.list` has them.
            priority: How soon an assessment begins, against others of the organization.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            _operations.Within(assessments_create, "data", "data"),
            _job_type.reader(models, "AssessmentRequest"),
        )
        return _resources.begun(
            self._client,
            "assessments.create",
            call,
            operation,
            {},
            {
                "model": model,
                "testTypes": test_types,
                "priority": priority,
            },
        )

    @_methods.method
    def retrieve(
        self, assessment_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Assessment]:
        """Look at an assessment.

        Args:
            assessment_id: From the response that started it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            _operations.Within(assessments_retrieve, "data", "data")
        )
        return _resources.begun(
            self._client,
            "assessments.retrieve",
            call,
            operation,
            {
                "assessment_id": assessment_id,
            },
        )


class ProbesResource(_methods.Resource[C]):
    """The `probes` of the API."""

    @_methods.method
    def list(
        self,
        *,
        category: str | None = None,
        tier: Tier | None = None,
        severity: Severity | None = None,
        page_size: int | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[ProbeIndex]:
        """List the probes.

        Args:
            category: Only probes of this category, such as `jailbreaks`; the service has the list. Left
                out, all.
            tier: The plans, each of which has the probes of those before it.
            severity: How bad a weakness is.
            page_size: Probes in the answer, at most. Left out, 200.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(_operations.Within(probes_list, "data", "data"))
        return _resources.begun(
            self._client,
            "probes.list",
            call,
            operation,
            {
                "category": category,
                "tier": tier,
                "severity": severity,
                "page_size": page_size,
            },
        )


class AssessmentsV2Resource(_methods.Resource[C]):
    """The `assessments_v2` of the API."""

    @_methods.method
    def wait(
        self,
        assessment: Assessment | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> _methods.Call[Assessment]:
        """Wait for the end, good or bad.

        Args:
            assessment: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        name = assessment if isinstance(assessment, str) else assessment.id
        return _resources.waiting(
            self._client,
            "assess_packs",
            name,
            {"timeout": timeout, "on_event": on_event, **extra},
            value="data",
        )

    @_methods.listing
    def list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        search: str | None = None,
        status: AssessmentsV2ListStatus | None = None,
        provider: str | None = None,
        sort_by: str | None = None,
        sort_dir: AssessmentsV2ListSortDir | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[Assessment]:
        """List assessments.

        Args:
            page: Number of the page, from 1. Left out, 1.
            page_size: Entries of a page. Left out, 10 or 20.
            search: Part of what names them. Left out, all.
            status: Only those of this status. Left out, all.
            provider: Only those of models of this provider; `all` for every one. Left out, all.
            sort_by: Property that they are sorted by. Left out, `createdAt`.
            sort_dir: `asc` or `desc`. Left out, the service decides.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(
                assessments_v2_list,
                None,
                {"pageSize": "page_size", "sortBy": "sort_by", "sortDir": "sort_dir"},
            ),
            "data",
            _x_page.XPage(items="$response.body#/data", page="page"),
        )
        return _methods.Pages(
            paging,
            {
                "page": page,
                "pageSize": page_size,
                "search": search,
                "status": status,
                "provider": provider,
                "sortBy": sort_by,
                "sortDir": sort_dir,
            },
            call,
        )

    @_methods.method
    def create(
        self,
        *,
        probe_pack_ids: Sequence[str],
        model: str | None = None,
        model_id: str | None = None,
        priority: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Assessment]:
        """Start an assessment with packs of probes.

        Args:
            probe_pack_ids: Ids of packs; `probe_packs` lists them.
            model: The slug of the model. Left out where `modelId` is given.
            model_id: The id of the model in the database. Left out where `model` is given.
            priority: How soon an assessment begins, against others of the organization.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            _operations.Within(assessments_v2_create, "data", "data"),
            _job_type.reader(models, "PackAssessmentRequest"),
        )
        return _resources.begun(
            self._client,
            "assessments_v2.create",
            call,
            operation,
            {},
            {
                "probePackIds": probe_pack_ids,
                "model": model,
                "modelId": model_id,
                "priority": priority,
            },
        )

    @_methods.method
    def retrieve(
        self, assessment_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Assessment]:
        """Look at an assessment.

        Args:
            assessment_id: From the response that started it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            _operations.Within(assessments_v2_retrieve, "data", "data")
        )
        return _resources.begun(
            self._client,
            "assessments_v2.retrieve",
            call,
            operation,
            {
                "assessment_id": assessment_id,
            },
        )

    @_methods.method
    def cancel(
        self,
        assessment_id: str,
        *,
        action: AssessmentCommandAction | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[AssessmentAnswer]:
        """Stop an assessment.

        The service refuses API keys with `PermissionDenied`; the dashboard may.

        Args:
            assessment_id: From the response that started it.
            action: The only command.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            assessments_v2_cancel, _job_type.reader(models, "AssessmentCommand")
        )
        return _resources.begun(
            self._client,
            "assessments_v2.cancel",
            call,
            operation,
            {
                "assessment_id": assessment_id,
            },
            {
                "action": action,
            },
            command_of="assess_packs",
        )


class ProbePacksResource(_methods.Resource[C]):
    """The `probe_packs` of the API."""

    @_methods.listing
    def list(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        category: str | None = None,
        search: str | None = None,
        is_public: ProbePacksListIsPublic | None = None,
        sort_by: str | None = None,
        sort_dir: ProbePacksListSortDir | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[ProbePack]:
        """List the packs of your organization.

        Args:
            page: Number of the page, from 1. Left out, 1.
            page_size: Entries of a page. Left out, 10 or 20.
            category: Only packs of this category. Left out, all.
            search: Part of a name. Left out, all.
            is_public: The text `true` or `false`: whether everybody sees the pack. Left out, both.
            sort_by: Property that they are sorted by. Left out, the service decides.
            sort_dir: `asc` or `desc`. Left out, the service decides.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(
                probe_packs_list,
                None,
                {
                    "pageSize": "page_size",
                    "isPublic": "is_public",
                    "sortBy": "sort_by",
                    "sortDir": "sort_dir",
                },
            ),
            "data",
            _x_page.XPage(items="$response.body#/data", page="page"),
        )
        return _methods.Pages(
            paging,
            {
                "page": page,
                "pageSize": page_size,
                "category": category,
                "search": search,
                "isPublic": is_public,
                "sortBy": sort_by,
                "sortDir": sort_dir,
            },
            call,
        )

    @_methods.listing
    def list_imported(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        category: str | None = None,
        search: str | None = None,
        is_public: ProbePacksListImportedIsPublic | None = None,
        sort_by: ProbePacksListImportedSortBy | None = None,
        sort_dir: ProbePacksListImportedSortDir | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[ProbePack]:
        """List the packs that your organization has imported.

        Args:
            page: Number of the page, from 1. Left out, 1.
            page_size: Entries of a page. Left out, 10 or 20.
            category: Only packs of this category. Left out, all.
            search: Part of a name. Left out, all.
            is_public: The text `true` or `false`: whether everybody sees the pack. Left out, both.
            sort_by: What they are sorted by. Left out, the service decides.
            sort_dir: `asc` or `desc`. Left out, the service decides.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(
                probe_packs_list_imported,
                None,
                {
                    "pageSize": "page_size",
                    "isPublic": "is_public",
                    "sortBy": "sort_by",
                    "sortDir": "sort_dir",
                },
            ),
            "data",
            _x_page.XPage(items="$response.body#/data", page="page"),
        )
        return _methods.Pages(
            paging,
            {
                "page": page,
                "pageSize": page_size,
                "category": category,
                "search": search,
                "isPublic": is_public,
                "sortBy": sort_by,
                "sortDir": sort_dir,
            },
            call,
        )

    @_methods.method
    def retrieve(
        self, pack_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[ProbePack]:
        """Look at a pack.

        Args:
            pack_id: From a list of packs.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            _operations.Within(probe_packs_retrieve, "data", "data")
        )
        return _resources.begun(
            self._client,
            "probe_packs.retrieve",
            call,
            operation,
            {
                "pack_id": pack_id,
            },
        )

    @_methods.method
    def retrieve_data(
        self, pack_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[ProbePackDataAnswerData]:
        """Fetch what is in a pack.

        Args:
            pack_id: From a list of packs.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            _operations.Within(probe_packs_retrieve_data, "data", "data")
        )
        return _resources.begun(
            self._client,
            "probe_packs.retrieve_data",
            call,
            operation,
            {
                "pack_id": pack_id,
            },
        )


class Resources(_base.Client):
    """The resources of the API, as attributes of its client."""

    demands: ClassVar[_demands.Demands | None] = DEMANDS

    @property
    def models(self) -> ModelsResource[Self]:
        """The `models` of the API."""
        return ModelsResource(self)

    @property
    def assessments(self) -> AssessmentsResource[Self]:
        """The `assessments` of the API."""
        return AssessmentsResource(self)

    @property
    def probes(self) -> ProbesResource[Self]:
        """The `probes` of the API."""
        return ProbesResource(self)

    @property
    def assessments_v2(self) -> AssessmentsV2Resource[Self]:
        """The `assessments_v2` of the API."""
        return AssessmentsV2Resource(self)

    @property
    def probe_packs(self) -> ProbePacksResource[Self]:
        """The `probe_packs` of the API."""
        return ProbePacksResource(self)
