"""What only the sync driver has to get right."""

import os

import anyio
import pytest

import faulty_server
from drivers import poll_blocking
from fake_api import KEY
from faulty_server import DONE, FaultyServer, response
from redenlab import InferenceClient, Retry

pytestmark = pytest.mark.usefixtures("transport")


def stray() -> bytes:
    """A response, followed by surplus bytes of another response."""
    return response(DONE) + response(DONE.replace(b"0.85", b"0.01"))


def test_a_stray_response_is_never_used() -> None:
    with FaultyServer(faulty_server.says(stray()), faulty_server.says(response(DONE))) as server:
        with InferenceClient(KEY, server.url, retry=Retry.off()) as client:
            for _ in range(3):
                assert client.get_result("j").result.intelligibility_score == 0.85
        assert server.connections == 2  # the first one was thrown away, the second one kept


def test_the_blocking_client_works_inside_a_running_loop() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:

        async def main() -> str:
            return poll_blocking(server.url).status

        assert anyio.run(main) == "completed"


def test_a_forked_child_opens_its_own_connections() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        client = InferenceClient(KEY, server.url)
        client.get_status("j")
        before = server.connections
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if client.get_status("j").job_id == "j" else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert server.connections == before + 1
        client.close()
