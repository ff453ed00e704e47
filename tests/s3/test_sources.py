"""Recordings behind addresses, from a real S3 server and elsewhere, streamed in little memory.

Where the server is and who asks stands where fsspec and botocore look for it, in the environment;
the SDK has no argument for it.
"""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from fake_api import KEY
from memory import PEAK
from processes import environment
from redenlab import InferenceClient
from redenlab.core.errors import FileChanged, InputError, boundary
from redenlab.core.files.recording import CHUNK_BYTES
from redenlab.core.files.sources import open_recording
from s3.api import Api
from s3.server import ACCESS_KEY, BUCKET, S3, SECRET_KEY, serving

DATA = b"RIFF" + os.urandom(3 * CHUNK_BYTES + 7)
LARGE = 32 * CHUNK_BYTES
MAX_EXTRA = 16 * 1024  # KiB


def settings(s3: S3) -> dict[str, str]:
    """What a user sets for a storage of their own (AWS SDKs and Tools Reference Guide)."""
    return {
        "AWS_ENDPOINT_URL_S3": s3.url,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_MAX_ATTEMPTS": "1",
        "NO_PROXY": "127.0.0.1",
    }


@pytest.fixture
def bucket(s3: S3, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder behind ``s3://recordings``; filesystems are made anew, with our environment."""
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    for name, value in settings(s3).items():
        monkeypatch.setenv(name, value)
    return s3.folder / BUCKET


def archive(path: Path, data: bytes, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        file.writestr("takes/a.mp3", data)
    return path


def at_s3(bucket: Path) -> str:
    (bucket / "a.mp3").write_bytes(DATA)
    return f"s3://{BUCKET}/a.mp3"


def in_memory(_: Path) -> str:
    fsspec.filesystem("memory").pipe("/takes/a.mp3", DATA)
    return "memory://takes/a.mp3"


def on_disk(bucket: Path) -> str:
    (bucket / "a.mp3").write_bytes(DATA)
    return f"file://{bucket}/a.mp3"


def in_zip(bucket: Path) -> str:
    return f"zip://takes/a.mp3::{archive(bucket / 'takes.zip', DATA)}"


def in_zip_at_s3(bucket: Path) -> str:
    archive(bucket / "takes.zip", DATA)
    return f"zip://takes/a.mp3::s3://{BUCKET}/takes.zip"


ADDRESSES = [at_s3, in_memory, on_disk, in_zip, in_zip_at_s3]


@pytest.mark.parametrize("place", ADDRESSES)
def test_any_address_is_a_recording(bucket: Path, place: Callable[[Path], str]) -> None:
    with open_recording(place(bucket)) as opened:
        assert (opened.own_name, opened.content_type, opened.size) == (
            "a.mp3",
            "audio/mpeg",
            len(DATA),
        )
        for _ in range(2):  # a submit that is sent again begins again
            assert b"".join(opened.chunks()) == DATA


@pytest.mark.parametrize("place", [at_s3, in_zip_at_s3])
def test_a_recording_goes_from_storage_to_storage(
    s3: S3, bucket: Path, place: Callable[[Path], str]
) -> None:
    address = place(bucket)
    link = s3.link("uploads/j", content_type="audio/mpeg")
    with Api(lambda: link) as api, InferenceClient(KEY, api.url) as client:
        assert client.predict(s3_uri=address).result.intelligibility_score == 0.85
    assert s3.etag("uploads/j") == hashlib.md5(DATA).hexdigest()


def test_an_object_that_is_replaced_while_it_is_read_is_noticed(bucket: Path) -> None:
    (bucket / "a.wav").write_bytes(bytes(20 * CHUNK_BYTES))
    with open_recording(f"s3://{BUCKET}/a.wav") as opened:
        chunks = opened.chunks()
        next(chunks)
        (bucket / "a.wav").write_bytes(os.urandom(20 * CHUNK_BYTES))
        os.utime(bucket / "a.wav", (1, 1))
        with pytest.raises(FileChanged, match="changed while it was read") as caught:
            list(chunks)
    assert caught.value.filename == "a.wav"


def test_a_file_behind_an_address_is_one_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(DATA)
    with open_recording(f"file://{path}") as opened:
        path.unlink()
        assert b"".join(opened.chunks()) == DATA


# ---- what cannot be read

UNREADABLE = [
    (f"s3://{BUCKET}/nothing.wav", "does not exist"),
    ("s3://nowhere/a.wav", "does not exist"),
    (f"s3://{BUCKET}/empty.wav", "is empty"),
    (f"zip://b.wav::s3://{BUCKET}/takes.zip", "does not exist"),
    (f"zip://a.wav::s3://{BUCKET}/nothing.zip", "does not exist"),
    (f"zip://a.wav::s3://{BUCKET}/no.zip", "BadZipFile"),
    ("memory://takes/nothing.wav", "does not exist"),
    ("file:///nowhere/a.wav", "does not exist"),
]


@pytest.mark.parametrize(("address", "problem"), UNREADABLE)
def test_what_cannot_be_read_is_an_input_error(bucket: Path, address: str, problem: str) -> None:
    (bucket / "empty.wav").touch()
    (bucket / "no.zip").write_bytes(bytes(10_000))
    archive(bucket / "takes.zip", DATA)
    with pytest.raises(InputError, match=problem) as caught:
        open_recording(address)
    assert caught.value.filename == address.partition("::")[0].rpartition("/")[2]
    assert caught.value.filename not in str(caught.value)  # it may be that of a patient


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"AWS_SECRET_ACCESS_KEY": "wr0ng-s3cr3t"}, "access was refused"),
        ({"AWS_ACCESS_KEY_ID": "NOBODY"}, "access was refused"),
        ({"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"}, "EndpointConnectionError"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_EC2_METADATA_DISABLED": "true"}, "NoCredentialsError"),
    ],
    ids=["wrong secret", "unknown key", "no server", "no key"],
)
def test_refused_access_is_an_input_error_without_secrets(
    bucket: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], problem: str
) -> None:
    (bucket / "a.wav").write_bytes(DATA)
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=problem) as caught, boundary():
        open_recording(f"s3://{BUCKET}/a.wav?versionId=5ecre7")
    told = f"{caught.value} {caught.value!r} {vars(caught.value)}"
    for secret in (SECRET_KEY, "wr0ng-s3cr3t", "5ecre7"):
        assert secret not in told
    assert caught.value.__context__ is None


def test_user_info_in_an_address_is_not_shown() -> None:
    with pytest.raises(InputError) as caught:
        open_recording("nonsense://user:pa55w0rd@host/a.wav?x=5ecre7")
    assert "pa55w0rd" not in str(caught.value)
    assert caught.value.filename == "a.wav"


# ---- memory

READ = f"""
import hashlib, json, sys
from redenlab.core.files.sources import open_recording

with open_recording(sys.argv[1]) as opened:
    digest = hashlib.md5()
    for chunk in opened.chunks():
        digest.update(chunk)
print(json.dumps([opened.size, digest.hexdigest(), {PEAK}]))
"""


def read(address: str, settings: dict[str, str]) -> tuple[int, str, int]:
    """Size, MD5, and peak memory in KiB, of a process that reads the recording."""
    command = [sys.executable, "-W", "error", "-c", READ, address]
    done = subprocess.run(
        command,
        check=False,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    size, digest, peak = json.loads(done.stdout)
    return size, digest, peak


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3]:
    """A server that does not read a whole object for each piece of it."""
    with serving(tmp_path_factory.mktemp("quick"), etag="") as running:
        yield running


@pytest.mark.parametrize(
    "address",
    [
        f"s3://{BUCKET}/{{}}.wav",
        f"zip://takes/a.mp3::s3://{BUCKET}/{{}}.zip",
        "zip://takes/a.mp3::{folder}/{}.zip",
        "file://{folder}/{}.wav",
    ],
)
def test_a_large_object_takes_no_more_memory_than_a_small_one(quick: S3, address: str) -> None:
    bucket = quick.folder / BUCKET
    peaks: dict[str, int] = {}
    for name, size in (("small", CHUNK_BYTES), ("large", LARGE)):
        data = bytes(size)
        where = address.format(name, folder=bucket)
        if where.endswith(".zip"):
            archive(bucket / f"{name}.zip", data, zipfile.ZIP_STORED)
        else:
            (bucket / f"{name}.wav").write_bytes(data)
        *told, peaks[name] = read(where, settings(quick))
        assert told == [size, hashlib.md5(data).hexdigest()]
    assert peaks["large"] - peaks["small"] <= MAX_EXTRA, peaks
