"""The one operation that is not generated, as a method of its resource."""

from redenlab.core.clients.paging import AsyncListing, Listing, Paging
from redenlab.replicate.operations import models_search
from redenlab_api.replicate import resources
from redenlab_api.replicate.models import Model

SEARCH = Paging(models_search, "results", "$response.body#/next")


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
