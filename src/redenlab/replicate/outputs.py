"""Files in an output, downloaded on demand, in chunks."""

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
    """A file that a model made. It is downloaded only when it is read.

    The service keeps it for an hour. The key is sent only if the file is on the API origin.
    """

    def __init__(self, client: C, url: str) -> None:
        """Refer to `url`: https, or a data URI."""
        self.url: str = url
        self._client = client

    def __str__(self) -> str:
        """The URL."""
        return self.url

    def __repr__(self) -> str:
        """The URL without its query, or without the content of a data URI."""
        shown = self.url.partition("," if self.url.startswith("data:") else "?")[0]
        return f"{type(self).__name__}({shown!r})"

    def __eq__(self, other: object) -> bool:
        """Compare by URL."""
        return isinstance(other, FileOutput | AsyncFileOutput) and other.url == self.url

    def __hash__(self) -> int:
        """Hash by URL."""
        return hash(self.url)


class FileOutput(_Output[BlockingClient]):
    """A file that a model made, for threads. Iterating downloads it in chunks."""

    def read(self, timeout: float | None = None) -> bytes:
        """Download the whole file.

        Args:
            timeout: Seconds; ``None`` takes the client's.

        Raises:
            LinkExpired: The service has deleted it.
            APIError: It could not be downloaded.
        """
        context = self._client.call_context("read", timeout)
        return self._client.finish(context, downloads.read(context, Secret(self.url)))

    def save(self, path: str | os.PathLike[str], timeout: float | None = None) -> Path:
        """Download to `path`, which is replaced once the file is complete.

        Raises as `read` does.
        """
        context = self._client.call_context("save", timeout)
        return self._client.finish(context, downloads.save(context, Secret(self.url), path))

    def __iter__(self) -> Iterator[bytes]:
        """Download in chunks; raises as `read` does."""
        chunks = downloads.chunks(self._client.call_context("read"), Secret(self.url))
        try:
            while (chunk := run(anext(chunks, b""))) != b"":
                yield chunk
        finally:
            run(chunks.aclose())


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
        """Download to `path`; see `FileOutput.save`."""
        context = self._client.call_context("save", timeout)
        return await self._client.finish(context, downloads.save(context, Secret(self.url), path))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Download in chunks; raises as `read` does."""
        async with aclosing(
            downloads.chunks(self._client.call_context("read"), Secret(self.url))
        ) as chunks:
            async for chunk in chunks:
                yield chunk


def files(client: Client, value: Any) -> Any:
    """`value` with every URL of a file in it replaced by a `FileOutput`."""
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
    """Whether a text of an output is the URL of a file that the URL policy allows."""
    is_data = text.startswith("data:") and ";base64," in text[:200]
    return is_data or ("://" in text[:10] and problem_with(text, client.base_url) is None)
