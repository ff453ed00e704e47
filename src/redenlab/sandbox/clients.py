"""Clients of a running sandbox, and the settings with which a user's own clients reach it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack, cast

from redenlab.core.spec.profile import Profile as ClientProfile
from redenlab.sandbox.options import POLL, ClientOptions, Profile

if TYPE_CHECKING:
    from redenlab.artificer.client import Artificer, AsyncArtificer
    from redenlab.dalston.client import AsyncDalston, Dalston
    from redenlab.ml.client import AsyncInferenceClient, InferenceClient
    from redenlab.modelred.client import AsyncModelRedClient, ModelRedClient
    from redenlab.replicate.client import AsyncReplicateClient, ReplicateClient
    from redenlab.sandbox.host.served import Served


class Clients:
    """Makes clients of the backends of a sandbox.

    Attributes:
        url: Base URL of the first backend's API, for a client's `base_url`.
        urls: Base URL of each backend, by its name.
        api_key: The only key that is accepted.
        client_id: The only OAuth client that is accepted.
        client_secret: The secret of that client.
        token_url: The OAuth token endpoint.
    """

    url: str
    urls: Mapping[str, str]
    api_key: str
    client_id: str
    client_secret: str
    token_url: str
    _served: dict[str, "Served"]

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment variables: clients without arguments use this sandbox, and poll fast."""
        found: dict[str, str] = {}
        for each in self._served.values():
            values = {
                "base_url": each.url,
                "api_key": each.key,
                "poll_initial": str(POLL.initial),
                "poll_factor": str(POLL.factor),
                "poll_max": str(POLL.max_interval),
                "send_filenames": "true",  # names order faults
            }
            variables = each.profile.variables
            found |= {variables[name][-1]: text for name, text in values.items()}
            found |= each.backend.variables(each.origin, each.path)
        return found

    @property
    def profiles(self) -> Sequence[ClientProfile]:
        """Where the settings of the clients of each backend come from."""
        return [each.profile for each in self._served.values()]

    @property
    def replicate_url(self) -> str:
        """Base URL of the Replicate API."""
        return self.urls["replicate"]

    @property
    def dalston_url(self) -> str:
        """Base URL of the Dalston API."""
        return self.urls["dalston"]

    def client(
        self, profile: Profile = "key", **options: Unpack[ClientOptions]
    ) -> "InferenceClient[Any]":
        """A blocking client of this sandbox.

        Args:
            profile: Whether it sends the API key, or fetches a bearer token.
            options: Replace what the sandbox sets: its own URL and key, a short poll interval, and
                `send_filenames`, since file names order faults.
        """
        from redenlab.ml.client import InferenceClient  # noqa: PLC0415 - a server needs none

        client: InferenceClient[Any] = cast("Any", InferenceClient)(**self._given(profile, options))
        return client

    def async_client(
        self, profile: Profile = "key", **options: Unpack[ClientOptions]
    ) -> "AsyncInferenceClient[Any]":
        """An async client of this sandbox; see `client`."""
        from redenlab.ml.client import AsyncInferenceClient  # noqa: PLC0415 - as above

        client: AsyncInferenceClient[Any] = cast("Any", AsyncInferenceClient)(
            **self._given(profile, options)
        )
        return client

    def replicate_client(self, **options: Unpack[ClientOptions]) -> "ReplicateClient":
        """A blocking client of this sandbox's Replicate; see `client`."""
        from redenlab.replicate.client import ReplicateClient  # noqa: PLC0415 - as above

        client: ReplicateClient = cast("Any", ReplicateClient)(**self._replicate(options))
        return client

    def async_replicate_client(self, **options: Unpack[ClientOptions]) -> "AsyncReplicateClient":
        """An async client of this sandbox's Replicate; see `client`."""
        from redenlab.replicate.client import AsyncReplicateClient  # noqa: PLC0415

        client: AsyncReplicateClient = cast("Any", AsyncReplicateClient)(**self._replicate(options))
        return client

    def dalston_client(self, **options: Unpack[ClientOptions]) -> "Dalston":
        """A blocking client of this sandbox's Dalston; see `client`."""
        from redenlab.dalston.client import Dalston  # noqa: PLC0415 - as above

        client: Dalston = cast("Any", Dalston)(**self._dalston(options))
        return client

    def async_dalston_client(self, **options: Unpack[ClientOptions]) -> "AsyncDalston":
        """An async client of this sandbox's Dalston; see `client`."""
        from redenlab.dalston.client import AsyncDalston  # noqa: PLC0415 - as above

        client: AsyncDalston = cast("Any", AsyncDalston)(**self._dalston(options))
        return client

    def _dalston(self, options: ClientOptions) -> dict[str, Any]:
        return self._given("key", cast("ClientOptions", {"base_url": self.dalston_url, **options}))

    def modelred_client(self, **options: Unpack[ClientOptions]) -> "ModelRedClient":
        """A blocking client of this sandbox's ModelRed; see `client`."""
        from redenlab.modelred.client import ModelRedClient  # noqa: PLC0415 - as above

        client: ModelRedClient = cast("Any", ModelRedClient)(**self._modelred(options))
        return client

    def async_modelred_client(self, **options: Unpack[ClientOptions]) -> "AsyncModelRedClient":
        """An async client of this sandbox's ModelRed; see `client`."""
        from redenlab.modelred.client import AsyncModelRedClient  # noqa: PLC0415 - as above

        client: AsyncModelRedClient = cast("Any", AsyncModelRedClient)(**self._modelred(options))
        return client

    def _modelred(self, options: ClientOptions) -> dict[str, Any]:
        served = self._served["modelred"]
        own = {"base_url": served.url, "api_key": served.key, **options}
        return self._given("key", cast("ClientOptions", own))

    def artificer_client(self, **options: Any) -> "Artificer":
        """A blocking client of this sandbox's Artificer; `protocol` may be given too."""
        from redenlab.artificer.client import Artificer  # noqa: PLC0415 - as above

        client: Artificer = cast("Any", Artificer)(**self._artificer(options))
        return client

    def async_artificer_client(self, **options: Any) -> "AsyncArtificer":
        """An async client of this sandbox's Artificer; see `artificer_client`."""
        from redenlab.artificer.client import AsyncArtificer  # noqa: PLC0415 - as above

        client: AsyncArtificer = cast("Any", AsyncArtificer)(**self._artificer(options))
        return client

    def _artificer(self, options: Mapping[str, Any]) -> dict[str, Any]:
        own = {"base_url": self.urls["artificer"], **options}
        return self._given("key", cast("ClientOptions", own))

    def _replicate(self, options: ClientOptions) -> dict[str, Any]:
        return self._given(
            "key", cast("ClientOptions", {"base_url": self.replicate_url, **options})
        )

    def _given(self, profile: Profile, options: ClientOptions) -> dict[str, Any]:
        own: dict[str, Any] = {"base_url": self.url, "poll": POLL, "send_filenames": True}
        if profile == "key":
            return {**own, "api_key": self.api_key, **options}
        sign_in = {"client_id": self.client_id, "client_secret": self.client_secret}
        return {**own, **sign_in, "token_url": self.token_url, **options}
