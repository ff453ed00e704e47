"""Options of a submit: checked before anything is sent, and sent in the form of the service."""

import re
from pathlib import Path
from typing import Any

import pytest

from job_variants import with_x_job
from redenlab.core.errors import InputError
from redenlab.core.jobs.arguments import Arguments
from redenlab.core.spec.grammar import Option, Submit
from redenlab_api.ml.jobs import PREDICT
from scripted_api import BASE, EXAMPLES, KEY, ScriptedApi, connect

OPTIONS = {
    "wait": Option(
        place="$request.header.Prefer",
        value="wait={$option}",
        type="integer",
        minimum=1,
        maximum=60,
        hold=True,
    ),
    "share": Option(place="$request.query.share", type="number", minimum=0, maximum=1),
    "priority": Option(place="$request.query.priority", pattern="low|high"),
    "quiet": Option(place="$request.header.Quiet", type="boolean", value="quiet={$option}"),
    "strict": Option(place="$request.body#/rules/strict", type="boolean"),
}
JOB = with_x_job(PREDICT, submit=Submit(options=OPTIONS))


def sent(**given: Any) -> Arguments:
    return Arguments(JOB, "intelligibility", given)


def test_an_option_is_sent_in_the_form_and_at_the_place_of_the_spec() -> None:
    found = sent(wait=5, share=0.5, priority="low", quiet=True, strict=False)
    assert found.arguments == {
        "Prefer": "wait=5",
        "share": 0.5,
        "priority": "low",
        "Quiet": "quiet=true",
        "model_name": "intelligibility",
    }
    assert found.body == {"rules": {"strict": False}}


@pytest.mark.parametrize("given", [{}, {"wait": None, "priority": None, "strict": None}])
def test_what_is_not_given_is_not_sent(given: dict[str, None]) -> None:
    found = sent(**given)
    assert (found.arguments, found.body) == ({"model_name": "intelligibility"}, {})


def test_only_an_option_that_says_so_holds_the_response_back() -> None:
    assert sent(wait=20).hold == 20
    assert sent(wait=19.5).hold == 20
    assert sent(share=1).hold == 0


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("wait", "5", "wait is a string, and has to be an integer"),
        ("wait", True, "wait is a boolean, and has to be an integer"),
        ("wait", 0, "wait is 0, and has to be 1 or more"),
        ("wait", 61, "wait is 61, and has to be 60 or less"),
        ("share", "much", "share is a string, and has to be a number"),
        ("share", -0.1, "share is -0.1, and has to be 0 or more"),
        ("share", 1.5, "share is 1.5, and has to be 1 or less"),
        ("share", float("nan"), "share is nan, and has to be a number"),
        ("share", float("inf"), "share is inf, and has to be a number"),
        ("priority", "urgent", "priority has to match ^(?:low|high)$"),
        ("priority", "high\n", "priority has to match ^(?:low|high)$"),
        ("priority", ["low"], "priority is an array, and has to be a string"),
        ("quiet", 1, "quiet is 1, and has to be a boolean"),
        ("quiet", "true", "quiet is a string, and has to be a boolean"),
    ],
)
def test_an_option_of_another_type_or_range_is_an_input_error(
    name: str, value: Any, problem: str
) -> None:
    with pytest.raises(InputError, match=re.escape(problem)):
        sent(**{name: value})


@pytest.mark.parametrize("limit", [1, 60])
def test_the_limits_of_a_range_are_within_it(limit: int) -> None:
    assert sent(wait=limit).arguments["Prefer"] == f"wait={limit}"


def test_a_misspelt_option_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="has no parameter 'prority'") as caught:
        sent(prority="low")
    assert "priority" in str(caught.value.hint)


def test_nothing_is_sent_where_an_option_is_refused(tmp_path: Path) -> None:
    text = (EXAMPLES / "acme.yaml").read_text(encoding="utf-8")
    submit = "        submit: {options: {wait: {place: $request.header.Prefer, type: integer}}}\n"
    text = text.replace("        poll:\n", f"{submit}        poll:\n", 1)
    header = "parameters: [{name: Prefer, in: header, schema: {type: string}}]"
    text = text.replace("      requestBody", f"      {header}\n      requestBody", 1)
    (tmp_path / "acme.yaml").write_text(text)
    api = ScriptedApi().on("POST /captions", {"number": "7", "stage": "thinking"})
    client = connect(str(tmp_path / "acme"), api)
    with pytest.raises(InputError, match="wait is a string, and has to be an integer"):
        client.submit(picture="cat.png", wait="long")
    assert api.calls == []
    client.submit(picture="cat.png", wait=9)
    assert api.requests[0].headers["Prefer"] == "9"
    assert api.requests[0].headers["Acme-Key"] == KEY
    assert str(api.requests[0].url) == f"{BASE}/captions"
