"""Errors: they travel, they say what to do, they hold nothing they should not."""

import copy
import inspect
import pickle
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

import redenlab
from drivers import in_virtual_time
from fake_api import KEY, FakeApi, Lost, Say, say
from redenlab import Retry
from redenlab.core import errors
from redenlab.core.errors import RedenLabError, boundary, stripped
from secret_leak_check import traceback_with_locals

ROOT = Path(__file__).parents[2]

ALL = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, RedenLabError)
]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "travel", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy]
)
def test_every_error_survives_travel_whole(kind: type[RedenLabError], travel) -> None:
    error = kind(
        "it broke",
        hint="mend it",
        status=503,
        code="E1",
        request_id="r",
        job_id="j",
        attempts=4,
        retryable=True,
        retry_after=2.5,
        body="…",
    )
    arrived = travel(error)
    assert type(arrived) is kind
    assert vars(arrived) == vars(error)
    assert str(arrived) == "it broke (mend it)"


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_is_public(kind: type[RedenLabError]) -> None:
    assert getattr(redenlab, kind.__name__) is kind


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_is_drawn_in_the_tree(kind: type[RedenLabError]) -> None:
    drawn = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert re.search(rf"(^|─ ){kind.__name__}\b", drawn, re.MULTILINE)


def test_the_documented_names_have_their_meanings() -> None:
    assert redenlab.RedenLabMLError is redenlab.RedenLabError
    for name in (
        "AuthenticationError",
        "InferenceError",
        "TimeoutError",
        "APIError",
        "UploadError",
    ):
        assert issubclass(getattr(redenlab, name), redenlab.RedenLabMLError)


@pytest.mark.parametrize("kind", [errors.JobTimeout, errors.RequestTimeout, errors.UploadTimeout])
def test_every_timeout_is_also_a_builtin_one(kind: type[Exception]) -> None:
    assert issubclass(kind, TimeoutError)


def test_the_builtin_relatives_are_what_python_users_catch() -> None:
    assert issubclass(errors.NetworkError, ConnectionError)
    assert issubclass(errors.InputError, ValueError)
    assert issubclass(errors.ConfigurationError, ValueError)
    assert issubclass(errors.MissingExtra, ImportError)


def test_the_first_job_named_is_the_one_that_stays() -> None:
    assert RedenLabError("x").with_job_id(job_id="a").with_job_id(job_id="b").job_id == "a"


# ---- where errors leave the SDK

HIDDEN = "5ecre7"


def told(error: BaseException) -> str:
    """What error trackers print of an error and of all that led to it, locals included."""
    seen = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join(seen.format())


def sign(kind: type[BaseException]) -> None:
    """Fail while a local variable is a secret."""
    signature = HIDDEN
    raise kind(f"broke after {len(signature)} letters")


def sign_again(kind: type[BaseException]) -> None:
    """Fail because of another error whose frame has one too."""
    try:
        sign(KeyError)
    except KeyError:
        sign(kind)


@pytest.mark.parametrize("fail", [sign, sign_again])
def test_an_error_leaves_the_sdk_without_its_frames(fail: Callable[[Any], None]) -> None:
    with pytest.raises(errors.ServerError) as inside:
        fail(errors.ServerError)
    assert HIDDEN in told(inside.value)
    with pytest.raises(errors.ServerError) as outside, boundary():
        fail(errors.ServerError)
    assert HIDDEN not in told(outside.value)
    assert outside.value.__context__ is None


def test_a_cause_that_was_set_on_purpose_is_kept() -> None:
    reason = OSError("the vault is closed")
    with pytest.raises(errors.AuthenticationError) as caught, boundary():
        raise errors.AuthenticationError("no token") from reason
    assert caught.value.__cause__ is reason
    assert "the vault is closed" in told(caught.value)


def test_an_error_of_the_caller_keeps_its_frames() -> None:
    with pytest.raises(KeyError) as caught, boundary():
        sign_again(KeyError)
    assert [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)][-1] == "sign"
    assert isinstance(caught.value.__context__, KeyError)


def test_nothing_is_changed_where_nothing_fails() -> None:
    with boundary():
        found = 1
    assert found == 1


def test_an_error_that_is_kept_as_a_value_has_no_frames_either() -> None:
    with pytest.raises(errors.ServerError) as caught:
        sign_again(errors.ServerError)
    kept = stripped(caught.value)
    assert kept is caught.value
    assert kept.__traceback__ is None
    assert HIDDEN not in told(kept)
    assert str(kept).startswith("broke after")


def call_blocking(fake_api: FakeApi) -> None:
    in_virtual_time(redenlab.InferenceClient, fake_api, retry=Retry.off()).predict(b"RIFF")


def call_async(fake_api: FakeApi) -> None:
    made = in_virtual_time(redenlab.AsyncInferenceClient, fake_api, retry=Retry.off())
    anyio.run(made.predict, b"RIFF")


@pytest.mark.parametrize("call", [call_blocking, call_async])
@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        ("create_upload_url", say(401)),
        ("create_upload_url", Say(200, b"<html>")),
        ("put", say(403)),
        ("put", Lost(acted=False)),
        ("predict", say(422)),
        ("predict", Say(200, b"[]")),
        ("get_result", say(401)),
    ],
    ids=str,
)
def test_no_public_call_fails_with_the_key_or_a_signature_in_its_frames(
    fake_api: FakeApi, call: Callable[[FakeApi], None], operation: str, fault: Any
) -> None:
    fake_api.faults[operation] = [fault] * 3
    with pytest.raises(RedenLabError) as caught:
        call(fake_api)
    shown = traceback_with_locals(caught.value)
    assert shown
    assert KEY not in shown
    assert HIDDEN not in shown
