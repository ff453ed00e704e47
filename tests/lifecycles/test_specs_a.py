"""Job APIs that are told by their specs alone, and read by both kinds of clients."""

import pytest

from scripted_api import ScriptedApi, connect, generated

SPECS = ["assemblyai", "luma", "openai_video", "revai", "runpod", "speechmatics"]


@pytest.mark.parametrize("name", SPECS)
def test_a_client_is_made_of_the_spec_without_complaint(name: str) -> None:
    with connect(name, ScriptedApi()) as client:
        assert client.job("7").id == "7"


@pytest.mark.parametrize("name", SPECS)
def test_code_is_generated_from_the_spec_and_can_be_imported(name: str) -> None:
    (job,) = generated(name).JOBS
    sync, asynchronous = generated(name).CLIENTS[job]
    assert [sync.__name__, asynchronous.__name__] == [sync.__name__, f"Async{sync.__name__}"]
    assert callable(getattr(sync, job))
