"""What a status or a lost connection means: one table for the API, storage and sign-in."""

import pytest

from redenlab.core import errors
from redenlab.core.transport import gate
from redenlab.core.transport.outcomes import (
    EXPIRED,
    FAILURES,
    PEERS,
    Failure,
    Peer,
    ends_wait,
    failed,
    may_have_acted,
    outcome,
)
from redenlab.lowlevel.types import RawResponse

ROWS = [
    (302, errors.RedirectRefused, False, False),
    (400, errors.BadRequest, False, False),
    (401, errors.AuthenticationError, False, False),
    (402, errors.PaymentRequired, False, False),
    (403, errors.PermissionDenied, False, False),
    (404, errors.NotFound, False, False),
    (408, errors.APIError, True, True),
    (409, errors.Conflict, False, False),
    (413, errors.TooLarge, False, False),
    (418, errors.APIError, False, False),
    (422, errors.BadRequest, False, False),
    (425, errors.APIError, True, False),
    (429, errors.RateLimited, True, False),
    (500, errors.ServerError, True, True),
    (501, errors.ServerError, False, True),
    (502, errors.ServerError, True, True),
    (503, errors.ServerError, True, True),
    (504, errors.ServerError, True, True),
    (505, errors.ServerError, False, True),
]


@pytest.mark.parametrize(("status", "kind", "retryable", "acted"), ROWS)
def test_each_status_has_one_meaning(
    status: int, kind: type[errors.APIError], retryable: bool, acted: bool
) -> None:
    error = gate.refused(RawResponse(status, {}, b""))
    assert type(error) is kind
    assert error.retryable is retryable
    assert may_have_acted(error) is acted


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize("status", [row[0] for row in ROWS])
def test_whether_a_status_is_retried_does_not_depend_on_who_sent_it(
    peer: Peer, status: int
) -> None:
    assert outcome(status, peer).retryable is outcome(status).retryable


@pytest.mark.parametrize("peer", PEERS)
def test_every_peer_may_ask_for_a_pause(peer: Peer) -> None:
    response = RawResponse(429, {"retry-after": "30"}, b"")
    assert gate.refused(response, peer).retry_after == 30


@pytest.mark.parametrize("status", sorted(EXPIRED))
def test_a_link_that_storage_refuses_has_expired(status: int) -> None:
    assert type(gate.refused(RawResponse(status, {}, b""), "storage")) is errors.LinkExpired


@pytest.mark.parametrize(
    ("status", "over"), [(401, True), (403, True), (404, True), (429, False), (500, False)]
)
def test_only_a_lasting_refusal_ends_a_wait(status: int, over: bool) -> None:
    assert ends_wait(gate.refused(RawResponse(status, {}, b""))) is over


@pytest.mark.parametrize("failure", FAILURES)
def test_a_lost_request_says_whether_the_server_may_have_seen_it(failure: Failure) -> None:
    error = failed(failure, "api.example.com", "reset")
    assert "api.example.com" in error.message
    assert may_have_acted(error) is FAILURES[failure].sent
    assert error.hint
