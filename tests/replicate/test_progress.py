"""Progress, as models log it."""

import pytest

from redenlab.core.events import Polled
from redenlab.replicate import Progress
from scripted_replicate import ID, Server, prediction, say, virtual

BAR = "  0%|          | 0/40 [00:00<?, ?it/s]\r 45%|####5     | 18/40 [00:03<00:03,  6.2it/s]"


@pytest.mark.parametrize(
    ("logs", "found"),
    [
        (BAR, Progress(0.45, 18, 40)),
        (BAR + "\n100%|##########| 40/40 [00:06<00:00]\nsaving", Progress(1.0, 40, 40)),
        ("Using seed: 7\n45% done", None),
        ("999%|x| 1/2", None),
        ("", None),
        (None, None),
    ],
)
def test_the_last_bar_counts(logs: str | None, found: Progress | None) -> None:
    assert Progress.of(logs) == found


def test_a_listener_can_tell_how_far_it_is() -> None:
    server = Server().on("POST /v1/predictions", say(201, {"id": ID, "status": "starting"}))
    server.on(
        f"GET /v1/predictions/{ID}",
        prediction("processing", logs=BAR),
        prediction("succeeded", output=1),
    )
    told = []
    virtual(server).run("acme/painter", on_event=told.append)
    (polled,) = [event for event in told if isinstance(event, Polled)]
    assert Progress.of(polled.progress) == Progress(0.45, 18, 40)
