"""What a recording is called outside this process: by no name of a patient."""

import io
import logging
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drivers import client, in_virtual_time
from fake_api import FakeApi, Lost, say
from redenlab import InferenceClient, RedenLabError, Retry
from redenlab.core import errors
from redenlab.core.files.names import FileName, place, pseudonym, sendable_name
from redenlab.core.files.sources import open_recording
from redenlab.sandbox import Sandbox, running
from secret_leak_check import NAMES, PATIENT

PSEUDONYM = re.compile(r"recording-[0-9a-f]{8}(\.wav)?")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    folder = tmp_path / PATIENT
    folder.mkdir()
    path = folder / f"{PATIENT} 1970-01-01.wav"
    path.write_bytes(b"RIFF" + bytes(4096))
    return path


class Named(io.BytesIO):
    """A file object with a name."""

    name = f"/home/{PATIENT}/{PATIENT}.wav"


class Pipe(io.RawIOBase):
    """A stream with a name that cannot seek."""

    name = f"{PATIENT}.wav"

    def __init__(self) -> None:
        self._left = b"RIFF"

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found, self._left = self._left, b""
        return found


SOURCES: dict[str, Callable[[Path], Any]] = {
    "a path": lambda path: path,
    "a text": str,
    "an open file": lambda _: Named(b"RIFF"),
    "a pipe": lambda _: Pipe(),
    "bytes": lambda path: path.read_bytes(),
}


def shown(requests: list[Any]) -> str:
    """Everything that was sent, but for the bytes of recordings."""
    return "".join(
        f"{each.method} {each.url} {dict(each.headers)} {each.content!r}" for each in requests
    )


@pytest.mark.parametrize("source", SOURCES)
def test_a_recording_is_sent_by_a_pseudonym(source: str, recording: Path) -> None:
    fake_api, events = FakeApi(polls=1), list[Any]()
    given = SOURCES[source](recording)
    client(fake_api).predict(given, on_event=events.append)
    assert not NAMES.search(f"{shown(fake_api.seen)}{events}")
    assert re.search(
        rb'"filename":\s?"(recording-[0-9a-f]{8}|audio)\.wav"', fake_api.seen[0].content
    )


def test_two_recordings_have_two_pseudonyms() -> None:
    assert pseudonym("a.wav") != pseudonym("a.wav")


EXTENSIONS = {
    "call.wav": ".wav",
    "call.WAV": ".wav",
    "call.flac": ".flac",
    "call.mp4": ".mp4",
    "call.png": ".png",
    "call.pdf": ".pdf",
    "call": "",
    f"call.{PATIENT}": "",
    "Erika.Mustermann": "",
    "Smith.Man": "",
    "Jones.me": "",
    "a.wav.Erika-Mustermann": "",
    ".wav": "",
    "a.\u202egnp": "",
    "a." + "x" * 300: "",
}


@pytest.mark.parametrize("name", EXTENSIONS)
def test_a_pseudonym_keeps_the_extension_of_a_format_alone(name: str) -> None:
    found = pseudonym(name)
    assert re.fullmatch(rf"recording-[0-9a-f]{{8}}{re.escape(EXTENSIONS[name])}", found)


@pytest.mark.parametrize("name", ["call.mp3", "call.opus", "call.bin", "call"])
def test_the_type_is_that_of_the_true_extension(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    with open_recording(path) as hidden, open_recording(path, filename=name) as named:
        assert hidden.content_type == named.content_type


def test_a_name_that_was_chosen_is_sent(recording: Path) -> None:
    fake_api = FakeApi(polls=0)
    client(fake_api, send_filenames=True).predict(recording, filename="visit 7.wav")
    assert b"visit 7.wav" in fake_api.seen[0].content
    assert not NAMES.search(shown(fake_api.seen))


def test_a_client_that_sends_names_sends_them(recording: Path) -> None:
    fake_api = FakeApi(polls=0)
    client(fake_api, send_filenames=True).predict(recording)
    assert recording.name.encode() in fake_api.seen[0].content


def test_send_filenames_is_true_or_false() -> None:
    given: Any = "perhaps"
    with pytest.raises(errors.ConfigurationError, match="send_filenames"):
        client(FakeApi(), send_filenames=given)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a/b.wav",
        "..\\b.wav",
        'a"b\r\nX: 1.wav',
        "a\x00b",
        pytest.param("x" * 300, id="long"),
    ],
)
def test_a_name_that_was_chosen_cannot_leave_its_header_or_folder(name: str) -> None:
    sent = FileName.of(None, name).sent
    assert sent.isascii()
    assert sent.isprintable()
    assert len(sent) <= 120
    assert not set(sent) & set('/\\"')
    assert sent == sendable_name(sent)


# ---- errors

FAILS: dict[str, Callable[[FakeApi, Path], Any]] = {
    "a missing file": lambda api, path: client(api).predict(path.with_name(f"{PATIENT}.mp3")),
    "a folder": lambda api, path: client(api).predict(path.parent),
    "an empty file": lambda api, path: (path.write_bytes(b""), client(api).predict(path)),
    "a name with a NUL": lambda api, path: client(api).predict(f"{path}\0"),
    "a refused upload": lambda api, path: _with(api, "put", say(403)).predict(path),
    "a lost upload": lambda api, path: _with(api, "put", Lost(acted=False)).predict(path),
    "a refused link": lambda api, path: _with(api, "create_upload_url", say(500)).predict(path),
    "a refused submit": lambda api, path: _with(api, "predict", say(422)).predict(path),
    "an unknown submit": lambda api, path: _unknown(api).predict(path),
    "a job that does not end": lambda api, path: _endless(api).predict(path, timeout=60),
    "a file that cannot be decoded": lambda api, path: client(api).predict_segmented(path),
    "an address": lambda api, _: client(api).predict(f"https://127.1/{PATIENT}/{PATIENT}.wav"),
    "an object": lambda api, _: client(api).predict(f"nix://b/{PATIENT}.wav"),
    "a member of an archive": lambda api, _: client(api).predict(
        f"zip://{PATIENT}.wav::nix://b/{PATIENT}.zip"
    ),
}


def _with(api: FakeApi, operation: str, fault: Any) -> InferenceClient[Any]:
    api.faults[operation] = [fault] * 9
    return client(api, retry=Retry.off())


def _unknown(api: FakeApi) -> InferenceClient[Any]:
    api.faults["predict"] = [Lost(acted=True)] * 9
    return _with(api, "get_result", say(500))


def _endless(api: FakeApi) -> Any:
    api.polls = 10**6
    return in_virtual_time(InferenceClient, api)


@pytest.mark.parametrize("what", FAILS)
def test_no_failure_shows_the_name(
    what: str, recording: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(RedenLabError) as caught:
        FAILS[what](FakeApi(), recording)
    error = caught.value
    records = "".join(f"{record.getMessage()}{record.__dict__}" for record in caplog.records)
    texts = (str(error), repr(error), str(error.body), error.template, records)
    assert not NAMES.search("".join(texts))
    assert not NAMES.search(pickle.dumps(error).decode("latin-1"))


@pytest.mark.parametrize("what", ["a missing file", "an empty file", "a folder"])
def test_the_caller_can_ask_an_error_for_the_name(what: str, recording: Path) -> None:
    with pytest.raises(errors.InputError) as caught:
        FAILS[what](FakeApi(), recording)
    assert NAMES.search(str(caught.value.filename))


def test_a_file_that_changes_is_named_by_its_pseudonym(recording: Path) -> None:
    with open_recording(recording) as opened:
        chunks = opened.chunks()
        recording.write_bytes(b"R")
        with pytest.raises(errors.FileChanged, match=opened.name) as caught:
            list(chunks)
    assert PSEUDONYM.fullmatch(opened.name)
    assert not NAMES.search(str(caught.value))
    assert caught.value.filename == recording.name == opened.own_name


PLACES = {
    "https://h.example/Erika-Mustermann/a.wav?sig=1": "https://h.example…",
    "https://Erika-Mustermann:pw@h.example/a.wav": "https://h.example…",
    "s3://Erika-Mustermann/a.wav": "s3://…",
    "file:///patients/Erika-Mustermann/a.wav": "file://…",
    "zip://Erika-Mustermann.wav::s3://b/c.zip": "zip://…::s3://…",
    "https://h.example\\Erika-Mustermann": "https://h.example…",
    "https://h.example?Erika-Mustermann": "https://h.example…",
    "https://h.example#Erika-Mustermann": "https://h.example…",
}


@pytest.mark.parametrize("url", PLACES)
def test_an_address_is_shown_without_what_may_name_a_patient(url: str) -> None:
    assert place(url) == PLACES[url]


def test_a_handle_that_travels_leaves_the_path_behind(recording: Path) -> None:
    job = client(FakeApi()).submit(recording)
    assert not NAMES.search(pickle.dumps(job).decode("latin-1"))
    assert not NAMES.search(repr(job))


def test_an_asset_that_travels_has_the_pseudonym(recording: Path) -> None:
    asset = client(FakeApi()).upload(recording)
    assert PSEUDONYM.fullmatch(asset.name)
    assert not NAMES.search(f"{asset!r}{pickle.dumps(asset)!r}")


# ---- the sandbox


@pytest.fixture(scope="module")
def sandbox() -> Any:
    with running(processing=0) as started:
        yield started


def test_the_sandbox_sees_pseudonyms_of_a_users_own_client(
    sandbox: Sandbox, recording: Path
) -> None:
    own = InferenceClient(sandbox.api_key, sandbox.url)
    own.upload(recording)
    assert sandbox.requests.seen
    assert not NAMES.search("".join(map(repr, sandbox.requests.seen)))
    assert not [path for path in sandbox.folder.rglob("*") if NAMES.search(path.name)]
    own.close()
