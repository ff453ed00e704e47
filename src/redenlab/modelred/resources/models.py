"""Models: those of all pages, and the lookup of one by its id or its slug."""

from typing import Any, Final, TypeVar, Unpack, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import Client, RequestOptions
from redenlab.core.clients.methods import Call, Pages, listing, method
from redenlab.core.clients.options import of_call
from redenlab.core.clients.paging import Paging, pages
from redenlab.core.clients.resources import request
from redenlab.core.errors import NotFound
from redenlab.core.spec.operations import BoundOperation, Within
from redenlab.core.spec.paging import XPage
from redenlab_api.modelred import resources
from redenlab_api.modelred.api.models import models_list, models_retrieve
from redenlab_api.modelred.models import Model, Provider

ONE: Final = BoundOperation(Within(models_retrieve, "data", "data"))
LIST: Final = BoundOperation(models_list, None, {"pageSize": "page_size"})
PAGING: Final = Paging(LIST, "data", XPage(items="$response.body#/data", page="page"))
EVERY: Final[dict[str, Any]] = {"status": "both", "pageSize": 100}

C_co = TypeVar("C_co", bound=Client, covariant=True)


class Models(resources.ModelsResource[C_co]):
    """The registered language models."""

    @listing
    def iterate(
        self,
        *,
        search: str | None = None,
        provider: Provider | None = None,
        **call: Unpack[RequestOptions],
    ) -> Pages[Model]:
        """Iterate over the models of all pages, inactive ones included; `list` returns one page.

        Args:
            search: Part of a name or slug; ``None`` for all.
            provider: Only models of this provider; ``None`` for all.
            call: Of each page; see `redenlab.RequestOptions`.
        """
        return Pages(PAGING, {**EVERY, "search": search, "provider": provider}, call)

    @method
    def retrieve(self, model_id: str, **call: Unpack[RequestOptions]) -> Call[Model]:
        """Look at a model.

        Args:
            model_id: Its id in the database, or its slug, which is looked for on all pages.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            NotFound: There is none of that id, and none of that slug.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.retrieve", **of_call(call))
        return context, lookup(context, self._client, model_id)


async def lookup(context: CallContext, client: Client, name: str) -> Model:
    """The model whose id or slug is `name`; raises as `Models.retrieve`."""
    try:
        found: Model = await request(context, client, ONE, {"model_id": name})
    except NotFound as error:
        missing = error
    else:
        return found
    for search in (name, None):  # a search may not look at slugs
        async for page in pages(client, PAGING, {**EVERY, "search": search}, {}, context):
            for model in page:
                if model.model_id == name:
                    return cast("Model", model)
    problem = f"no model has the id or the slug {name}: {missing.message}"
    raise missing.converted(NotFound, problem, "list them: client.models.iterate()")
