"""The whole sandbox: what is started, the order in which it stops, and its clients."""

import contextlib
import os
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Self, Unpack

from redenlab.core.auth import schemes
from redenlab.core.errors import ConfigurationError
from redenlab.core.spec.document import Spec
from redenlab.sandbox.clients import Clients
from redenlab.sandbox.engine.backend import INVENTED, Backend
from redenlab.sandbox.faults import Faults
from redenlab.sandbox.host.canned import Canned, Order, as_json
from redenlab.sandbox.host.common import Clock, Common
from redenlab.sandbox.host.folder import Folder
from redenlab.sandbox.host.identity import Client, Identity
from redenlab.sandbox.host.journal import Journal
from redenlab.sandbox.host.recorder import Recorder
from redenlab.sandbox.host.served import Served
from redenlab.sandbox.host.server import Beside, Server, listen, origin
from redenlab.sandbox.host.sockets import Sockets
from redenlab.sandbox.host.webhooks import Webhooks
from redenlab.sandbox.options import KEEP_SECONDS, Options

SIGNAL_INTERVAL = 0.2
"""Maximum seconds until a signal is handled."""

BUNDLED = ("ml", "replicate", "dalston", "modelred", "artificer")
"""The backends of the package: modules of `redenlab.sandbox` and of the generated API."""


def running(**options: Unpack[Options]) -> "Sandbox":
    """Start a sandbox; leaving its ``with`` block stops it and removes its temporary folder.

    Args:
        options: See `Options`.

    Raises:
        ConfigurationError: A port or the folder is in use, the host is not loopback, or a fault is
            not known.
        AuthenticationError: The API key is malformed.
        SpecError: The document cannot be used.
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
        SpecError: See `running`.
    """
    with suppress(KeyboardInterrupt), running(**options) as sandbox:
        ready(sandbox)
        sandbox.wait()


class Sandbox(Clients):
    """A running embedded backend. None of its results has a clinical meaning.

    Attributes:
        url: Base URL of the first backend's API, for a client's `base_url`.
        urls: Base URL of each backend, by its name.
        page_url: URL of the page that shows what happens.
        storage_url: Origin of the upload links.
        api_key: The only key that is accepted.
        client_id: The only OAuth client that is accepted.
        client_secret: The secret of that client.
        token_url: The OAuth token endpoint.
        discovery_url: URL of the discovery document.
        webhook_secret: Signs webhooks.
        folder: The state folder.
        faults: What goes wrong; orders can be added and cancelled at any time.
        requests: What was requested, and how often.
    """

    def __init__(  # noqa: PLR0913, PLR0915 - all of them optional; the order is the point
        self,
        *,
        spec: str | os.PathLike[str] | None = None,
        folder: str | os.PathLike[str] | None = None,
        port: int = 0,
        storage_port: int = 0,
        api_key: str | None = None,
        processing: float = 0.5,
        link_seconds: int = 900,
        token_seconds: int = 3600,
        keep_seconds: float = KEEP_SECONDS,
        host: str = "127.0.0.1",
        faults: Sequence[str] = (),
        seed: str | None = None,
    ) -> None:
        """Start; see `running`."""
        if min(processing, link_seconds, token_seconds, keep_seconds) < 0:
            raise ConfigurationError("no number of seconds can be negative")
        if api_key is not None:
            schemes.checked_key(api_key, "the argument api_key")
        backends = _backends(spec)
        self._closed = threading.Event()
        self._closing = threading.Lock()
        with ExitStack() as stack:
            if folder is None:
                temporary = tempfile.TemporaryDirectory(prefix="redenlab-sandbox-")
                folder = stack.enter_context(temporary)
            self.folder: Path = Path(folder)
            state = Folder(self.folder)
            stack.enter_context(state.held())
            state.sweep(time.time() - keep_seconds)
            self.api_key: str = api_key or state.secret("api-key", "sk_sandbox_")
            self.client_id: str = "sandbox-program"
            self.client_secret: str = state.secret("client-secret", "cs_sandbox_")
            self.webhook_secret: str = state.secret("webhook-secret", "whsec_")
            link_secret = state.secret("link-secret")
            names = seed or state.secret("seed")
            seed = seed or "0"
            journal = stack.enter_context(contextlib.closing(Journal(state.database)))
            listener = stack.enter_context(listen(host, port))
            storage_listener = stack.enter_context(listen(host, storage_port))
            begin = origin(listener)
            self.storage_url: str = origin(storage_listener)
            self.page_url: str = f"{begin}/"
            self.token_url: str = f"{begin}/oauth2/token"
            self.discovery_url: str = f"{begin}/endpoint.json"
            pool = stack.enter_context(_pool())
            program = Client(self.client_id, self.client_secret, token_seconds)
            scopes = {name for found, _ in backends.values() for name in _scopes(found)}
            self._identity = Identity(program, link_secret, tuple(scopes))
            self._canned = Canned()
            self.requests: Recorder = Recorder()
            self.faults: Faults = Faults(seed)
            self._common = Common(
                origin=begin,
                storage_url=self.storage_url,
                key=self.api_key,
                secret=link_secret,
                webhook_secret=self.webhook_secret,
                seed=seed,
                names=names,
                processing=processing,
                link_seconds=link_seconds,
                journal=journal,
                faults=self.faults,
                canned=self._canned,
                pool=pool,
                knows=self._identity.knows,
                clock=Clock(),
            )
            self._served = {
                name: Served(name, found, backend, self._common, given=spec is not None)
                for name, (found, backend) in backends.items()
            }
            self.faults.know(name for each in self._served.values() for name in each.operations)
            for fault in faults:
                self.faults.add(fault)
            for entry in journal.entries():
                if entry.backend in self._served:
                    self._served[entry.backend].again(entry)
            self.urls: Mapping[str, str] = {name: each.url for name, each in self._served.items()}
            self.url: str = next(iter(self.urls.values()))
            storage_port = storage_listener.getsockname()[1]
            served = [*self._served.values()]
            self._sockets = Sockets(
                served, state, link_secret, self._identity, self.requests, self.faults, storage_port
            )
            webhooks = Webhooks(served, self.webhook_secret, self.faults)
            beside: list[Beside] = [webhooks.run, partial(state.sweeping, keep_seconds)]
            server = Server(self._sockets.app, [listener, storage_listener], beside)
            stack.callback(server.join)
            stack.callback(self._sockets.close)
            self._stack = stack.pop_all()

    def __repr__(self) -> str:
        """Show the URL, never the key."""
        return f"Sandbox({getattr(self, 'url', '')!r})"  # debuggers show half-made ones as well

    @property
    def jobs_created(self) -> int:
        """How many jobs were submitted, earlier runs on the same folder included."""
        return sum(len(each.jobs) for each in self._served.values())

    @property
    def leaked_keys(self) -> int:
        """How many requests sent a credential to the storage, which must never happen."""
        return self._sockets.storage.leaked_keys

    @property
    def tokens_granted(self) -> int:
        """How many access tokens were issued."""
        return self._identity.granted

    def respond(  # noqa: PLR0913 - for which jobs, and how they end
        self,
        result: Any = None,
        *,
        error: str | None = None,
        end: str | None = None,
        model: str | None = None,
        file: str | None = None,
        backend: str | None = None,
        check: bool = True,
    ) -> None:
        """Let jobs that are submitted from now on end as you say; the newest order counts.

        Args:
            result: The whole result, as JSON, or bytes where it is a file. It is for the models
                whose results have its form.
            error: Fail instead, for this reason.
            end: End so: a status such as ``expired``, or ``failed``, ``cancelled`` or ``gone``.
            model: Only jobs of this model.
            file: Only recordings whose names fit this pattern: ``bad-*.wav``.
            backend: Only jobs of this backend: ``ml``.
            check: Whether the result has to fit the spec.

        Raises:
            ConfigurationError: No job has a result of this form, there is no such end, model or
                backend, or the arguments contradict each other.
        """
        if (result is None) is (error is None) and end is None:
            said = "neither a result nor an error" if result is None else "a result and an error"
            raise ConfigurationError(f"there is {said}", hint="give a result, an error or an end")
        given = INVENTED if result is None else as_json(result)
        end = end or ("failed" if error is not None else None)
        order = Order(given, end, error, backend, model, file, check)
        self._canned.add(order, {name: each.engine for name, each in self._served.items()})

    def forget(self) -> None:
        """Cancel every result and fault that was ordered, and forget the requests."""
        self._canned.clear()
        self.faults.clear()
        self.requests.clear()

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


def _backends(spec: str | os.PathLike[str] | None) -> dict[str, tuple[Spec, Backend]]:
    """What is served, by name."""
    if spec is not None:
        found = Spec(Path(spec))
        return {found.backend: (found, Backend())}
    made: dict[str, tuple[Spec, Backend]] = {}
    for name in BUNDLED:
        package = import_module(f"redenlab_api.{name}")
        path = Path(str(package.__file__)).with_name(f"{name}.json")
        made[name] = (Spec(path), import_module(f"redenlab.sandbox.{name}").BACKEND)
    return made


def _scopes(spec: Spec) -> Sequence[str]:
    flow: Mapping[str, Any] = spec.oauth.get("clientCredentials", {})
    return list(flow.get("scopes", ()))


@contextlib.contextmanager
def _pool() -> Generator[ThreadPoolExecutor]:
    """Threads that work on jobs; jobs that wait are left to the next sandbox on the folder."""
    pool = ThreadPoolExecutor(2, "redenlab-sandbox-work")
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
