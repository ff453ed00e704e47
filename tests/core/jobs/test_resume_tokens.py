"""Resume tokens: what travels in them, and what must not."""

import base64
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from redenlab import Job
from redenlab.core.errors import InputError, boundary
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.resume_tokens import decode, encode
from scripted_api import EXAMPLES, ScriptedApi, connect
from secret_leak_check import traceback_with_locals

KEPT = {"region": "eu", "at": "https://api.example.com/jobs/7?view=full", "number": 3}


def test_a_job_arrives_with_all_that_was_kept_of_it() -> None:
    ref = JobRef("7", "whisperx", kept=KEPT)
    service, job, arrived = decode(encode("acme", "caption", ref))
    assert (service, job) == ("acme", "caption")
    assert (arrived.job_id, arrived.model, dict(arrived.kept)) == ("7", "whisperx", KEPT)


def test_a_job_without_a_model_or_kept_values_has_a_short_token() -> None:
    token = encode("acme", "caption", JobRef("7", None))
    _, _, arrived = decode(token)
    assert (arrived.job_id, arrived.model, dict(arrived.kept)) == ("7", None, {})
    assert b"kept" not in base64.urlsafe_b64decode(token + "==")


@pytest.mark.parametrize(
    "url",
    [
        "https://s.example.com/a?X-Amz-Signature=5ecre7",
        "https://s.example.com/a?Signature=5ecre7&Expires=9",
        "https://s.example.com/a?sig=5ecre7&se=2030",
        "/captions/7?X-Amz-Signature=5ecre7",
    ],
)
def test_a_signed_url_is_refused_by_its_name_and_not_quoted(url: str) -> None:
    refused = pytest.raises(InputError, match=r"known by a signed URL \(at\)")
    with refused as caught, boundary():
        encode("acme", "caption", JobRef("7", None, kept={"at": url}))
    assert "5ecre7" not in f"{caught.value} {caught.value!r}"
    assert caught.value.job_id == "7"


def token_of(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


@pytest.mark.parametrize(
    ("token", "problem"),
    [
        ("", "this is not a resume token"),
        ("?", "this is not a resume token"),
        ("é", "this is not a resume token"),
        (token_of([1]), "this is not a resume token"),
        (base64.urlsafe_b64encode(b"[" * 100_000).decode(), "this is not a resume token"),
        (token_of({"v": 99, "id": "7"}), "another version"),
        (token_of({"id": "7"}), "another version"),
        (token_of({"v": 1}), "damaged"),
        (token_of({"v": 1, "id": ""}), "damaged"),
        (token_of({"v": 1, "id": "7", "model": 7}), "damaged"),
        (token_of({"v": 1, "id": "7", "kept": [1]}), "damaged"),
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_token_is_an_input_error(token: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        decode(token)


ADDED = "        number: {type: string}\n        at: {type: string}\n"


def kept_acme(folder: Path) -> str:
    """Acme, whose polls go to the URL that the submit's response named."""
    text = (EXAMPLES / "acme.yaml").read_text(encoding="utf-8")
    before = """          operationId: get_caption
          parameters: {number: $job.id}
"""
    assert before in text
    text = text.replace(before, "          url: $job.at\n          matches: get_caption\n", 1)
    text = text.replace("        id: ", "        keep: {at: $response.body#/at}\n        id: ", 1)
    text = text.replace("        number: {type: string}\n", ADDED, 1)
    (folder / "acme.yaml").write_text(text)
    return str(folder / "acme")


def test_another_process_polls_at_the_url_that_was_kept(tmp_path: Path) -> None:
    name = kept_acme(tmp_path)
    submitted = {"number": "7", "stage": "thinking", "at": "/captions/7"}
    api = ScriptedApi().on("POST /captions", submitted)
    api.on("GET /captions/7", {"number": "7", "stage": "told", "text": {"words": "a cat"}})
    token = connect(name, api).submit(picture="cat.png").resume_token
    again = Job.from_resume_token(token, connect(name, api))
    assert again.result().result == {"words": "a cat"}
    assert api.calls == ["POST /captions", "GET /captions/7"]


def test_a_job_that_a_signed_url_names_has_no_token_and_still_a_result(tmp_path: Path) -> None:
    name = kept_acme(tmp_path)
    at = "/captions/7?X-Amz-Signature=5ecre7"
    api = ScriptedApi().on("POST /captions", {"number": "7", "stage": "thinking", "at": at})
    api.on("GET /captions/7", {"number": "7", "stage": "told", "text": {"words": "a cat"}})
    job = connect(name, api).submit(picture="cat.png")
    with pytest.raises(InputError, match="must not be stored") as caught:
        job.resume_token  # noqa: B018
    assert "5ecre7" not in traceback_with_locals(caught.value)
    with pytest.raises(InputError, match="must not be stored") as caught:
        pickle.dumps(job)
    assert "5ecre7" not in traceback_with_locals(caught.value)
    assert job.result().result == {"words": "a cat"}
