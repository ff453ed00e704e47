"""`redenlab sandbox faults` and `redenlab sandbox up --fault`."""

import json
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from typing import Any, get_args

import httpx
import pytest

import redenlab.sandbox
from cli.test_interruption import until
from faulty_server import PATIENCE, closed_port
from redenlab.cli.faults import URL_VARIABLE
from redenlab.ml.client import MODEL_NAMES
from redenlab.sandbox.faults import Kind

Invoke = Callable[..., Any]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def backend(settings: dict[str, str | None]) -> Iterator[redenlab.sandbox.Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        settings[URL_VARIABLE] = running.url
        yield running


def records(ended: Any) -> list[dict[str, Any]]:
    assert ended.exit_code == 0, ended.output
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_orders_are_added_listed_and_cancelled(
    invoke: Invoke, backend: redenlab.sandbox.Sandbox
) -> None:
    faults = ("sandbox", "faults")
    words = "status=503", "times=3", "text=no such thing", "at=ml/get_result"
    (first,) = records(invoke(*faults, "add", *words))
    (second,) = records(invoke(*faults, "add", "reset-after at=ml/predict"))
    assert first["order"] == "status=503 text='no such thing' times=3 at=ml/get_result"
    assert records(invoke(*faults, "list")) == [first, second]
    assert [str(one.fault) for one in backend.faults.listed()] == [first["order"], second["order"]]
    table = invoke(*faults, "list", "-o", "table").stdout
    assert re.search(r"2 +reset-after at=ml/predict +0 +0", table)
    assert invoke(*faults, "clear", "1").stderr == "cancelled\n"
    assert records(invoke(*faults, "list")) == [second]
    assert invoke(*faults, "clear").exit_code == 0
    assert records(invoke(*faults, "list")) == []
    assert invoke(*faults, "clear", "1").exit_code == 4


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("stats=503", "there is no kind of fault 'stats'"),
        ("reset at=ml/get_reslt", "did you mean ml/get_result?"),
    ],
)
def test_a_wrong_order_ends_with_2(
    invoke: Invoke, backend: redenlab.sandbox.Sandbox, order: str, said: str
) -> None:
    for command in (("faults", "add", order), ("up", "--fault", order)):
        ended = invoke("sandbox", *command)
        assert ended.exit_code == 2
        assert said in ended.stderr


def test_where_no_sandbox_is_it_ends_with_9(invoke: Invoke) -> None:
    with closed_port() as port:
        ended = invoke("sandbox", "faults", "list", "--url", f"http://127.0.0.1:{port}")
    assert ended.exit_code == 9
    assert "start one: redenlab sandbox up" in ended.stderr


@pytest.mark.parametrize("url", ["127.0.0.1", "ftp://127.0.0.1", ""])
def test_what_is_no_url_ends_with_2(invoke: Invoke, url: str) -> None:
    assert invoke("sandbox", "faults", "list", "--url", url).exit_code == 2


def test_without_a_url_it_ends_with_2(invoke: Invoke) -> None:
    ended = invoke("sandbox", "faults", "list")
    assert ended.exit_code == 2
    assert "--url" in ended.stderr


def test_the_kinds_are_listed_without_a_sandbox(invoke: Invoke) -> None:
    found = records(invoke("sandbox", "faults", "kinds"))
    assert {record["kind"] for record in found} == set(get_args(Kind))
    table = invoke("sandbox", "faults", "kinds", "-o", "table").stdout
    assert all(kind in table for kind in get_args(Kind))


def test_a_sandbox_starts_with_its_faults(start: Start) -> None:
    process = start("sandbox", "up", "--fault", "status=418 at=ml/get_health", "--fault", "delay=0")
    said = until(process.stderr, "Ctrl-C stops it")
    settings = dict(re.findall(r"export (\w+)=(\S+)", said))
    with httpx.Client(trust_env=False) as bare:
        path = f"{settings['REDENLAB_ML_BASE_URL']}/{MODEL_NAMES[0]}/health"
        assert bare.get(path).status_code == 418
        listed = bare.get(f"{settings[URL_VARIABLE]}/_sandbox/faults").json()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE)
    assert [(one["order"], one["met"]) for one in listed] == [
        ("status=418 at=ml/get_health", 1),
        ("delay=0", 1),
    ]
