"""What only the async driver has to get right."""

import gc

import anyio
import anyio.to_thread
import pytest

import faulty_server
from fake_api import KEY
from faulty_server import DONE, PATIENCE, FaultyServer, response
from redenlab import AsyncInferenceClient, Retry

pytestmark = pytest.mark.usefixtures("transport")


def stray() -> bytes:
    """A response, followed by surplus bytes of another response."""
    return response(DONE) + response(DONE.replace(b"0.85", b"0.01"))


def test_a_stray_response_is_never_used_when_awaited() -> None:
    async def main() -> None:
        async with AsyncInferenceClient(KEY, server.url, retry=Retry.off()) as client:
            for _ in range(3):
                assert (await client.get_result("j")).result.intelligibility_score == 0.85

    with FaultyServer(faulty_server.says(stray()), faulty_server.says(response(DONE))) as server:
        anyio.run(main)
        assert server.connections == 2


def test_a_client_survives_a_second_event_loop() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        client = AsyncInferenceClient(KEY, server.url)

        async def once() -> str:
            status = (await client.get_status("j")).status
            await client.close()
            return status

        assert [anyio.run(once), anyio.run(once)] == ["completed", "completed"]


def test_the_async_client_runs_on_trio() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:

        async def main() -> str:
            async with AsyncInferenceClient(KEY, server.url) as client:
                return (await client.get_status("j")).status

        assert anyio.run(main, backend="trio") == "completed"


def test_cancelling_an_async_call_leaves_no_connection_behind() -> None:
    with FaultyServer(faulty_server.silent) as server:

        async def main() -> None:
            async with (
                AsyncInferenceClient(KEY, server.url) as client,
                anyio.create_task_group() as calls,
            ):
                calls.start_soon(client.get_status, "j")
                await anyio.to_thread.run_sync(server.reached.wait, PATIENCE)
                calls.cancel_scope.cancel()

        anyio.run(main)
    gc.collect()  # an unclosed socket would be a ResourceWarning, and so an error
