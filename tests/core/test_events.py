"""Events: what a listener is told, in which words and numbers."""

import copy
import pickle
from typing import Any

import pytest

import redenlab
from drivers import Driver
from engine import predict
from fake_api import FakeApi, say
from redenlab import (
    Attempted,
    Event,
    Finished,
    Polled,
    PollFailed,
    Retrying,
    Submitted,
    Uploaded,
    Uploading,
)
from redenlab.core.events import upload_progress

EVENTS: dict[str, Event] = {
    "uploading": Uploading(3, 9),
    "uploaded": Uploaded("job-1", 9),
    "submitted": Submitted("job-1"),
    "attempted": Attempted("predict", 1, 0.5, 200),
    "retrying": Retrying("predict", "the service answered 503", 2.0),
    "polled": Polled("job-1", "processing", 5.0, 10.0, {"percent": 40}),
    "poll failed": PollFailed("job-1", "lost the connection", 5.0),
    "finished": Finished("job-1", "completed", 60.0),
}


@pytest.mark.parametrize("kind", EVENTS)
def test_the_kind_of_an_event_is_its_name_in_words(kind: str) -> None:
    assert EVENTS[kind].kind == kind


def test_every_public_event_is_in_the_table_above() -> None:
    public = {getattr(redenlab, name) for name in redenlab.__all__ if name != "Event"}
    events = {kind for kind in public if isinstance(kind, type) and issubclass(kind, Event)}
    assert {type(event) for event in EVENTS.values()} == events


@pytest.mark.parametrize("kind", EVENTS)
@pytest.mark.parametrize("travel", [lambda e: pickle.loads(pickle.dumps(e)), copy.deepcopy])
def test_an_event_survives_travel_whole(kind: str, travel: Any) -> None:
    assert travel(EVENTS[kind]) == EVENTS[kind]


def test_a_listener_cannot_change_what_the_next_one_is_told() -> None:
    with pytest.raises(AttributeError):
        EVENTS["finished"].status = "failed"  # type: ignore[attr-defined]


def test_an_upload_is_told_as_the_sum_of_its_chunks() -> None:
    heard: list[Event] = []
    on_sent = upload_progress(heard.append, 10)
    for size in (4, 4, 2):
        on_sent(size)
    assert heard == [Uploading(4, 10), Uploading(8, 10), Uploading(10, 10)]


def test_two_uploads_are_counted_apart() -> None:
    heard: list[Event] = []
    first, second = upload_progress(heard.append, 5), upload_progress(heard.append, 5)
    first(5)
    second(2)
    assert heard == [Uploading(5, 5), Uploading(2, 5)]


def test_a_job_is_told_from_its_first_request_to_its_end(driver: Driver) -> None:
    heard: list[Event] = []
    predict(driver, FakeApi(polls=1), heard=heard)
    assert [event.kind for event in heard] == [
        "attempted",
        "uploading",
        "attempted",
        "uploaded",
        "attempted",
        "submitted",
        "attempted",
        "polled",
        "attempted",
        "finished",
    ]


def test_a_failed_attempt_tells_why_and_which_request_it_was(
    driver: Driver, fake_api: FakeApi
) -> None:
    fake_api.faults["create_upload_url"] = [say(503, {"error": "busy"}, x_request_id="r-7")]
    heard: list[Event] = []
    predict(driver, fake_api, heard=heard)
    failed, again = (event for event in heard[:3] if isinstance(event, Attempted))
    assert (failed.attempt, failed.status, failed.request_id) == (1, 503, "r-7")
    assert "busy" in (failed.reason or "")
    assert (again.attempt, again.status, again.reason) == (2, 200, None)
    assert isinstance(heard[1], Retrying)


class Enough(Exception):
    """Of a listener."""


@pytest.mark.parametrize("last", [Uploading, Uploaded])
def test_a_listener_that_raises_ends_the_call_there(
    driver: Driver, fake_api: FakeApi, last: type[Event]
) -> None:
    class Impatient(list[Event]):
        def append(self, event: Event) -> None:
            if isinstance(event, last):
                raise Enough

    with pytest.raises(Enough):
        predict(driver, fake_api, heard=Impatient())
    assert fake_api.started == []
