"""Operations: what the core needs of an endpoint, generated or not."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import redenlab_api.ml.api
import redenlab_api.replicate.api
from redenlab.core.spec.operations import BoundOperation
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml.api.inference import get_result


def generated() -> Iterator[Any]:
    """Every module that is an operation."""
    for api in (redenlab_api.ml.api, redenlab_api.replicate.api):
        for found in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
            if not found.ispkg:
                yield importlib.import_module(found.name)


GENERATED = list(generated())


@pytest.mark.parametrize("operation", GENERATED, ids=lambda module: module.__name__[13:])
def test_every_generated_module_is_an_operation(operation: Any) -> None:
    assert isinstance(operation.OPERATION, str)
    assert isinstance(operation.IDEMPOTENT, bool)
    assert callable(operation.build)
    with pytest.raises(ApiError) as caught:
        operation.parse(RawResponse(418, {}, b"{}"))
    assert caught.value.status_code == 418


def test_no_two_operations_of_a_backend_have_one_name() -> None:
    names = [(module.__name__.split(".")[1], module.OPERATION) for module in GENERATED]
    assert len(names) > 10
    assert len(set(names)) == len(names)


def test_arguments_go_by_their_python_names() -> None:
    bound = BoundOperation(get_result, names={"from": "from_", "job-id": "job_id"})
    assert bound.arguments({"job-id": "j", "from": 1, "model": "m"}) == {
        "job_id": "j",
        "from_": 1,
        "model": "m",
    }


@pytest.mark.parametrize("value", [0, False, "", []])
def test_none_alone_means_that_an_argument_is_not_given(value: Any) -> None:
    given = {"kept": value, "left_out": None}
    assert BoundOperation(get_result).arguments(given) == {"kept": value}
