"""The whole sandbox: what is started, the order in which it stops, and its clients."""

import os
import secrets
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, Unpack, cast

from redenlab.core.auth import schemes
from redenlab.core.clients import base
from redenlab.core.errors import ConfigurationError
from redenlab.core.jobs.poll import Poll
from redenlab.sandbox import identity
from redenlab.sandbox.analysis import Analysis
from redenlab.sandbox.api import STAGE, Api, Terms
from redenlab.sandbox.folder import Folder
from redenlab.sandbox.records import Records
from redenlab.sandbox.replicate import app as replicate
from redenlab.sandbox.replicate.backend import Replicate
from redenlab.sandbox.server import Server, listen, origin
from redenlab.sandbox.storage import Storage
from redenlab_api.ml.lifecycles import PROFILE
from redenlab_api.replicate.lifecycles import PROFILE as REPLICATE_PROFILE

if TYPE_CHECKING:
    from redenlab.ml.client import AsyncInferenceClient, InferenceClient
    from redenlab.replicate.client import AsyncReplicateClient, ReplicateClient

Profile = Literal["key", "token"]
"""The credential of requests, which selects the contract that the API speaks."""

POLL = Poll(initial=0.05, factor=1.5, max_interval=1.0)
"""Poll intervals of the sandbox's own clients, whose jobs take seconds, not minutes."""

PROFILES = (PROFILE, REPLICATE_PROFILE)
"""Where the clients of the backends that a sandbox serves look for their settings."""

SIGNAL_INTERVAL = 0.2
"""Maximum seconds until a signal is handled."""


class Options(TypedDict, total=False):
    """Settings of a sandbox.

    Attributes:
        folder: Keeps jobs and recordings over a restart; ``None`` is a temporary folder that is
            removed with the sandbox.
        port: Of the API; 0 is any free one.
        storage_port: Of the storage; 0 is any free one.
        api_key: The key that is accepted; ``None`` makes one, and keeps it in the folder.
        processing: Minimum seconds that a job takes.
        link_seconds: Seconds for which a link is valid.
        token_seconds: Seconds for which an access token is valid.
        host: Where to listen: ``127.0.0.1``, ``::1`` or another loopback name.
        seed: Of the values that are invented; the same one gives the same values.
    """

    folder: str | os.PathLike[str] | None
    port: int
    storage_port: int
    api_key: str | None
    processing: float
    link_seconds: int
    token_seconds: int
    host: str
    seed: str


class ClientOptions(base.Options, total=False):
    """Arguments of a client; each replaces the value that the sandbox sets."""

    api_key: str | None
    base_url: str | None
    model_name: str | None
    timeout: float | None


def running(**options: Unpack[Options]) -> "Sandbox":
    """Start a sandbox; leaving its ``with`` block stops it and removes its temporary folder.

    Args:
        options: See `Options`.

    Raises:
        ConfigurationError: A port or the folder is in use, or the host is not loopback.
        AuthenticationError: The API key is malformed.
    """
    return Sandbox(**options)


def serve(ready: Callable[["Sandbox"], None], **options: Unpack[Options]) -> None:
    """Run a sandbox until the program is interrupted or the sandbox is closed.

    Args:
        ready: Called with the sandbox once it accepts requests; nothing is printed here.
        options: See `Options`.

    Raises:
        ConfigurationError: See `running`.
        AuthenticationError: See `running`.
    """
    with suppress(KeyboardInterrupt), running(**options) as sandbox:
        ready(sandbox)
        sandbox.wait()


class Sandbox:
    """A running embedded backend. None of its results has a clinical meaning.

    Attributes:
        url: Base URL of the API, for a client's `base_url`.
        storage_url: Origin of the upload links.
        api_key: The only key that is accepted.
        client_id: The only OAuth client that is accepted.
        client_secret: The secret of that client.
        token_url: The OAuth token endpoint.
        discovery_url: URL of the discovery document.
        folder: The state folder.
        replicate: The Replicate API, for its limits, faults and page size.
    """

    def __init__(  # noqa: PLR0913 - all of them optional, and by keyword
        self,
        *,
        folder: str | os.PathLike[str] | None = None,
        port: int = 0,
        storage_port: int = 0,
        api_key: str | None = None,
        processing: float = 0.5,
        link_seconds: int = 900,
        token_seconds: int = 3600,
        host: str = "127.0.0.1",
        seed: str = "",
    ) -> None:
        """Start; see `running`."""
        if min(processing, link_seconds, token_seconds) < 0:
            raise ConfigurationError("no number of seconds can be negative")
        if api_key is not None:
            schemes.checked_key(api_key, "the argument api_key")
        self._closed = threading.Event()
        self._closing = threading.Lock()
        self._jobs_created = 0
        with ExitStack() as stack:
            if folder is None:
                temporary = tempfile.TemporaryDirectory(prefix="redenlab-sandbox-")
                folder = stack.enter_context(temporary)
            self.folder: Path = Path(folder)
            state = Folder(self.folder)
            stack.enter_context(state.held())
            self.api_key: str = api_key or state.secret("api-key", _new_key)
            self._records = Records(state.database)
            stack.callback(self._count)
            secret = state.secret("link-secret")
            listener = stack.enter_context(listen(host, port))
            storage_listener = stack.enter_context(listen(host, storage_port))
            self.url: str = f"{origin(listener)}{STAGE}"
            self.storage_url: str = origin(storage_listener)
            self.client_id: str = "sandbox-program"
            self.client_secret: str = state.secret("client-secret", _new_client_secret)
            self.token_url: str = f"{origin(listener)}/oauth2/token"
            self.discovery_url: str = f"{origin(listener)}/endpoint.json"
            program = identity.Client(self.client_id, self.client_secret, token_seconds)
            sign_in = PROFILE.sign_in
            self._identity = identity.Identity(program, secret, sign_in.scopes if sign_in else ())
            analysis = Analysis(self._records, state, seed)
            stack.callback(analysis.close)
            terms = Terms(self.api_key, secret, self.storage_url, processing, link_seconds)
            self._storage = Storage(self._records, state, secret)
            api = Api(self._records, terms, self._identity, analysis.start)
            self.replicate: Replicate = Replicate(state, origin(listener), self.api_key, processing)
            both = replicate.beside(replicate.app(self.replicate), api.app())
            api_server = Server(both, listener, "api")
            stack.callback(api_server.join)
            storage_server = Server(self._storage.app(), storage_listener, "storage")
            stack.callback(storage_server.join)
            stack.callback(api_server.stop)  # both shut down at the same time
            self._stack = stack.pop_all()

    def __repr__(self) -> str:
        """Show the URL, never the key."""
        return f"Sandbox({self.url!r})"

    @property
    def environment(self) -> Mapping[str, str]:
        """Environment variables: clients without arguments use this sandbox, and poll fast."""
        urls = (self.url, self.replicate_url)
        return {
            profile.variables[name][0]: str(value)
            for profile, url in zip(PROFILES, urls, strict=True)
            for name, value in (
                ("base_url", url),
                ("api_key", self.api_key),
                ("poll_initial", POLL.initial),
                ("poll_factor", POLL.factor),
                ("poll_max", POLL.max_interval),
            )
        }

    @property
    def jobs_created(self) -> int:
        """How many jobs were accepted by predict, earlier runs on the same folder included."""
        with self._closing:
            if not self._closed.is_set():
                self._count()
            return self._jobs_created

    @property
    def leaked_keys(self) -> int:
        """How many requests sent a credential to the storage, which must never happen."""
        return self._storage.leaked_keys

    @property
    def tokens_granted(self) -> int:
        """How many access tokens were issued."""
        return self._identity.granted

    def client(
        self, profile: Profile = "key", **options: Unpack[ClientOptions]
    ) -> "InferenceClient[Any]":
        """A blocking client of this sandbox.

        Args:
            profile: Whether it sends the API key, or fetches a bearer token.
            options: Replace what the sandbox sets: its own URL and key, and a short poll
                interval.
        """
        from redenlab.ml.client import InferenceClient  # noqa: PLC0415 - a server needs none

        client: InferenceClient[Any] = cast("Any", InferenceClient)(**self._given(profile, options))
        return client

    def async_client(
        self, profile: Profile = "key", **options: Unpack[ClientOptions]
    ) -> "AsyncInferenceClient[Any]":
        """An async client of this sandbox; see `client`."""
        from redenlab.ml.client import AsyncInferenceClient  # noqa: PLC0415 - a server needs none

        client: AsyncInferenceClient[Any] = cast("Any", AsyncInferenceClient)(
            **self._given(profile, options)
        )
        return client

    @property
    def replicate_url(self) -> str:
        """Base URL of the Replicate API, with ``/v1``."""
        return self.replicate.url

    def replicate_client(self, **options: Unpack[ClientOptions]) -> "ReplicateClient":
        """A blocking client of this sandbox's Replicate; see `client`."""
        from redenlab.replicate.client import ReplicateClient  # noqa: PLC0415 - as above

        given = {"base_url": self.replicate_url, **options}
        return cast(
            "ReplicateClient",
            cast("Any", ReplicateClient)(**self._given("key", cast("ClientOptions", given))),
        )

    def async_replicate_client(self, **options: Unpack[ClientOptions]) -> "AsyncReplicateClient":
        """An async client of this sandbox's Replicate; see `client`."""
        from redenlab.replicate.client import AsyncReplicateClient  # noqa: PLC0415

        given = {"base_url": self.replicate_url, **options}
        return cast(
            "AsyncReplicateClient",
            cast("Any", AsyncReplicateClient)(**self._given("key", cast("ClientOptions", given))),
        )

    def wait(self) -> None:
        """Block until the sandbox is closed."""
        # The system may hand a signal to any thread, and only the main thread runs its handler: a
        # lock wait without a time-out would not wake up for it.
        while not self._closed.wait(SIGNAL_INTERVAL):
            pass

    def close(self) -> None:
        """Stop the servers and remove a temporary folder; a kept one resumes unfinished jobs."""
        with self._closing:
            try:
                self._stack.close()
            finally:
                self._closed.set()

    def __enter__(self) -> Self:
        """Close on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _count(self) -> None:
        with self._records.transaction() as transaction:
            self._jobs_created = transaction.submitted()

    def _given(self, profile: Profile, options: ClientOptions) -> dict[str, Any]:
        if profile == "key":
            return {"api_key": self.api_key, "base_url": self.url, "poll": POLL, **options}
        sign_in = {"client_id": self.client_id, "client_secret": self.client_secret}
        where = {"token_url": self.token_url, "base_url": self.url}
        return {**sign_in, **where, "poll": POLL, **options}


def _new_key() -> str:
    return f"sk_sandbox_{secrets.token_urlsafe(24)}"


def _new_client_secret() -> str:
    return f"cs_sandbox_{secrets.token_urlsafe(24)}"
