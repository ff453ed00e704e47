"""A secret shows itself nowhere."""

import copy
import pickle
from dataclasses import asdict

import pytest

from redenlab.core.auth.schemes import ApiKey
from redenlab.core.auth.secret import Secret

VALUE = "sk_test_c4n4ryc4n4ry"


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
