"""``QUERY /models``, written by hand: OpenAPI 3.1 has no field for that method."""

from typing import Final

from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request
from redenlab_api.replicate.models import ModelPage


class _ModelsSearch:
    """The interface of a generated operation."""

    OPERATION: str = "models.search"
    IDEMPOTENT: bool = True

    def build(self, *, query: str) -> Request:
        """The request, unsent; its body is the search text."""
        headers = {"Content-Type": "text/plain"}
        content = query.encode()
        return Request(self.OPERATION, "QUERY", "/models", headers=headers, content=content)

    def parse(self, response: RawResponse) -> ModelPage:
        """A page of models."""
        if response.status_code != 200:
            raise ApiError(response.status_code, response.headers, response.content)
        return ModelPage.from_dict(response.json())


models_search: Final = _ModelsSearch()
