"""Constraints of a spec: what does not fit costs no request, however the client is made."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from redenlab.core.errors import InputError
from redenlab.core.jobs.arguments import Arguments
from redenlab.core.jobs.input_files import becomes_text
from redenlab.core.spec.job_spec import Parameter
from redenlab_api.replicate.jobs import PREDICT
from scripted_api import CALLERS, ScriptedApi

FIRE = {"model_name": "fire", "lab": "north", "purpose": "trade", "metals": ["gold"]}
ACID = {"model_name": "acid", "lab": "north", "purpose": "study", "drops": 2}
SHARE = {"metal": "gold", "share": 0.5}


def server(found: Any = None) -> ScriptedApi:
    api = ScriptedApi().on("POST /samples", {"id": "s"}).on("PUT /samples/s", httpx.Response(200))
    api.on("POST /labs/north/assays", {"id": "7", "stage": "queued"})
    return api.on("GET /assays/7", {"id": "7", "stage": "done", "found": found})


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize(("given", "result"), [(FIRE, [SHARE]), (ACID, SHARE)])
def test_a_result_may_be_an_array_or_one_of_two_objects(
    caller: Any, given: dict[str, Any], result: Any
) -> None:
    assert caller("assay", server(result), "run", b"RIFF", **given).result == result


WRONG: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "an argument that is missing": (FIRE, {"lab": None}, "fire needs the parameter 'lab'"),
    "a part of the body that is missing": (FIRE, {"purpose": None}, "needs the parameter 'purpo"),
    "a parameter of the model that is missing": (FIRE, {"metals": None}, "the parameter 'metals'"),
    "a path that does not match": (FIRE, {"lab": "North 1"}, "fire: lab has to match ^[a-z]+$"),
    "a number in a header": (FIRE, {"batch_size": 9}, "batch_size is 9, and has to be 8 or less"),
    "a word that is none of them": (FIRE, {"purpose": "fun"}, "has to be one of: trade, study"),
    "a text that is too short": (FIRE, {"note": "hm"}, "note has to have 3 or more characters"),
    "a text that is too long": (FIRE, {"note": "h" * 21}, "note has to have 20 or fewer characte"),
    "a part of an object": (
        FIRE,
        {"origin": {"mine": "7"}},
        r"origin at /mine has to match ^M\d+$",
    ),
    "a key that is unknown": (
        FIRE,
        {"origin": {"town": "Y"}},
        "origin has no key 'town'; its keys",
    ),
    "a number of a joined schema": (
        FIRE,
        {"degrees": 1600},
        "is 1600, and has to be less than 1600",
    ),
    "no items": (FIRE, {"metals": []}, "metals has to have 1 or more items, and has 0"),
    "an item twice": (FIRE, {"metals": ["gold", "gold"]}, "metals has to have no item twice"),
    "an item that is none of them": (
        FIRE,
        {"metals": ["tin"]},
        "metals at /0 has to be one of: go",
    ),
    "items of items": (
        FIRE,
        {"cupels": [{"grams": 5, "inner": {"grams": 7}}]},
        "cupels at /0/inner/grams is 7, and has to be a multiple of 5",
    ),
    "neither of two": (ACID, {"drops": None}, "acid: what is given is an object, and fits none"),
    "a text for a number": (ACID, {"drops": "two"}, "drops is a string, and has to be an integer"),
}


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("wrong", WRONG)
def test_what_does_not_fit_is_refused_before_anything_is_sent(caller: Any, wrong: str) -> None:
    right, changed, problem = WRONG[wrong]
    api = server()
    name = "Batch-Size" if caller.__name__.startswith("dynamic") else "batch_size"
    given = {name if key == "batch_size" else key: value for key, value in changed.items()}
    with pytest.raises(InputError) as caught:
        caller("assay", api, "run", b"RIFF", **{**right, **given})
    assert problem.replace("batch_size", name) in caught.value.message
    assert api.calls == []


@pytest.mark.parametrize("caller", CALLERS)
def test_the_recording_is_not_read_where_a_parameter_does_not_fit(
    caller: Any, tmp_path: Path
) -> None:
    api = server()
    with pytest.raises(InputError, match="purpose"):
        caller("assay", api, "submit", tmp_path / "none.wav", **{**FIRE, "purpose": "fun"})
    assert api.calls == []


@pytest.mark.parametrize("caller", CALLERS)
def test_what_the_job_fills_in_is_not_asked_of_the_caller(caller: Any) -> None:
    api = server([SHARE])
    caller("assay", api, "run", b"RIFF", **FIRE, origin={"mine": "M7"})
    assert json.loads(api.requests[2].content)["origin"] == {"mine": "M7", "file": "s"}


def with_input(schema: dict[str, Any]) -> Any:
    """A job whose files stand in an argument with this schema."""
    parameters = {"input": Parameter(required=True, schema=schema)}
    return dataclasses.replace(PREDICT, spec=PREDICT.spec.replace(parameters=parameters))


def test_a_file_that_is_yet_to_be_uploaded_fits_every_schema() -> None:
    job = with_input({"type": "object", "additionalProperties": {"type": "string", "maxLength": 4}})
    given = {"input": {"image": Path("cat.png"), "mask": b"PNG"}}
    assert Arguments(job, "a/b", given, is_file=becomes_text).body["input"] == given["input"]
    with pytest.raises(InputError, match="input at /name has to have 4 or fewer characters"):
        wrong = {"input": {"image": Path("cat.png"), "name": "a cat"}}
        Arguments(job, "a/b", wrong, is_file=becomes_text)
