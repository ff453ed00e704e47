"""A real S3 server: rclone serves a folder, and verifies every signature (version 4)."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from botocore.config import Config
from botocore.session import Session

from faulty_server import PATIENCE

ACCESS_KEY = "AKREDENLABTESTS"
SECRET_KEY = "s3cr3t-0f-the-t3st-s3rv3r"
BUCKET = "recordings"


@dataclass(frozen=True)
class S3:
    """The running server.

    Attributes:
        url: Its endpoint.
        folder: What it serves: a bucket is a folder, an object a file.
    """

    url: str
    folder: Path

    def link(
        self,
        key: str = "a.wav",
        *,
        url: str | None = None,
        expires_in: int = 900,
        content_type: str = "audio/wav",
        access_key: str = ACCESS_KEY,
        secret_key: str = SECRET_KEY,
    ) -> str:
        """A presigned PUT, as the service would hand it out; `url` is another way to the server."""
        signer = _signer(url or self.url, access_key, secret_key)
        wanted = {"Bucket": BUCKET, "Key": key, "ContentType": content_type}
        return signer.generate_presigned_url("put_object", Params=wanted, ExpiresIn=expires_in)

    def stored(self, key: str = "a.wav") -> bytes | None:
        """The bytes of an object, as they lie on the server's disk."""
        path = self.folder / BUCKET / key
        return path.read_bytes() if path.exists() else None

    def etag(self, key: str = "a.wav") -> str:
        """The ETag of an object, as the server tells it."""
        signer = _signer(self.url, ACCESS_KEY, SECRET_KEY)
        url = signer.generate_presigned_url("head_object", Params={"Bucket": BUCKET, "Key": key})
        return httpx.head(url, trust_env=False).headers["ETag"].strip('"')

    def clear(self) -> None:
        """Forget every object."""
        shutil.rmtree(self.folder / BUCKET)
        (self.folder / BUCKET).mkdir()


@cache
def _signer(url: str, access_key: str, secret_key: str) -> Any:
    """botocore's client, which needs no network to sign."""
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
    )
    return Session().create_client(
        "s3",
        region_name="us-east-1",
        endpoint_url=url,
        config=config,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
    )


@contextlib.contextmanager
def serving(folder: Path, etag: str = "MD5") -> Iterator[S3]:
    """Serve `folder` on a free port of this machine; the server is ended by its own id.

    `etag` is how ETags are made; an MD5 of the whole object is made anew for each request.
    """
    (folder / BUCKET).mkdir(parents=True)
    rclone = Path(sys.executable).with_name("rclone")
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
    environment = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "RCLONE_CONFIG": os.devnull,
        "RCLONE_AUTH_KEY": f'"{ACCESS_KEY},{SECRET_KEY}"',  # not in argv, which everybody sees
    }
    command = [rclone, "serve", "s3", "--addr", f"127.0.0.1:{port}", "--etag-hash", etag]
    log = (folder / "rclone.log").open("wb")
    process = subprocess.Popen(
        [*command, "--dir-cache-time", "1ms", folder], env=environment, stdout=log, stderr=log
    )
    try:
        _wait(process, port, folder / "rclone.log")
        yield S3(f"http://127.0.0.1:{port}", folder)
    finally:
        process.terminate()
        process.wait(PATIENCE)
        log.close()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until it answers; 0.1 s, as a rule."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            httpx.get(f"http://127.0.0.1:{port}/", trust_env=False)
            return
        except httpx.TransportError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.02)
