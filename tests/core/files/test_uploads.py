"""From a source to an upload."""

from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from drivers import Driver, call_context
from engine import predict
from fake_api import FakeApi, Lost, say
from redenlab.core import errors
from redenlab.core.files.sources import open_recording
from redenlab.core.jobs import submission
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.route import Route
from redenlab_api.ml.jobs import PREDICT


def test_asking_for_a_link_is_repeated_freely(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.faults["create_upload_url"] = [Lost(acted=True), say(503), say(500)]
    assert predict(driver, fake_api).status == "completed"
    assert fake_api.calls["create_upload_url"] == 4


def test_a_missing_file_costs_no_request(driver: Driver, fake_api: FakeApi, tmp_path: Path) -> None:
    with pytest.raises(errors.InputError):
        predict(driver, fake_api, tmp_path / "missing.wav")
    assert fake_api.seen == []


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_upload_closes_the_file(wav: Path, backend: str) -> None:
    closed: list[bool] = []
    call: anyio.CancelScope

    def opened(*_: Any) -> Any:
        source = open_recording(wav)
        release = source.close

        def close() -> None:
            closed.append(True)
            release()

        source.close = close  # type: ignore[method-assign]
        return source

    async def never(_: httpx.Request) -> httpx.Response:
        call.cancel()
        await anyio.sleep_forever()
        raise AssertionError

    async def main() -> None:
        nonlocal call
        io = AsyncIo(Route(), httpx.MockTransport(never))
        with anyio.CancelScope() as call:
            order = JobRequest("intelligibility", {}, opened)
            await submission.submit(call_context(io), PREDICT, order)

    anyio.run(main, backend=backend)
    assert closed == [True]
