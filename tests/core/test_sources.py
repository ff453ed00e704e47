"""Recordings: what can be read, what is refused before anything is sent, what is noticed late."""

import io
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core import sources
from redenlab.core.errors import FileChanged, InputError, MissingExtra
from redenlab.core.sources import CHUNK, opener, recording

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
@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_every_kind_gives_its_bytes_and_their_number(tmp_path: Path, kind: str, size: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(os.urandom(size))
    source = KINDS[kind](path)
    with recording(source) as opened:
        assert opened.size == size
        pieces = list(opened.chunks())
    assert b"".join(pieces) == path.read_bytes()
    assert max(map(len, pieces)) <= CHUNK
    if hasattr(source, "close"):
        source.close()


def test_a_file_is_sent_from_where_it_stands_and_left_there() -> None:
    file = io.BytesIO(DATA)
    file.seek(100)
    with recording(file) as opened:
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
    with recording(path) as opened:
        assert (opened.name, opened.content_type) == (name, content_type)


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_a_header_can_carry(name: str) -> None:
    sent = recording(DATA, filename=name).name
    assert 1 <= len(sent) <= 120
    assert sent.isascii()
    assert sent.isprintable()
    assert not set(sent) & set('/\\"?#%')


def test_a_name_that_is_no_text_becomes_one(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.wav")
    Path(path).write_bytes(DATA)
    with recording(path) as opened:
        assert opened.name == "__.wav"


def test_the_caller_has_the_last_word_on_name_and_type() -> None:
    opened = recording(DATA, filename="../b.mp3", content_type="audio/x-mine")
    assert (opened.name, opened.content_type) == ("b.mp3", "audio/x-mine")


def test_bytes_without_a_name_are_audio_wav() -> None:
    assert recording(DATA).name == "audio.wav"
    assert recording(io.BytesIO(DATA)).name == "audio.wav"


def test_an_open_file_brings_its_name(tmp_path: Path) -> None:
    path = tmp_path / "b.mp3"
    path.write_bytes(DATA)
    with path.open("rb") as file, recording(file) as opened:
        assert (opened.name, opened.content_type) == ("b.mp3", "audio/mpeg")


# ---- refused before anything is sent


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
        file.truncate(sources.MOST_BYTES + 1)
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
        recording(make(tmp_path / "thing"))


def test_an_unreadable_file_is_an_input_error(tmp_path: Path) -> None:
    """Root reads everything, so the kernel's refusal is played by a directory without entries."""
    path = Path("/proc/self/mem") if os.getuid() == 0 else tmp_path / "a.wav"
    if os.getuid() != 0:
        path.write_bytes(DATA)
        path.chmod(0)
    with pytest.raises(InputError):
        recording(path)


def test_a_content_type_cannot_break_out_of_its_header() -> None:
    with pytest.raises(InputError, match="content type"):
        recording(DATA, content_type="audio/wav\r\nX-Evil: 1")


@pytest.mark.parametrize(
    ("file_path", "s3_uri", "problem"),
    [
        (None, None, "either file_path or s3_uri"),
        ("a.wav", "s3://b/c", "not both"),
        (None, "bucket/key", "no address"),
    ],
)
def test_exactly_one_source_is_needed(file_path: Any, s3_uri: Any, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        opener(file_path, s3_uri)


# ---- noticed while reading


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more")


def shrink(path: Path) -> None:
    os.truncate(path, 100)


def rewrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"XXXX")
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("change", [grow, shrink, rewrite])
@pytest.mark.parametrize("opened_as", ["path", "file"])
def test_a_change_is_noticed_before_the_last_byte(
    tmp_path: Path, change: Callable[[Path], None], opened_as: str
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(bytes(2 * CHUNK))
    source = path if opened_as == "path" else path.open("rb")
    with recording(source) as opened:
        chunks = opened.chunks()
        sent = len(next(chunks))
        change(path)
        with pytest.raises(FileChanged):
            for chunk in chunks:
                sent += len(chunk)
    assert sent < 2 * CHUNK
    if source is not path:
        source.close()


def test_a_deleted_file_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(DATA)
    with recording(path) as opened:
        path.unlink()
        assert b"".join(opened.chunks()) == DATA


def test_a_file_that_another_takes_the_place_of_goes_on(tmp_path: Path) -> None:
    path, other = tmp_path / "a.wav", tmp_path / "b.wav"
    path.write_bytes(DATA)
    other.write_bytes(b"another recording")
    with recording(path) as opened:
        other.replace(path)
        assert b"".join(opened.chunks()) == DATA


def test_a_read_error_is_a_changed_file() -> None:
    class Broken(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with recording(Broken(DATA)) as opened, pytest.raises(FileChanged, match="Input/output"):
        list(opened.chunks())


@pytest.mark.parametrize(
    "error", [OSError(5, "Input/output error"), ValueError("closed"), EOFError()]
)
def test_a_stream_that_cannot_be_read_is_an_input_error(error: Exception) -> None:
    class Broken(Pipe):
        def read(self, size: int = -1) -> bytes:
            raise error

    with pytest.raises(InputError, match="to its end: (Input/output error|ValueError|EOFError)"):
        recording(Broken(DATA))


def test_no_temporary_file_is_left_of_a_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with recording(Pipe(bytes(2 * CHUNK))) as opened:
        assert list(tmp_path.iterdir()) == []  # it has no name even while it is used
        assert opened.size == 2 * CHUNK
    assert list(tmp_path.iterdir()) == []


def test_a_stream_that_breaks_leaves_nothing_behind() -> None:
    class Broken(Pipe):
        def read(self, size: int = -1) -> bytes:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recording(Broken(DATA))


# ---- addresses


@pytest.mark.parametrize("argument", ["s3_uri", "file_path"])
def test_an_object_behind_an_address_is_streamed(argument: str) -> None:
    fsspec.filesystem("memory").pipe("/bucket/talk.mp3", DATA)
    given = {"file_path": None, "s3_uri": None, argument: "memory://bucket/talk.mp3"}
    with opener(**given)() as opened:
        assert (opened.name, opened.content_type) == ("talk.mp3", "audio/mpeg")
        assert opened.size == len(DATA)
        assert b"".join(opened.chunks()) == DATA


def test_a_missing_object_is_an_input_error() -> None:
    with pytest.raises(InputError, match="nothing there"):
        recording("memory://bucket/nothing.wav")


def test_an_address_of_no_known_kind_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no filesystem is known"):
        recording("nonsense://bucket/x.wav")


@pytest.mark.parametrize("url", ["gs://bucket/x.wav?x=5ecre7", "zip://x.wav::gs://b/x.zip"])
def test_without_the_filesystem_the_error_says_what_to_install(url: str) -> None:
    with pytest.raises(MissingExtra, match=r"gs://.*gcsfs") as caught:
        recording(url)
    assert "5ecre7" not in str(caught.value)


def test_without_fsspec_the_error_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtra, match=r"redenlab\[sources\]"):
        recording("s3://bucket/x.wav")
