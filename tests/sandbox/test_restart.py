"""A sandbox that is killed, and started again on its folder, loses nothing."""

import asyncio
from hashlib import sha256
from pathlib import Path

from redenlab.sandbox import Sandbox, running
from sandbox.caller import Call
from sandbox.child import Child, predicted, sparse

JOBS = 20
SIZE = 64 * 1024 * 1024


def test_jobs_outlive_the_process_and_are_made_once(tmp_path: Path, tone: bytes) -> None:
    folder, big = tmp_path / "state", sparse(tmp_path / "big.wav", SIZE)
    with Child(folder, processing=0.2) as child:
        ids = asyncio.run(predicted(child, tone, JOBS, big, ("ml/predict", JOBS // 2)))
        assert child.peak < 150
    assert len(set(ids)) == JOBS + 1
    with running(folder=folder) as again:
        assert again.jobs_created == JOBS + 1
    kept = {path.name: path.stat().st_size for path in (folder / "files").iterdir()}
    assert kept == {sha256(tone).hexdigest(): len(tone), sha256(bytes(SIZE)).hexdigest(): SIZE}


def secrets(sandbox: Sandbox, link: str) -> list[bytes]:
    """What callers have shown: the key, and the signature of a link."""
    return [sandbox.api_key.encode(), link.rpartition("Signature=")[2].encode()]


def test_nothing_that_is_kept_has_a_credential_of_a_request(
    tmp_path: Path, tone: bytes, call: Call
) -> None:
    with running(folder=tmp_path, processing=0) as sandbox:
        with sandbox.client() as client, sandbox.client("token") as signed_in:
            client.predict(tone)
            signed_in.predict(tone)
        link = call(sandbox).uploaded(tone)["upload_url"]
        shown = secrets(sandbox, link)
        assert all(shown)
    own = {"api-key", "client-secret", "webhook-secret", "link-secret", "seed"}
    kept = [path for path in tmp_path.rglob("*") if path.is_file() and path.name not in own]
    content = b"".join(path.read_bytes() for path in kept)
    assert not [text for text in (*shown, b"Bearer ", b"X-Amz-Signature") if text in content]
