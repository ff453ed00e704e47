"""An opened recording: its name, its bytes, and changes while it is read."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.errors import FileChanged
from redenlab.core.files.recording import CHUNK_BYTES
from redenlab.core.files.sources import open_recording
from redenlab.core.transport.readers import readers

DATA = bytes(range(256)) * 20


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_a_header_can_carry(name: str) -> None:
    sent = open_recording(DATA, filename=name).name
    assert 1 <= len(sent) <= 120
    assert sent.isascii()
    assert sent.isprintable()
    assert not set(sent) & set('/\\"?#%')


def test_a_name_that_is_no_text_becomes_one(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.wav")
    Path(path).write_bytes(DATA)
    with open_recording(path) as opened:
        assert opened.disclose().name == "__.wav"


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
    path.write_bytes(bytes(2 * CHUNK_BYTES))
    source = path if opened_as == "path" else path.open("rb")
    with open_recording(source) as opened:
        chunks = opened.chunks()
        sent = len(next(chunks))
        change(path)
        with pytest.raises(FileChanged):
            for chunk in chunks:
                sent += len(chunk)
    assert sent < 2 * CHUNK_BYTES
    if source is not path:
        source.close()


def test_a_deleted_file_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(DATA)
    with open_recording(path) as opened:
        path.unlink()
        assert b"".join(opened.chunks()) == DATA


def test_a_file_that_another_takes_the_place_of_goes_on(tmp_path: Path) -> None:
    path, other = tmp_path / "a.wav", tmp_path / "b.wav"
    path.write_bytes(DATA)
    other.write_bytes(b"another recording")
    with open_recording(path) as opened:
        other.replace(path)
        assert b"".join(opened.chunks()) == DATA


def test_a_read_error_is_a_changed_file() -> None:
    class Broken(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with open_recording(Broken(DATA)) as opened, pytest.raises(FileChanged, match="Input/output"):
        list(opened.chunks())


def test_a_file_that_is_in_memory_needs_no_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(bytes(3 * CHUNK_BYTES + 1))
    with open_recording(path) as opened:
        chunks = opened.chunks()
        assert readers().start_ahead(chunks) is None
        assert sum(len(chunk) for chunk in chunks if chunks.is_ready()) == opened.size

    def unknown(*_: object) -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "preadv", unknown)
    with open_recording(path) as opened:
        assert not opened.chunks().is_ready()


@pytest.mark.parametrize("size", [1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7])
@pytest.mark.parametrize("at_once", [1000, CHUNK_BYTES], ids=["small pieces", "large pieces"])
def test_a_stream_that_cannot_seek_is_copied_to_its_end(size: int, at_once: int) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.left = size

        def read(self, count: int = -1) -> bytes:
            found = bytes(min(count, at_once, self.left))
            self.left -= len(found)
            return found

    with open_recording(Pipe()) as opened:
        assert opened.size == size
        assert sum(map(len, opened.chunks())) == size
