"""Errors: they travel, they say what to do, they hold nothing they should not."""

import copy
import inspect
import pickle
import re
from pathlib import Path

import pytest

import redenlab
from redenlab.core import errors
from redenlab.core.errors import RedenLabError

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
