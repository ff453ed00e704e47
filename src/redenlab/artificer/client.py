"""The Artificer clients: the generated jobs and resources, and the ways to their servers."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self, Unpack, cast

from redenlab.artificer.resources import Batch
from redenlab.core.auth.discovery import BaseUrlProvider, StaticBaseUrl
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.settings import checked_base_url
from redenlab.core.calls.ways import Detour
from redenlab.core.clients.base import Client, Options, wrapped_key
from redenlab.core.errors import ConfigurationError
from redenlab_api.artificer import jobs
from redenlab_api.artificer.models import BatchJobResult

__all__ = ["Artificer", "AsyncArtificer", "Protocol"]

Protocol = Literal["rest", "trpc"]
"""How the server is spoken to: as the design document plans it, or as servers do today."""

REMOTE = "/api/trpc"
"""Where servers have their procedures, unless that is their root; may end the base URL."""


class _Artificer(Client):
    """What the sync and the async client share."""

    _way: tuple[Protocol, str | None]

    @property
    def batch(self) -> Batch[Self]:
        """Many texts that go through the same phases."""
        return Batch(self)

    def _take(
        self, protocol: Protocol, base_url: str | None, api_url: str | None, worker: str | None
    ) -> str | None:
        """Check where calls go; returns the base URL."""
        if protocol not in {"rest", "trpc"}:
            raise ConfigurationError(f"protocol is {protocol!r}; write 'rest' or 'trpc'")
        if base_url is not None and api_url is not None:
            raise ConfigurationError("give base_url or typescript_api_url, and not both")
        if worker is not None:
            worker = checked_base_url(worker, "the argument python_worker_url")
        self._way = protocol, worker
        return base_url or api_url

    def _base_url(self) -> BaseUrlProvider:
        """The base URL without the path of the procedures."""
        return StaticBaseUrl((super()._base_url().url or "").removesuffix(REMOTE))

    def _detours(self) -> Iterator[Detour]:
        """The worker first, for what it can do."""
        protocol, worker = self._way
        if worker is not None:
            yield Detour(self.ways["worker"], base_url=worker)
        if protocol == "trpc":
            found = super()._base_url().url or ""
            yield Detour(self.ways["trpc"], prefix=REMOTE * found.endswith(REMOTE), whole=True)


class Artificer(_Artificer, jobs.ArtificerClient[list[BatchJobResult]]):
    """Calls an Artificer server, for threads.

    Each method of a resource has another one for event loops, with ``_async`` at the end of its
    name; leaving an ``async with`` block closes what those have opened.
    """

    _twin: "AsyncArtificer | None" = None

    def __init__(  # noqa: PLR0913 - as documented
        self,
        api_key: str | Secret | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        *,
        protocol: Protocol = "rest",
        typescript_api_url: str | None = None,
        python_worker_url: str | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: ``sk_…``; ``None`` takes ``ARTIFICER_API_KEY``, if there is any.
            base_url: https, or http of this machine; ``http://localhost:3001`` unless the settings
                say otherwise. Over tRPC it may end with ``/api/trpc``, where the server has it.
            timeout: Seconds for one request; ``None`` are 30, unless the settings say otherwise.
                How long a call may take that waits is an argument of that call.
            protocol: See `Protocol`.
            typescript_api_url: Another name for `base_url`.
            python_worker_url: Where PDFs and images are read instead; it is sent no key.
            options: See `redenlab.Options`.

        Raises:
            AuthenticationError: The credential is unusable.
            ConfigurationError: A setting is malformed or unsafe.
        """
        key = wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        if timeout is not None:
            options["http_timeout"] = timeout
        base_url = self._take(protocol, base_url, typescript_api_url, python_worker_url)
        way = {"protocol": protocol, "python_worker_url": python_worker_url}
        self._given: dict[str, Any] = {"api_key": key, "base_url": base_url, **way, **options}
        self._changes: dict[str, Any] = {}
        super().__init__(cast("Any", key), base_url, None, **options)

    @property
    def twin(self) -> "AsyncArtificer":
        """An async client with the same settings, which makes the ``_async`` calls."""
        if self._twin is None:
            self._twin = AsyncArtificer(**self._given).with_options(**self._changes)
        return self._twin

    def _change(self, given: Mapping[str, Any]) -> None:
        super()._change(given)
        self._twin, self._changes = None, {**self._changes, **given}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
        if self._twin is not None:
            await self._twin.close()


class AsyncArtificer(_Artificer, jobs.AsyncArtificerClient[list[BatchJobResult]]):
    """Calls an Artificer server, for event loops; has the methods of `Artificer`."""

    def __init__(  # noqa: PLR0913 - as documented
        self,
        api_key: str | Secret | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        *,
        protocol: Protocol = "rest",
        typescript_api_url: str | None = None,
        python_worker_url: str | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Resolve the settings; see `Artificer`."""
        key = wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        if timeout is not None:
            options["http_timeout"] = timeout
        base_url = self._take(protocol, base_url, typescript_api_url, python_worker_url)
        super().__init__(cast("Any", key), base_url, None, **options)
