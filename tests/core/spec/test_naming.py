"""Names: what things of a spec are called in Python, and which names are taken."""

import pytest

import redenlab
from redenlab.core.clients.base import AsyncClient, BlockingClient
from redenlab.core.spec.naming import ATTRIBUTES, METHODS, argument, clash, snake, usable
from scripted_api import EXAMPLES


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("getHealth", "get_health"),
        ("get_health", "get_health"),
        ("get-health", "get_health"),
        ("files.list", "files_list"),
        ("a__b_", "a_b"),
    ],
)
def test_a_name_is_spelt_as_python_does(name: str, spelt: str) -> None:
    assert snake(name) == spelt


@pytest.mark.parametrize(
    ("name", "model", "called"),
    [
        ("timeout", False, "timeout_"),
        ("parameters", True, "parameters_"),
        ("model_name", True, "model_name_"),
        ("model_name", False, "model_name"),
        ("language", True, "language"),
    ],
)
def test_an_argument_that_is_taken_gets_an_underscore(name: str, model: bool, called: str) -> None:
    assert argument(name, model=model) == called


def test_two_names_that_are_one_are_found() -> None:
    assert clash(["b", "getA", "c", "get_a"]) == ("getA", "get_a")
    assert clash(["a", "b", "a"]) is None


@pytest.mark.parametrize("name", ["import", "None", "a-b", "2nd", ""])
def test_what_is_no_name_in_python_is_not_usable(name: str) -> None:
    assert not usable(name)


def test_every_attribute_of_a_client_is_taken() -> None:
    options = {"api_key": "sk_test_1234567890", "base_url": "https://api.example.com"}
    client = redenlab.connect(EXAMPLES / "acme.yaml", **options)
    own = {*dir(client), *dir(AsyncClient), *dir(BlockingClient)} - {client.job_name}
    assert {name for name in own if name[0] != "_"} <= {*ATTRIBUTES, *METHODS}
