"""Checksums of uploads: where the link is signed for one, and where the spec asks for one."""

import base64
import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest

from redenlab.core.files.checksums import asked_by, digests
from scripted_api import EXAMPLES, ScriptedApi, connect

SOUND = b"RIFF" + b"\0" * 100_000


def encoded(name: str) -> str:
    return base64.b64encode(hashlib.new(name, SOUND).digest()).decode()


def service(query: str) -> ScriptedApi:
    link = f"https://storage.example.com/a?{query}"
    server = ScriptedApi().on("POST /upload-url", {"asset_id": "a", "upload_url": link})
    server.on("PUT /a", httpx.Response(200))
    server.on("POST /whisperx/predict", {"job_id": "j", "status": "submitted"})
    return server.on(
        "GET /result/j", {"job_id": "j", "status": "completed", "result": {"segments": []}}
    )


@pytest.mark.parametrize(
    ("query", "header", "name"),
    [
        ("X-Amz-SignedHeaders=host%3Bx-amz-checksum-sha256", "x-amz-checksum-sha256", "sha256"),
        ("x-amz-signedheaders=Content-MD5;host", "Content-MD5", "md5"),
        ("X-Amz-SignedHeaders=host;x-amz-checksum-sha1", "x-amz-checksum-sha1", "sha1"),
    ],
)
def test_a_link_that_is_signed_for_a_checksum_gets_it(query: str, header: str, name: str) -> None:
    server = service(query)
    connect("redenlab_today", server).run(SOUND, model_name="whisperx")
    assert server.requests[1].headers[header] == encoded(name)
    assert server.requests[1].content == SOUND


@pytest.mark.parametrize("query", ["X-Amz-SignedHeaders=host", "", "sig=1"])
def test_a_link_that_asks_for_none_gets_none(query: str) -> None:
    assert asked_by(f"https://storage.example.com/a?{query}") == {}
    server = service(query)
    connect("redenlab_today", server).run(SOUND, model_name="whisperx")
    assert not {"content-md5", "x-amz-checksum-sha256"} & server.requests[1].headers.keys()


def test_a_spec_that_asks_for_a_digest_gets_it(tmp_path: Path) -> None:
    text = (EXAMPLES / "redenlab_today.yaml").read_text(encoding="utf-8")
    known = "headers: {Content-Type: $file.content_type}"
    assert known in text
    more = known.replace("}", ", X-Digest: $file.sha256, X-Other: $file.md5}")
    (tmp_path / "redenlab_today.yaml").write_text(text.replace(known, more))
    server = service("sig=1")
    connect(str(tmp_path / "redenlab_today"), server).run(SOUND, model_name="whisperx")
    sent = server.requests[1].headers
    assert (sent["x-digest"], sent["x-other"]) == (encoded("sha256"), encoded("md5"))


def test_digests_are_made_in_one_reading() -> None:
    read: list[Any] = []

    def chunks() -> Any:
        read.append(None)
        yield from (SOUND[:7], SOUND[7:])

    assert digests(chunks, ["md5", "sha256"]) == {
        "md5": encoded("md5"),
        "sha256": encoded("sha256"),
    }
    assert len(read) == 1
