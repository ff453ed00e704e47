"""Keys: their form, and that they show nowhere."""

import copy
import pickle
import traceback
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.auth import ApiKey, Secret, api_key
from redenlab.core.errors import AuthenticationError
from redenlab.core.io import run
from redenlab.core.testing import VirtualIo
from redenlab_api.types import Answer

VALUE = "sk_test_c4n4ryc4n4ry"


def test_a_plain_gateway_key_is_good() -> None:
    assert api_key("Ab3dEf6hIj", "here").reveal() == "Ab3dEf6hIj"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "blank"),
        ("   ", "blank"),
        ("short", "10 to 500"),
        ("x" * 501, "10 to 500"),
        (f"{VALUE}\n", "white space"),
        (f" {VALUE}", "white space"),
        (f"{VALUE} {VALUE}", "white space"),
        (f"{VALUE}\x00", "control"),
        (f"{VALUE}é", "non-ASCII"),
        (f"\ufeff{VALUE}", "non-ASCII"),
    ],
)
def test_a_key_of_bad_form_is_refused_without_being_quoted(value: str, problem: str) -> None:
    with pytest.raises(AuthenticationError, match=problem) as caught:
        api_key(value, "the environment variable ACME_API_KEY")
    assert "ACME_API_KEY" in str(caught.value)
    assert value.strip() == "" or value not in "".join(traceback.format_exception(caught.value))


@given(st.text(min_size=4))
def test_no_refusal_ever_quotes_the_key(value: str) -> None:
    try:
        api_key(value, "here")
    except AuthenticationError as error:
        assert len(value) < 12 or value not in f"{error!r} {error}"


def test_a_secret_shows_in_no_text() -> None:
    secret = Secret(VALUE)
    auth = ApiKey(secret, "X-Api-Key")
    for text in (
        repr(secret),
        str(secret),
        f"{secret}",
        repr(auth),
        repr([secret]),
        repr(asdict(auth)),
    ):
        assert VALUE not in text


def test_a_secret_is_not_pickled_and_not_duplicated() -> None:
    secret = Secret(VALUE)
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(secret)
    assert copy.deepcopy(secret) is secret
    assert copy.copy(secret) is secret


def test_secrets_compare_by_value() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_a_key_signs_with_the_header_of_the_spec() -> None:
    io = VirtualIo(lambda _: Answer(500, {}, b""))
    assert run(ApiKey(Secret("k"), "X-Api-Key").headers(io, 1)) == {"X-Api-Key": "k"}
    token = ApiKey(Secret("t"), "Authorization", "Bearer")
    assert run(token.headers(io, 1)) == {"Authorization": "Bearer t"}


def test_an_echoed_key_is_masked() -> None:
    assert ApiKey(Secret(VALUE), "X").redact(f"bad key {VALUE}!") == "bad key ***!"
