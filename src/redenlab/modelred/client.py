"""The ModelRed clients: the generated jobs and resources, with what the spec cannot say."""

import re
from collections.abc import Mapping
from typing import Any, Final, Self

from redenlab.core.auth.discovery import BaseUrlProvider, StaticBaseUrl
from redenlab.core.auth.schemes import Auth
from redenlab.core.clients.base import Client
from redenlab.core.errors import AuthenticationError
from redenlab.modelred.resources import Assessments, AssessmentsV2, Models
from redenlab_api.modelred import jobs

__all__ = ["AsyncModelRedClient", "ModelRedClient"]

KEY: Final = re.compile(r"mr_\S{9,}")


class _ModelRedClient(Client):
    """What the sync and the async client share."""

    @property
    def models(self) -> Models[Self]:
        """The registered language models."""
        return Models(self)

    @property
    def assessments(self) -> Assessments[Self]:
        """Runs of probes against a model."""
        return Assessments(self)

    @property
    def assessments_v2(self) -> AssessmentsV2[Self]:
        """Runs of packs of probes against a model."""
        return AssessmentsV2(self)

    def _authentication(self, given: Mapping[str, Any]) -> Auth:
        """The credential; a key of another service is refused before it is sent anywhere."""
        found = super()._authentication(given)
        if given.get("token") is None:
            key = self.settings.secret("api_key").reveal()
            if not KEY.fullmatch(key):
                raise AuthenticationError(
                    f"the API key from {self.settings.source('api_key')} is not one of ModelRed",
                    hint="it begins with mr_ and has 12 characters or more; the dashboard has it",
                )
        return found

    def _base_url(self) -> BaseUrlProvider:
        """The base URL without ``/api``, which the official client has in its setting."""
        return StaticBaseUrl((super()._base_url().url or "").removesuffix("/api"))


class ModelRedClient(_ModelRedClient, jobs.ModelRedClient):
    """Assesses language models with ModelRed, for threads.

    The key comes from `api_key` or ``MODELRED_API_KEY``; without one the constructor raises
    `MissingKey`. ``MODELRED_BASE_URL``, ``MODELRED_TIMEOUT`` (seconds for a whole call) and
    ``MODELRED_MAX_RETRIES`` are read as well. `probes` and `probe_packs` are generated; `assess`
    starts an assessment and waits for its report.
    """


class AsyncModelRedClient(_ModelRedClient, jobs.AsyncModelRedClient):
    """Assesses language models, for event loops; has the methods of `ModelRedClient`."""
