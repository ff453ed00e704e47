"""An invented API: pictures, with the model in the body."""

from typing import Any

import httpx
import pytest

from scripted_api import CALLERS, ScriptedApi


def acme() -> ScriptedApi:
    told = {"number": "7", "stage": "told", "text": {"words": "a cat"}}
    api = ScriptedApi().on(
        "POST /captions", httpx.Response(202, json={"number": "7", "stage": "thinking"})
    )
    return api.on("GET /captions/7", {"number": "7", "stage": "thinking"}, told)


@pytest.mark.parametrize("caller", CALLERS)
def test_an_undocumented_success_of_a_submit_is_an_acceptance(caller: Any) -> None:
    found = caller("acme", acme(), "run", picture="cat.png", model_name="plain")
    words = found.result["words"] if type(found.result) is dict else found.result.words
    assert words == "a cat"
