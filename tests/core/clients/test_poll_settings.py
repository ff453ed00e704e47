"""How often a job is polled: argument, then environment, then file, then the spec of the job."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from drivers import in_virtual_time, settled
from example_settings import settings
from fake_api import BASE, KEY, FakeApi
from redenlab import AsyncInferenceClient, ConfigurationError, InferenceClient, Poll
from redenlab.core.jobs.poll import PollSettings
from redenlab.core.spec.steps import Interval
from redenlab.replicate import ReplicateClient
from redenlab_api.ml.lifecycles import PROFILE
from scripted_api import ScriptedApi, connect
from scripted_replicate import ID, Server, virtual

BOTH = pytest.mark.parametrize("kind", [InferenceClient, AsyncInferenceClient])
SPEC = Interval(initial=5, factor=2, max=60)

INITIAL = "REDENLAB_ML_POLL_INITIAL"
FACTOR = "REDENLAB_ML_POLL_FACTOR"
MAX = "REDENLAB_ML_POLL_MAX"


def put(monkeypatch: pytest.MonkeyPatch, values: Mapping[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def write(text: str) -> Path:
    """The configuration file in the home of this test."""
    path = PROFILE.path
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    path.write_text(text)
    return path


def pauses(kind: Any, **options: Any) -> list[float]:
    """Those of one job that ends at its sixth poll."""
    client = in_virtual_time(kind, FakeApi(polls=5), **options)
    settled(client.predict(b"RIFF"))
    return client._api.io.slept


# ---- which source wins


@BOTH
@pytest.mark.parametrize(
    ("file", "environ", "options", "expected"),
    [
        ("", {}, {}, [5, 10, 20, 40, 60]),
        ("", {INITIAL: "1"}, {}, [1, 2, 4, 8, 16]),
        ("", {FACTOR: "1"}, {}, [5, 5, 5, 5, 5]),
        ("", {MAX: "12.5"}, {}, [5, 10, 12.5, 12.5, 12.5]),
        ("", {MAX: "0.25"}, {}, [0.25] * 5),
        ("", {INITIAL: "90"}, {}, [90] * 5),
        ("", {INITIAL: "1", FACTOR: "3", MAX: "20"}, {}, [1, 3, 9, 20, 20]),
        ("poll_initial: 2\npoll_max: 6\n", {}, {}, [2, 4, 6, 6, 6]),
        ("poll_initial: 2\npoll_max: 6\n", {INITIAL: "3"}, {}, [3, 6, 6, 6, 6]),
        ("poll_factor: 9\n", {INITIAL: "3"}, {"poll": Poll(7, 1, 7)}, [7] * 5),
        ("poll_factor: 0\n", {INITIAL: "soon"}, {"poll": Poll(7, 1, 7)}, [7] * 5),
    ],
)
def test_each_part_comes_from_the_nearest_source(
    monkeypatch: pytest.MonkeyPatch,
    kind: Any,
    file: str,
    environ: Mapping[str, str],
    options: Any,
    expected: list[float],
) -> None:
    write(file)
    put(monkeypatch, environ)
    assert pauses(kind, **options) == expected


def test_another_client_of_the_same_settings_polls_alike_unless_it_is_given_poll(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    put(monkeypatch, {INITIAL: "1", FACTOR: "1"})
    first = in_virtual_time(InferenceClient, FakeApi())
    assert first.with_options(timeout=9).poll_of(SPEC) == Poll(1, 1, 60)
    assert first.with_options(poll=Poll(7, 1, 7)).poll_of(SPEC) == Poll(7, 1, 7)


def test_two_backends_do_not_mix(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, {INITIAL: "1", "REPLICATE_POLL_INITIAL": "3", "REPLICATE_POLL_MAX": "4"})
    assert InferenceClient(KEY, BASE).poll_of(SPEC) == Poll(1, 2, 60)
    assert ReplicateClient(KEY).poll_of(SPEC) == Poll(3, 2, 4)


def test_a_client_of_a_spec_alone_has_them_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, {"ACME_POLL_MAX": "0.5"})
    assert connect("acme", ScriptedApi(), poll=None).poll_of(SPEC) == Poll(0.5, 2, 0.5)


# ---- the calls of Replicate's design document


@pytest.mark.parametrize(
    ("environ", "interval", "expected"),
    [
        ({}, None, 5),
        ({"REPLICATE_POLL_MAX": "0.2"}, None, 0.2),
        ({"REPLICATE_POLL_INITIAL": "7"}, None, 7),
        ({"REPLICATE_POLL_INITIAL": "7"}, 3, 3),
    ],
)
def test_a_prediction_is_polled_as_told_by_the_call_then_by_the_settings(
    monkeypatch: pytest.MonkeyPatch,
    environ: Mapping[str, str],
    interval: float | None,
    expected: float,
) -> None:
    put(monkeypatch, environ)
    client = virtual(Server().polls("processing", "processing", "succeeded"))
    client.poll_prediction(ID, interval=interval)
    assert client.io.slept == [expected] * 2


# ---- what a value may be

POSITIVE = "is not a positive number of seconds"
AT_LEAST_1 = "is not a number of at least 1"


@BOTH
@pytest.mark.parametrize("where", ["environment", "file"])
@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("initial", ("soon", "0", "-1", "nan", "inf"), POSITIVE),
        ("max", ("5s", "0", "true", "1,5"), POSITIVE),
        ("factor", ("0.5", "-2", "twice", "nan", "inf"), AT_LEAST_1),
    ],
)
def test_a_wrong_value_is_told_with_its_source_before_any_request(
    monkeypatch: pytest.MonkeyPatch,
    kind: Any,
    where: str,
    name: str,
    values: tuple[str, ...],
    problem: str,
) -> None:
    variable = f"REDENLAB_ML_POLL_{name.upper()}"
    file = write("")
    for value in values:
        if where == "file":
            file.write_text(f"poll_{name}: {value}\n")
        else:
            monkeypatch.setenv(variable, value)
        with pytest.raises(ConfigurationError, match=f"poll_{name} from .* {problem}") as caught:
            kind(KEY, BASE)
        source = str(file) if where == "file" else f"the environment variable {variable}"
        assert source in str(caught.value)
        assert caught.value.hint == "write the number alone, such as 1.5"


def test_two_that_contradict_each_other_are_told_with_both_sources(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = write("poll_max: 2\n")
    put(monkeypatch, {INITIAL: "3"})
    with pytest.raises(ConfigurationError) as caught:
        InferenceClient(KEY, BASE)
    assert caught.value.message == (
        f"poll_initial from the environment variable {INITIAL} is above poll_max from {file}"
    )


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("poll_intial: 1", "poll_initial"), ("poll-max: 1", "poll_max"), ("poll: {max: 1}", "poll_")],
)
def test_a_typo_in_the_file_gets_a_hint_with_the_right_spelling(typo: str, meant: str) -> None:
    write(f"{typo}\n")
    with pytest.raises(ConfigurationError, match=f"did you mean '{meant}"):
        InferenceClient(KEY, BASE)


def test_a_backend_without_such_settings_polls_as_its_spec_says() -> None:
    found = PollSettings.of(settings())
    assert found == PollSettings()
    assert found.over(SPEC) == Poll.of(SPEC)
