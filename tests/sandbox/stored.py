"""A storage alone, without an API, and the links that it accepts."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from redenlab.sandbox.host import signing
from redenlab.sandbox.host.server import Server, listen, origin
from redenlab.sandbox.host.storage import Storage

SECRET = "not-much-of-a-secret"


@dataclass
class Shelf:
    """Objects in a folder, at any key that begins with ``recordings/``."""

    folder: Path
    arrivals: list[tuple[str, str, str, str]] = field(default_factory=list)
    made: dict[str, tuple[bytes | Path, str]] = field(default_factory=dict)

    def expects(self, key: str) -> bool:
        return key.startswith("recordings/")

    def arrived(
        self, key: str, path: Path, digest: str, etag: str, headers: Mapping[str, str]
    ) -> None:
        media_type = headers.get("content-type", "binary/octet-stream")
        self.arrivals.append((key, digest, etag, media_type))
        self.made[key] = path.replace(self.folder / str(len(self.arrivals))), media_type

    def content(self, key: str) -> tuple[bytes | Path, str] | None:
        return self.made.get(key)

    def exists(self, key: str) -> bool:
        return key in self.made


@dataclass
class Running:
    """A storage that answers."""

    url: str
    shelf: Shelf
    storage: Storage
    incoming: Path

    def link(self, key: str = "recordings/a.wav", method: str = "PUT", **headers: str) -> str:
        """A link for a quarter of an hour; a PUT is for ``audio/wav``."""
        wav = {"content-type": "audio/wav"} if method == "PUT" else {}
        signed = {"host": urlsplit(self.url).netloc, **wav, **headers}
        request = signing.Signed(method, f"/{key}", [], signed)
        return signing.link(request, self.url, SECRET, 900, datetime.now(UTC))


@contextmanager
def serving(folder: Path) -> Iterator[Running]:
    """A storage below `folder`."""
    shelf, incoming = Shelf(folder / "objects"), folder / "incoming"
    for each in (shelf.folder, incoming):
        each.mkdir()
    storage = Storage(shelf, SECRET, incoming)
    with closing(listen("127.0.0.1", 0)) as listener:
        server = Server(storage.app(), [listener])
        yield Running(origin(listener), shelf, storage, incoming)
        server.join()
