"""Files and rows of a result, which are fetched when they are wanted."""

import atexit
import json
import mimetypes
import os
import shutil
import tempfile
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import aclosing
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast
from urllib.parse import urlsplit

from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.errors import ConfigurationError, UnexpectedResponse
from redenlab.core.files import downloads
from redenlab.core.transport.io import OutgoingRequest, Workflow, run
from redenlab.core.transport.url_policy import problem_with, within

T = TypeVar("T")
Opener = Callable[[CallContext], Awaitable[OutgoingRequest]]


class OutputClient(Protocol):
    """What an output needs of a client; see `redenlab.core.clients.base.Client`."""

    is_async: ClassVar[bool]

    @property
    def base_url(self) -> str: ...
    def call_context(self, call: str, timeout: float | None = None) -> CallContext: ...


class SyncOutputClient(OutputClient, Protocol):
    """A client that runs workflows at once."""

    def finish(self, context: CallContext, workflow: Workflow[T]) -> T: ...


class AsyncOutputClient(OutputClient, Protocol):
    """A client that awaits workflows."""

    async def finish(self, context: CallContext, workflow: Workflow[T]) -> T: ...


C = TypeVar("C", bound=OutputClient)


@cache
def _folder() -> str:
    """Where outputs are kept that are used as paths, until the process ends."""
    folder = tempfile.mkdtemp(prefix="redenlab-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class _Output(Generic[C]):
    """A file of a result. Nothing is fetched before it is wanted.

    The key is sent only if the file is on the API's own origin.

    Attributes:
        url: Its URL; empty where it has none of its own, and is fetched by an operation.
    """

    def __init__(self, client: C | None, url: str, opener: Opener | None = None) -> None:
        """Refer to `url`: https, or a data URI; or to what `opener` requests."""
        self.url: str = url
        self._attached = client
        self._path: Path | None = None
        self._target: downloads.Target = opener or Secret(url)

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave the client behind."""
        return type(self), (None, self.url)

    @property
    def _client(self) -> C:
        if self._attached is None:
            raise ConfigurationError(
                "the file has no client any more", hint="get the job's result again"
            )
        return self._attached

    @property
    def _name(self) -> str:
        """A name for a file of it, with the extension of its type."""
        if self.url.startswith("data:"):
            media_type = self.url[5:100].partition(";")[0]
            return f"output{mimetypes.guess_extension(media_type) or ''}"
        return Path(urlsplit(self.url).path).name[-100:] or "output"

    def __str__(self) -> str:
        return self.url

    def __repr__(self) -> str:
        """Name it, without what may be signed or long."""
        shown = self.url.partition("," if self.url.startswith("data:") else "?")[0]
        return f"{type(self).__name__}({shown!r})"

    def __eq__(self, other: object) -> bool:
        """Compare by URL."""
        same = isinstance(other, FileOutput | AsyncFileOutput) and other.url == self.url
        return same if self.url else self is other

    def __hash__(self) -> int:
        """Hash by URL."""
        return hash(self.url)


class FileOutput(_Output[SyncOutputClient]):
    """A file of a result, for threads. Iterating yields its bytes in chunks, once."""

    def read(self, timeout: float | None = None) -> bytes:
        """Fetch all of it.

        Args:
            timeout: Seconds; ``None`` takes the client's.

        Raises:
            LinkExpired: The service does not have it any more.
            APIError: It could not be fetched.
        """
        context = self._client.call_context("read", timeout)
        return self._client.finish(context, downloads.read(context, self._target))

    def save(self, path: str | os.PathLike[str], timeout: float | None = None) -> Path:
        """Write it to `path`, where it appears once it is complete; raises as `read` does."""
        context = self._client.call_context("save", timeout)
        return self._client.finish(context, downloads.save(context, self._target, path))

    def __fspath__(self) -> str:
        """A path to its bytes, for ``open`` and the like; raises as `read` does.

        It is fetched once, into a folder that is deleted when the process ends.
        """
        if self._path is None:
            folder = Path(tempfile.mkdtemp(dir=_folder()))
            self._path = self.save(folder / self._name)
        return str(self._path)

    def __iter__(self) -> Iterator[bytes]:
        """Fetch it chunk by chunk; raises as `read` does."""
        context = self._client.call_context("read")
        chunks = downloads.chunks(context, self._target)
        with context.instrumentation:
            try:
                while (chunk := run(anext(chunks, b""))) != b"":
                    yield chunk
            finally:
                run(chunks.aclose())


class AsyncFileOutput(_Output[AsyncOutputClient]):
    """A file of a result, for event loops; see `FileOutput`."""

    async def read(self, timeout: float | None = None) -> bytes:
        """Fetch all of it; see `FileOutput.read`."""
        context = self._client.call_context("read", timeout)
        return await self._client.finish(context, downloads.read(context, self._target))

    async def save(self, path: str | os.PathLike[str], timeout: float | None = None) -> Path:
        """Write it to `path`; see `FileOutput.save`."""
        context = self._client.call_context("save", timeout)
        return await self._client.finish(context, downloads.save(context, self._target, path))

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Fetch it chunk by chunk; raises as `read` does."""
        context = self._client.call_context("read")
        with context.instrumentation:
            async with aclosing(downloads.chunks(context, self._target)) as chunks:
                async for chunk in chunks:
                    yield chunk


class Rows:
    """JSON lines of a result, for threads: iterating fetches them anew, and yields each row."""

    def __init__(self, file: FileOutput) -> None:
        """Read the rows of `file`."""
        self.file: FileOutput = file

    def __iter__(self) -> Iterator[Any]:
        """Fetch row by row; raises as `FileOutput.read`, and `UnexpectedResponse` for no JSON."""
        lines = _Lines()
        for chunk in self.file:
            yield from lines.feed(chunk)
        yield from lines.rest()


class AsyncRows:
    """JSON lines of a result, for event loops; see `Rows`."""

    def __init__(self, file: AsyncFileOutput) -> None:
        """Read the rows of `file`."""
        self.file: AsyncFileOutput = file

    async def __aiter__(self) -> AsyncIterator[Any]:
        """Fetch row by row; see `Rows`."""
        lines = _Lines()
        async for chunk in self.file:
            for row in lines.feed(chunk):
                yield row
        for row in lines.rest():
            yield row


class _Lines:
    """Cuts chunks into lines, and reads each as JSON."""

    def __init__(self) -> None:
        self._held = b""
        self._number = 0

    def feed(self, chunk: bytes) -> Iterator[Any]:
        """The rows that `chunk` completes."""
        *lines, self._held = (self._held + chunk).split(b"\n")
        for line in lines:
            yield from self._row(line)

    def rest(self) -> Iterator[Any]:
        """The last row, where no line break follows it."""
        yield from self._row(self._held)

    def _row(self, line: bytes) -> Iterator[Any]:
        self._number += 1
        if not line.strip():
            return
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            raise UnexpectedResponse(f"line {self._number} of the result is no JSON") from None
        yield row


def output(client: OutputClient, opener: Opener, url: str = "") -> FileOutput | AsyncFileOutput:
    """A file that `opener` requests."""
    if client.is_async:
        return AsyncFileOutput(cast("AsyncOutputClient", client), url, opener)
    return FileOutput(cast("SyncOutputClient", client), url, opener)


def json_lines(client: OutputClient, opener: Opener) -> Rows | AsyncRows:
    """The rows of a file that `opener` requests."""
    file = output(client, opener)
    return AsyncRows(file) if isinstance(file, AsyncFileOutput) else Rows(file)


def in_memory(
    client: OutputClient, content: bytes, media_type: str | None
) -> FileOutput | AsyncFileOutput:
    """A file that has been received already."""
    import base64  # noqa: PLC0415 - for the few services that answer a poll with a file

    url = f"data:{media_type or 'application/octet-stream'};base64,"
    return of_url(client, url + base64.b64encode(content).decode())


def of_url(client: OutputClient, url: str) -> FileOutput | AsyncFileOutput:
    """The file behind `url`."""
    if client.is_async:
        return AsyncFileOutput(cast("AsyncOutputClient", client), url)
    return FileOutput(cast("SyncOutputClient", client), url)


def files(client: OutputClient, value: Any, hosts: Sequence[str] = ()) -> Any:
    """`value` with every URL of a file in it as a file, where the service documents no format.

    Args:
        client: Fetches the files.
        value: JSON.
        hosts: Domains that serve files, beside the API's own host; empty for all.
    """
    if isinstance(value, str):
        return of_url(client, value) if is_file_url(client, value, hosts) else value
    if isinstance(value, list):
        return [files(client, inner, hosts) for inner in cast("Iterable[Any]", value)]
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {key: files(client, inner, hosts) for key, inner in pairs}
    return value


def is_file_url(client: OutputClient, text: str, hosts: Sequence[str] = ()) -> bool:
    """Whether a text of a result is the URL of a file, and one that may be requested."""
    if text.startswith("data:"):
        return ";base64," in text[:200]
    if "://" not in text[:10] or problem_with(text, client.base_url) is not None:
        return False
    own = urlsplit(client.base_url).hostname
    return not hosts or urlsplit(text).hostname == own or within(text, hosts)
