"""Links that are read piece by piece, under each driver."""

from contextlib import aclosing
from pathlib import Path

import httpx
import pytest

from drivers import DRIVERS, Driver, call_context
from fake_api import BASE, KEY, FakeApi
from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.retry import Retry
from redenlab.core.events import Event, Retrying
from redenlab.core.files import downloads
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse

LINK = "https://storage.example.com/a?sig=5ecre7"


class Host(FakeApi):
    """Answers from a list, in order; the last answer repeats."""

    def __init__(self, *responses: RawResponse | errors.NetworkError) -> None:
        super().__init__()
        self.responses = list(responses)

    def __call__(self, message: OutgoingRequest) -> RawResponse | errors.NetworkError:
        self.seen.append(message)
        return self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]


def content(body: bytes, status: int = 200, **headers: str) -> RawResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return RawResponse(status, httpx.Headers(named), body)


BUSY = content(b"busy", 503)


def test_everything_behind_a_link_is_read_without_the_key(driver: Driver) -> None:
    host = Host(content(b"hello"))
    assert driver.run(downloads.read(call_context(driver.io(host)), Secret(LINK))) == b"hello"
    (asked,) = host.seen
    assert asked.url == LINK
    assert KEY not in str(dict(asked.headers))


def test_a_link_below_the_base_url_is_signed(driver: Driver) -> None:
    host = Host(content(b"hello"))
    assert (
        driver.run(downloads.read(call_context(driver.io(host)), Secret(f"{BASE}/files/a")))
        == b"hello"
    )
    assert host.seen[0].headers["X-Api-Key"] == KEY


def test_a_broken_download_begins_again(driver: Driver) -> None:
    host = Host(BUSY, errors.NetworkError("lost", retryable=True), content(b"hello"))
    heard: list[Event] = []
    calling = call_context(driver.io(host), retry=driver.retry, emit=heard.append)
    assert driver.run(downloads.read(calling, Secret(LINK))) == b"hello"
    assert [event.operation for event in heard if isinstance(event, Retrying)] == ["download"] * 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_link_that_no_longer_works_says_so(driver: Driver, status: int) -> None:
    host = Host(content(b"<Code>AccessDenied</Code>", status))
    with pytest.raises(errors.LinkExpired) as caught:
        driver.run(downloads.read(call_context(driver.io(host)), Secret(LINK)))
    assert len(host.seen) == 1
    assert "5ecre7" not in str(caught.value)


@pytest.mark.parametrize("driver", [driver for driver in DRIVERS if not driver.virtual])
def test_an_unasked_compression_is_refused(driver: Driver) -> None:
    host = Host(content(b"\x1f\x8b", content_encoding="gzip"))
    with pytest.raises(errors.NetworkError, match="compressed"):
        driver.run(downloads.read(call_context(driver.io(host), retry=Retry.off()), Secret(LINK)))


@pytest.mark.parametrize(
    "url", ["http://storage.example.com/a", "https://127.0.0.1/a", "https://a@b.example/x"]
)
def test_a_link_that_cannot_be_trusted_is_not_asked(driver: Driver, url: str) -> None:
    host = Host(content(b"hello"))
    with pytest.raises(errors.UnexpectedResponse, match="sent a link that"):
        driver.run(downloads.read(call_context(driver.io(host)), Secret(url)))
    assert host.seen == []


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("data:text/plain;base64,aGVsbG8=", b"hello"),
        ("data:,hello%20world", b"hello world"),
        ("data:image/png;base64,", b""),
    ],
)
def test_a_data_uri_is_no_link(driver: Driver, uri: str, found: bytes) -> None:
    host = Host(content(b"never"))
    assert driver.run(downloads.read(call_context(driver.io(host)), Secret(uri))) == found
    assert host.seen == []


def test_a_damaged_data_uri_is_an_unexpected_response(driver: Driver) -> None:
    with pytest.raises(errors.UnexpectedResponse, match="damaged"):
        driver.run(
            downloads.read(call_context(driver.io(Host(BUSY))), Secret("data:a/b;base64,%%%"))
        )


def test_a_download_that_begins_again_is_saved_once(driver: Driver, tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    host = Host(BUSY, content(b"hello"))
    calling = call_context(driver.io(host), retry=driver.retry)
    assert driver.run(downloads.save(calling, Secret(LINK), target)) == target
    assert target.read_bytes() == b"hello"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


def test_a_download_that_fails_leaves_nothing(driver: Driver, tmp_path: Path) -> None:
    host = Host(BUSY)
    with pytest.raises(errors.ServerError):
        calling = call_context(driver.io(host), retry=driver.retry)
        driver.run(downloads.save(calling, Secret(LINK), tmp_path / "a.bin"))
    assert list(tmp_path.iterdir()) == []
    assert len(host.seen) == 4


def test_a_place_that_cannot_be_written_to_is_an_os_error(driver: Driver, tmp_path: Path) -> None:
    host = Host(content(b"hello"))
    with pytest.raises(FileNotFoundError):
        driver.run(
            downloads.save(call_context(driver.io(host)), Secret(LINK), tmp_path / "no" / "a.bin")
        )
    assert host.seen == []


async def listened(driver: Driver, host: Host, count: int) -> list[str]:
    calling = call_context(driver.io(host), retry=driver.retry)
    async with aclosing(downloads.events(calling, Secret(LINK))) as events:
        return [(await anext(events)).data for _ in range(count)]


def test_events_go_on_behind_the_last_one(driver: Driver) -> None:
    first = content(b"retry: 1\n\nid: 1\ndata: a\n\nid: 2\ndata: b\n\ndata: cut")
    host = Host(first, content(b"retry: 1\n\ndata: c\n\n"), content(b"data: d\n\n"))
    assert driver.run(listened(driver, host, 4)) == ["a", "b", "c", "d"]
    asked = [
        message.headers.get("Last-Event-ID") or message.headers.get("Last-Event-Id")
        for message in host.seen
    ]
    assert asked == [None, "2", "2"]
