"""Requests for the transport of httpx, and its connections."""

import pytest

import faulty_server
from fake_api import KEY
from faulty_server import DONE, FaultyServer, response
from redenlab import InferenceClient
from redenlab.core.errors import InputError
from redenlab.core.transport import pools
from redenlab.core.transport.io import OutgoingRequest


def test_closing_ends_the_connections_and_the_next_call_opens_new_ones() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        client = InferenceClient(KEY, server.url)
        client.get_status("j")
        client.close()
        client.get_status("j")
        client.close()
        assert server.connections == 2


@pytest.mark.parametrize(
    ("headers", "seconds", "stall"),
    [({}, 100, 30), ({"Prefer": "wait=60"}, 100, 90), ({"Prefer": "wait=60"}, 10, 10)],
)
def test_a_server_that_was_asked_to_wait_may_be_silent_for_as_long(
    headers: dict[str, str], seconds: float, stall: float
) -> None:
    message = OutgoingRequest("POST", "https://api.example.com/v1", headers)
    made = pools.to_httpx(message, seconds)
    assert made.extensions["timeout"]["read"] == stall


def test_an_address_that_cannot_be_used_is_an_error_of_ours() -> None:
    request = OutgoingRequest("GET", f"https://api.example.com/{'j' * 100_000}", {})
    with pytest.raises(InputError, match="URL too long"):
        pools.to_httpx(request, 1)
