"""Recordings behind URLs that fsspec reads."""

import sys

import fsspec
import pytest

from redenlab.core.errors import InputError, MissingExtra
from redenlab.core.files.sources import open_recording
from redenlab.core.files.uploads import as_source

DATA = bytes(range(256)) * 20


@pytest.mark.parametrize("argument", ["s3_uri", "file_path"])
def test_an_object_behind_an_address_is_streamed(argument: str) -> None:
    fsspec.filesystem("memory").pipe("/bucket/talk.mp3", DATA)
    given = {"file_path": None, "s3_uri": None, argument: "memory://bucket/talk.mp3"}
    with as_source(**given)() as opened:
        assert (opened.disclose().name, opened.content_type) == ("talk.mp3", "audio/mpeg")
        assert opened.size == len(DATA)
        assert b"".join(opened.chunks()) == DATA


def test_a_missing_object_is_an_input_error() -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_recording("memory://bucket/nothing.wav")


def test_an_address_of_no_known_kind_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no filesystem is known"):
        open_recording("nonsense://bucket/x.wav")


@pytest.mark.parametrize("url", ["gs://bucket/x.wav?x=5ecre7", "zip://x.wav::gs://b/x.zip"])
def test_without_the_filesystem_the_error_says_what_to_install(url: str) -> None:
    with pytest.raises(MissingExtra, match=r"gs://.*gcsfs") as caught:
        open_recording(url)
    assert "5ecre7" not in str(caught.value)


def test_without_fsspec_the_error_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingExtra, match=r"redenlab\[sources\]"):
        open_recording("s3://bucket/x.wav")
