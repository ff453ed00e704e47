"""Files in an output: fetched when they are wanted, piece by piece."""

import os
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.clients.base import AsyncClient, BlockingClient, Client
from redenlab.core.files import downloads
from redenlab.core.transport.io import run
from redenlab.core.transport.url_policy import problem_with

C = TypeVar("C", bound=Client)


class _Output(Generic[C]):
    """A file that a model made. Nothing is fetched before it is asked for.

    The service keeps it for an hour. The key goes along only if the file lies in the API itself.
    """

    def __init__(self, client: C, url: str) -> None:
        """Refer to `url`: https, or a data URI."""
        self.url: str = url
        self._client = client

    def __str__(self) -> str:
        """Its address."""
        return self.url

    def __repr__(self) -> str:
        """Name it, without what may be signed or long."""
        shown = self.url.partition("," if self.url.startswith("data:") else "?")[0]
        return f"{type(self).__name__}({shown!r})"

    def __eq__(self, other: object) -> bool:
        """Compare by address."""
        return isinstance(other, FileOutput | AsyncFileOutput) and other.url == self.url

    def __hash__(self) -> int:
        """Hash by address."""
        return hash(self.url)


class FileOutput(_Output[BlockingClient]):
    """A file that a model made, for threads. Iterating gives its bytes in pieces, once."""

    def read(self, timeout: float | None = None) -> bytes:
        """Fetch all of it.

        Args:
            timeout: Seconds; ``None`` takes the client's.

        Raises:
            LinkExpired: It is not there any more.
            APIError: It could not be had.
        """
        context = self._client.call_context("read", timeout)
        return self._client.finish(context, downloads.read(context, Secret(self.url)))

    def save(self, path: str | os.PathLike[str], timeout: float | None = None) -> Path:
        """Write it to `path`, where it appears once it is whole; raises as `read` does."""
        context = self._client.call_context("save", timeout)
        return self._client.finish(context, downloads.save(context, Secret(self.url), path))

    def __iter__(self) -> Iterator[bytes]:
        """Fetch it piece by piece; raises as `read` does."""
        pieces = downloads.chunks(self._client.call_context("read"), Secret(self.url))
        try:
            while (piece := run(anext(pieces, b""))) != b"":
                yield piece
        finally:
            run(pieces.aclose())


class AsyncFileOutput(_Output[AsyncClient]):
    """A file that a model made, for event loops; see `FileOutput`."""

    async def read(self, timeout: float | None = None) -> bytes:
        """Fetch all of it; see `FileOutput.read`."""
        context = self._client.call_context("read", timeout)
        return await self._client.finish(context, downloads.read(context, Secret(self.url)))

    async def save(
        self,
        path: str | os.PathLike[str],
        timeout: float | None = None,
    ) -> Path:
        """Write it to `path`; see `FileOutput.save`."""
        context = self._client.call_context("save", timeout)
        return await self._client.finish(context, downloads.save(context, Secret(self.url), path))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Fetch it piece by piece; raises as `read` does."""
        async with aclosing(
            downloads.chunks(self._client.call_context("read"), Secret(self.url))
        ) as pieces:
            async for piece in pieces:
                yield piece


def files(client: Client, value: Any) -> Any:
    """`value` with every address of a file in it as something to read."""
    if isinstance(value, str):
        return _file(client, value)
    if isinstance(value, list):
        return [files(client, inner) for inner in cast("Iterable[Any]", value)]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {key: files(client, inner) for key, inner in pairs}
    return value


def _file(client: Client, text: str) -> FileOutput | AsyncFileOutput | str:
    if not is_address(client, text):
        return text
    if isinstance(client, AsyncClient):
        return AsyncFileOutput(client, text)
    return FileOutput(cast("BlockingClient", client), text)


def is_address(client: Client, text: str) -> bool:
    """Whether a text of an output is the address of a file, and one that may be asked."""
    is_data = text.startswith("data:") and ";base64," in text[:200]
    return is_data or ("://" in text[:10] and problem_with(text, client.base_url) is None)
