"""What a recording can be read from."""

import io
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redenlab.core.errors import InputError
from redenlab.core.files.recording import CHUNK_BYTES, MAX_BYTES
from redenlab.core.files.sources import open_recording
from redenlab.core.files.uploads import as_source

DATA = bytes(range(256)) * 20


class Pipe(io.RawIOBase):
    """A stream that cannot seek and gives a few bytes at a time."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(min(size, 1000) if size >= 0 else 1000)


KINDS: dict[str, Callable[[Path], Any]] = {
    "path": lambda path: path,
    "text": str,
    "bytes": lambda path: path.read_bytes(),
    "bytearray": lambda path: bytearray(path.read_bytes()),
    "memoryview": lambda path: memoryview(path.read_bytes()),
    "strided view": lambda path: memoryview(bytes(b for x in path.read_bytes() for b in (x, 0)))[
        ::2
    ],
    "file": lambda path: path.open("rb"),
    "unbuffered": lambda path: path.open("rb", buffering=0),
    "bytesio": lambda path: io.BytesIO(path.read_bytes()),
    "stream": lambda path: Pipe(path.read_bytes()),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "size", [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7]
)
def test_every_kind_gives_its_bytes_and_their_number(tmp_path: Path, kind: str, size: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(os.urandom(size))
    source = KINDS[kind](path)
    with open_recording(source) as opened:
        assert opened.size == size
        chunks = list(opened.chunks())
    assert b"".join(chunks) == path.read_bytes()
    assert max(map(len, chunks)) <= CHUNK_BYTES
    if hasattr(source, "close"):
        source.close()


def test_a_file_is_sent_from_where_it_stands_and_left_there() -> None:
    file = io.BytesIO(DATA)
    file.seek(100)
    with open_recording(file) as opened:
        assert b"".join(opened.chunks()) == DATA[100:]
    assert file.tell() == 100
    assert not file.closed


@pytest.mark.parametrize(
    ("source", "name", "content_type"),
    [
        ("talk.wav", "talk.wav", "audio/wav"),
        ("talk.WAVE", "talk.WAVE", "audio/wav"),
        ("talk.mp3", "talk.mp3", "audio/mpeg"),
        ("talk.m4a", "talk.m4a", "audio/mp4"),
        ("talk.flac", "talk.flac", "audio/flac"),
        ("talk.ogg", "talk.ogg", "audio/ogg"),
        ("talk.opus", "talk.opus", "audio/opus"),
        ("talk.bin", "talk.bin", "audio/wav"),
        ("talk", "talk", "audio/wav"),
        ("Jürgen – día 1.wav", "J_rgen _ d_a 1.wav", "audio/wav"),
        ('a"b\n\x7f.wav', "a_b__.wav", "audio/wav"),
        ("x" * 200 + ".mp3", "x" * 116 + ".mp3", "audio/mpeg"),
    ],
)
def test_name_and_type_follow_the_path(
    tmp_path: Path, source: str, name: str, content_type: str
) -> None:
    path = tmp_path / source
    path.write_bytes(DATA)
    with open_recording(path) as opened:
        assert (opened.disclose().name, opened.content_type) == (name, content_type)


def test_the_caller_has_the_last_word_on_name_and_type() -> None:
    opened = open_recording(DATA, filename="../b.mp3", content_type="audio/x-mine")
    assert (opened.disclose().name, opened.content_type) == ("b.mp3", "audio/x-mine")


def test_bytes_without_a_name_are_audio_wav() -> None:
    assert open_recording(DATA).name == "audio.wav"
    assert open_recording(io.BytesIO(DATA)).name == "audio.wav"


def test_an_open_file_brings_its_name(tmp_path: Path) -> None:
    path = tmp_path / "b.mp3"
    path.write_bytes(DATA)
    with path.open("rb") as file, open_recording(file) as opened:
        assert (opened.disclose().name, opened.content_type) == ("b.mp3", "audio/mpeg")


def fifo(path: Path) -> Path:
    os.mkfifo(path)
    return path


def link(path: Path) -> Path:
    path.symlink_to(path)
    return path


def listening(path: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
    return path


def empty(path: Path) -> Path:
    path.touch()
    return path


def sparse(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    return path


BAD: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (lambda path: path, "No such file"),
    "directory": (lambda path: path.parent, "directory"),
    "fifo": (fifo, "not a regular file"),
    "device": (lambda _: "/dev/zero", "not a regular file"),
    "socket": (listening, "No such device"),
    "proc": (lambda _: "/proc/self/status", "is empty"),
    "symlink loop": (link, "symbolic links"),
    "empty file": (empty, "is empty"),
    "empty bytes": (lambda _: b"", "is empty"),
    "empty file object": (lambda _: io.BytesIO(), "is empty"),
    "empty stream": (lambda _: Pipe(b""), "is empty"),
    "too large": (sparse, "at most"),
    "nul in path": (lambda _: "a\x00b", "null"),
    "text file": (lambda _: io.StringIO("x"), "'rb'"),
    "number": (lambda _: 7, "int"),
    "none": (lambda _: None, "NoneType"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_unusable_source_is_an_input_error(tmp_path: Path, name: str) -> None:
    make, problem = BAD[name]
    with pytest.raises(InputError, match=problem):
        open_recording(make(tmp_path / "thing"))


def test_an_unreadable_file_is_an_input_error(tmp_path: Path) -> None:
    """Root reads everything, so the kernel's refusal is played by a directory without entries."""
    path = Path("/proc/self/mem") if os.getuid() == 0 else tmp_path / "a.wav"
    if os.getuid() != 0:
        path.write_bytes(DATA)
        path.chmod(0)
    with pytest.raises(InputError):
        open_recording(path)


def test_a_content_type_cannot_break_out_of_its_header() -> None:
    with pytest.raises(InputError, match="content type"):
        open_recording(DATA, content_type="audio/wav\r\nX-Evil: 1")


@pytest.mark.parametrize(
    ("file_path", "s3_uri", "problem"),
    [
        (None, None, "no recording was given"),
        ("a.wav", "s3://b/c", "two recordings"),
        (None, "bucket/key", "no URL"),
    ],
)
def test_exactly_one_source_is_needed(file_path: Any, s3_uri: Any, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        as_source(file_path, s3_uri)


@pytest.mark.parametrize(
    "error", [OSError(5, "Input/output error"), ValueError("closed"), EOFError()]
)
def test_a_stream_that_cannot_be_read_is_an_input_error(error: Exception) -> None:
    class Broken(Pipe):
        def read(self, size: int = -1) -> bytes:
            raise error

    with pytest.raises(InputError, match="to its end: (Input/output error|ValueError|EOFError)"):
        open_recording(Broken(DATA))


def test_no_temporary_file_is_left_of_a_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with open_recording(Pipe(bytes(2 * CHUNK_BYTES))) as opened:
        assert list(tmp_path.iterdir()) == []  # it has no name even while it is used
        assert opened.size == 2 * CHUNK_BYTES
    assert list(tmp_path.iterdir()) == []


def test_a_stream_that_breaks_leaves_nothing_behind() -> None:
    class Broken(Pipe):
        def read(self, size: int = -1) -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_recording(Broken(DATA))
