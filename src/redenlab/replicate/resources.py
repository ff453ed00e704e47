"""Resources with the one operation that is not generated: ``models.search``."""

from typing import TypeVar, Unpack

from redenlab.core.clients.base import Client, RequestOptions
from redenlab.core.clients.methods import Pages, listing
from redenlab.core.clients.paging import Paging
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

C_co = TypeVar("C_co", bound=Client, covariant=True)


class Models(resources.ModelsResource[C_co]):
    """Models and their versions."""

    @listing
    def search(self, query: str, **call: Unpack[RequestOptions]) -> Pages[Model]:
        """Search public models (``QUERY /models``).

        Args:
            query: The search text.
            call: Of each page; see `redenlab.RequestOptions`.
        """
        return Pages(SEARCH, {"query": query}, call)
