"""Models: `search`, which is not generated, and `get` by a reference."""

from typing import TypeVar, Unpack

from redenlab.core.clients.base import Client, RequestOptions
from redenlab.core.clients.methods import Call, Pages, listing, method
from redenlab.core.clients.paging import Paging
from redenlab.core.clients.resources import begun
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.spec.paging import XPage
from redenlab.replicate.operations import models_search
from redenlab_api.replicate import resources
from redenlab_api.replicate.api.models import models_get
from redenlab_api.replicate.models import Model

SEARCH = Paging(
    BoundOperation(models_search),
    "results",
    XPage(items="$response.body#/results", next="$response.body#/next"),
)

C_co = TypeVar("C_co", bound=Client, covariant=True)


class Models(resources.ModelsResource[C_co]):
    """Models and their versions."""

    @method
    def get(  # pyright: ignore[reportIncompatibleVariableOverride] - it takes one name as well
        self, model_owner: str, model_name: str | None = None, **call: Unpack[RequestOptions]
    ) -> Call[Model]:
        """Look at a model.

        Args:
            model_owner: User or organization; or ``owner/name``, without a `model_name`.
            model_name: Name of the model.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        owner, _, name = model_owner.partition("/")
        named = {"model_owner": owner, "model_name": model_name or name}
        return begun(self._client, "models.get", call, BoundOperation(models_get), named)

    @listing
    def search(self, query: str, **call: Unpack[RequestOptions]) -> Pages[Model]:
        """Search public models (``QUERY /models``).

        Args:
            query: The search text.
            call: Of each page; see `redenlab.RequestOptions`.
        """
        return Pages(SEARCH, {"query": query}, call)
