"""Orders of faults: how they are written, counted and refused."""

import re
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.cli.faults import settings
from redenlab.core.errors import ConfigurationError
from redenlab.sandbox.faults import COMMON, KINDS, Fault, Faults, Kind, of_file_name, parse

DOCS = Path(__file__).parents[2] / "docs" / "sandbox.md"
NAMES = ("ml/get_result", "ml/predict", "storage/PUT", "submit")

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "times": st.none() | st.integers(1, 999_999_999),
    "after": st.integers(0, 999_999_999),
    "share": st.floats(0, 1),
    "at": st.sampled_from(["*", "ml/*", "ml/get_result", "storage/[GP]*"]),
    "model": st.none() | TEXT.filter(bool),
    "file": st.none() | TEXT.filter(bool),
    "status": st.integers(200, 599),
    "seconds": st.floats(0, 999_999_999),
    "text": TEXT,
    "headers": st.dictionaries(
        st.from_regex(r"X-[A-Za-z0-9]+", fullmatch=True),
        st.from_regex(r"[!-~]([ -~]{0,9}[!-~])?", fullmatch=True),
    ),
}


@st.composite
def faults(draw: st.DrawFn) -> Fault:
    kind = draw(st.sampled_from(get_args(Kind)))
    own = KINDS[kind].settings
    named = draw(st.sets(st.sampled_from([*COMMON, *own])))
    return Fault(kind, **{**own, **{name: draw(VALUES[name]) for name in sorted(named)}})


# ---- how an order is written


@given(faults())
def test_an_order_is_read_as_it_was_written(fault: Fault) -> None:
    assert parse(str(fault)) == fault


@pytest.mark.parametrize(
    ("order", "fault"),
    [
        ("reset", Fault("reset")),
        ("status=503 times=3 at=ml/get_result", Fault("status", "ml/get_result", times=3)),
        ("status status=429 seconds=2", Fault("status", status=429, seconds=2)),
        ("delay", Fault("delay", seconds=1)),
        ("delay=300ms", Fault("delay", seconds=0.3)),
        ("cold=2m times=always", Fault("cold", seconds=120, times=None)),
        ("skew=-1h", Fault("skew", seconds=-3600, times=None)),
        ("failed='no speech' model=m", Fault("failed", text="no speech", model="m")),
        (
            "status=429 header='Retry-After: 0' header='X-A: b: c'",
            Fault("status", status=429, headers={"Retry-After": "0", "X-A": "b: c"}),
        ),
    ],
)
def test_orders(order: str, fault: Fault) -> None:
    assert parse(order) == fault


def test_kind_and_settings_mean_what_their_text_means() -> None:
    ordered = Faults()
    ordered.add("status", status=503, times=3, headers={"X-A": "b"}, model=None)
    ordered.add("status=503 times=3 header='X-A: b'")
    ordered.add(Fault("status", times=3, headers={"X-A": "b"}))
    assert len({str(order.fault) for order in ordered.listed()}) == 1


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("", "no kind of fault '' (known are status, delay, reset,"),
        ("stats=503", "no kind of fault 'stats' (did you mean status?"),
        ("cut=5", "no setting of cut 'cut' (known are times, after, share, at, model, file)"),
        ("reset tims=3", "no setting of reset 'tims' (did you mean times?"),
        ("delay status=503", "no setting of delay 'status'"),
        ("status=99", "status cannot be '99' (write 503)"),
        ("status times=0", "times cannot be '0' (write 3 or always)"),
        ("status times", "times cannot be ''"),
        ("status share=1.5", "share cannot be '1.5'"),
        ("delay=1d", "seconds cannot be '1d' (write 0.5, 30s or 1h)"),
        ("reset at=", "at cannot be ''"),
        ("status header='Content-Length: 5'", "header cannot be 'Content-Length: 5'"),
        ("status header='A: b\r\nc: d'", "header cannot be"),
        ("failed='no speech", "a quotation mark is missing"),
    ],
)
def test_a_wrong_order_is_refused_with_what_is_known(order: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse(order)
    assert said in str(caught.value)


def test_an_order_for_an_operation_that_does_not_exist_is_refused() -> None:
    ordered = Faults("0", NAMES)
    with pytest.raises(ConfigurationError, match="did you mean ml/get_result"):
        ordered.add("reset at=ml/get_reslt")
    with pytest.raises(ConfigurationError, match="known are ml/get_result, ml/predict"):
        ordered.add("reset at=dalston/*")
    assert [ordered.add(f"reset at={at}") for at in ("*", "*/predict", "submit")] == [1, 2, 3]


@pytest.mark.parametrize("value", [503.5, True, {"a": "b"}, [1], "x"])
def test_a_setting_of_another_type_is_refused(value: Any) -> None:
    with pytest.raises(ConfigurationError):
        Faults().add("reset", times=value)


# ---- where, and how often


def applied(ordered: Faults, at: str = "ml/predict", count: int = 1, **about: Any) -> list[bool]:
    return [ordered.take(KINDS, at, **about) is not None for _ in range(count)]


def test_an_order_is_met_as_often_as_it_says() -> None:
    ordered = Faults()
    ordered.add("reset times=2 after=1")
    assert applied(ordered, count=5) == [False, True, True, False, False]
    (order,) = ordered.listed()
    assert (order.matched, order.met) == (5, 2)


def test_orders_apply_one_after_another() -> None:
    ordered = Faults()
    for order in ("status=503 times=2", "reset", "status=429 times=always"):
        ordered.add(order)
    taken = [ordered.take(KINDS, "ml/predict") for _ in range(5)]
    assert [fault and (fault.kind, fault.status) for fault in taken] == [
        ("status", 503),
        ("status", 503),
        ("reset", 503),
        ("status", 429),
        ("status", 429),
    ]


def test_what_the_caller_cannot_do_is_not_taken() -> None:
    ordered = Faults()
    ordered.add("stuck")
    assert ordered.take(["status", "reset"], "ml/predict") is None
    assert ordered.listed()[0].matched == 0


@pytest.mark.parametrize(
    ("order", "about", "matches"),
    [
        ("reset at=ml/*", {}, True),
        ("reset at=submit", {}, False),
        ("reset at=submit", {"step": "submit"}, True),
        ("reset at=s*", {"step": "submit"}, False),
        ("reset at=replicate/*", {}, False),
        ("reset at=ML/predict", {}, False),
        ("reset model=transcribe", {}, False),
        ("reset model=transcribe", {"model": "transcribe"}, True),
        ("reset file=call*.wav", {"file": "uploads/1/call7.wav"}, True),
        ("reset file=call*.wav", {"file": "call/other.wav"}, False),
        ("reset file=call*.wav", {}, False),
    ],
)
def test_an_order_applies_where_it_says(order: str, about: dict[str, Any], matches: bool) -> None:
    ordered = Faults()
    ordered.add(order)
    assert applied(ordered, **about) == [matches]


def test_orders_are_listed_and_cancelled() -> None:
    ordered = Faults()
    numbers = [ordered.add(kind) for kind in ("reset", "cut", "drip")]
    assert ordered.remove(numbers[1])
    assert not ordered.remove(numbers[1])
    assert [order.number for order in ordered.listed()] == [1, 3]
    ordered.clear()
    assert ordered.listed() == []
    assert ordered.add("reset") == 4
    assert applied(ordered) == [True]


def test_threads_do_not_take_more_than_was_ordered() -> None:
    ordered, taken = Faults(), list[bool]()
    ordered.add("reset times=50")
    threads = [Thread(target=lambda: taken.extend(applied(ordered, count=25))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(taken), ordered.listed()[0].matched) == (50, 200)


# ---- chance


@given(st.text(max_size=9), st.floats(0, 1), st.lists(st.sampled_from(NAMES), max_size=30))
def test_what_a_share_applies_to_depends_on_the_seed_alone(
    seed: str, share: float, requests: list[str]
) -> None:
    """Requests that do not match, and other orders, change nothing."""
    one, other = Faults(seed), Faults(seed)
    for ordered in (one, other):
        ordered.add("reset times=always at=ml/predict", share=share)
    other.add("status times=always at=storage/PUT", share=share)
    busy = [(name, applied(other, name)) for name in requests]
    assert applied(one, count=requests.count("ml/predict")) == [
        taken for name, (taken,) in busy if name == "ml/predict"
    ]


def test_a_share_is_about_met_and_seeds_differ() -> None:
    runs = []
    for seed in ("a", "b"):
        ordered = Faults(seed)
        ordered.add("reset times=always share=0.3")
        runs.append(applied(ordered, count=1000))
    assert runs[0] != runs[1]
    assert all(250 < sum(run) < 350 for run in runs)


@pytest.mark.parametrize(("share", "expected"), [(0, False), (1, True)])
def test_no_share_and_the_whole(share: float, expected: bool) -> None:
    ordered = Faults()
    ordered.add("reset times=always", share=share)
    assert set(applied(ordered, count=100)) == {expected}


# ---- file names

MAGIC = [
    ("flaky-503x3.wav", ["status=503 times=3 at=poll"]),
    ("429-retry-5.wav", ["status=429 seconds=5 at=poll"]),
    ("storage-409.wav", ["status=409 at=storage/PUT"]),
    ("slow-30s.wav", ["cold=30"]),
    ("never.wav", ["stuck"]),
    ("fail-corrupt.wav", ["failed=corrupt"]),
    ("reset-after-accept.wav", ["reset-after at=submit"]),
    ("drip.wav", ["drip=2 at=poll"]),
    ("truncated-json.wav", ["cut at=poll"]),
    ("html.wav", ["html='' at=poll"]),
    ("expired-url.wav", ["expired-link"]),
    ("hook-twice.wav", ["webhook-twice"]),
    ("hook-out-of-order.wav", ["webhook-order"]),
    ("cold.wav", ["cold=5"]),
    ("lag.wav", ["lag=2"]),
    ("skew-1h.wav", ["skew=3600"]),
    ("skew--5m.flac", ["skew=-300"]),
    ("call+never+hook-twice.wav", ["stuck", "webhook-twice"]),
    ("call.wav", []),
    ("", []),
    ("flaky-999x3.wav", []),
    ("flaky-503x0.wav", []),
    ("slow-30.wav", []),
    ("never again.wav", []),
    ("cold-call.wav", []),
]


@pytest.mark.parametrize(("name", "orders"), MAGIC)
def test_names_of_recordings_order_faults(name: str, orders: list[str]) -> None:
    assert [fault.file for fault in of_file_name(name)] == [name] * len(orders)
    assert of_file_name(name) == [replace(parse(text), file=name) for text in orders]


@given(st.text())
def test_any_name_is_a_name(name: str) -> None:
    assert all(parse(str(fault)).kind == fault.kind for fault in of_file_name(name))


def test_what_a_name_orders_applies_once_to_each_upload() -> None:
    ordered = Faults()
    ordered.add("stuck file=never.wav after=9")
    for upload in "ab":
        about = {"file": f"uploads/{upload}/never.wav"}
        assert applied(ordered, count=3, **about) == [True, False, False]
    assert [order.met for order in ordered.listed()] == [0, 1, 1]
    assert applied(ordered, file="uploads/c/call.wav") == [False]


# ---- the page


def test_the_page_has_every_kind() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| (.*?) \|$", DOCS.read_text(), re.MULTILINE)
    assert [row for row in rows if row[0] in KINDS] == [
        (kind, settings(meaning), meaning.text) for kind, meaning in KINDS.items()
    ]


def test_the_page_has_every_kind_of_file_name() -> None:
    names = re.findall(r"^\| `([\w.-]+\.wav)` \| `(.+?)` \|$", DOCS.read_text(), re.MULTILINE)
    assert [name for name, _ in names] == [
        name for name, orders in MAGIC if name.endswith(".wav") and len(orders) == 1
    ]
    for name, order in names:
        assert [parse(order)] == [replace(fault, file=None) for fault in of_file_name(name)]
