"""Resources with the one operation that is not generated: ``models.search``."""

from typing import Unpack

from redenlab.core.clients.base import RequestOptions
from redenlab.core.clients.paging import AsyncListing, Listing, Paging
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.spec.paging import XPage
from redenlab.replicate.operations import models_search
from redenlab_api.replicate import resources
from redenlab_api.replicate.models import Model

SEARCH = Paging(
    BoundOperation(models_search),
    "results",
    XPage(items="$response.body#/results", next="$response.body#/next"),
)


class Models(resources.ModelsResource):
    """Models and their versions."""

    def search(self, query: str, **call: Unpack[RequestOptions]) -> Listing[Model]:
        """Search public models (``QUERY /models``).

        Args:
            query: The search text.
            call: Of each page; see `redenlab.RequestOptions`.
        """
        return Listing(self._client, SEARCH, {"query": query}, **call)


class AsyncModels(resources.AsyncModelsResource):
    """Models and their versions."""

    def search(self, query: str, **call: Unpack[RequestOptions]) -> AsyncListing[Model]:
        """Search public models; see `Models.search`."""
        return AsyncListing(self._client, SEARCH, {"query": query}, **call)
