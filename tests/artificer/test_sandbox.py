"""What the sandbox has of Artificer beyond its clients: one state, refusals, restarts."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

import redenlab.sandbox
from pdfs import LINE, pdf
from redenlab import BadRequest, Retry
from redenlab.artificer import Artificer
from redenlab.sandbox import Sandbox


def asked(sandbox: Sandbox, method: str, path: str, **more: Any) -> httpx.Response:
    url = f"{sandbox.urls['artificer']}{path}"
    headers = {"Authorization": f"Bearer {sandbox.api_key}"}
    return httpx.request(method, url, headers=headers, trust_env=False, **more)


def test_both_protocols_show_one_state(sandbox: Sandbox) -> None:
    with (
        sandbox.artificer_client() as rest,
        sandbox.artificer_client(protocol="trpc") as remote,
    ):
        made = remote.conversations.create(title="One")
        rest.conversations.send_message(made.id, "Hello")
        assert [m.content for m in remote.conversations.get(made.id).messages or ()] == [
            "Hello",
            "You said: Hello",
        ]
        job = rest.batch.create("n", [{"input": "a"}], [{"name": "p"}])
        assert remote.batch.get(job.id).name == "n"


def test_procedures_are_wrapped_and_say_what_are_dates(sandbox: Sandbox) -> None:
    made = asked(sandbox, "POST", "/conversations.create", json={"json": {"title": "T"}})
    data = made.json()["result"]["data"]
    assert data["json"]["title"] == "T"
    assert data["meta"]["values"]["createdAt"] == ["Date"]
    given = json.dumps({"json": data["json"]["id"]})
    for prefix in ("", "/api/trpc"):
        found = asked(sandbox, "GET", f"{prefix}/conversations.getById", params={"input": given})
        assert found.json()["result"]["data"]["json"]["id"] == data["json"]["id"]


REFUSALS: list[tuple[str, str, Any, int, str]] = [
    ("POST", "/batch.pauseJob", {"json": {"jobId": "x"}}, 404, "NOT_FOUND"),
    ("POST", "/batch.createJob", {"json": {"name": ""}}, 400, "BAD_REQUEST"),
    ("POST", "/chat.sendMessage", {}, 400, "BAD_REQUEST"),
]


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), REFUSALS)
def test_procedures_are_refused_in_their_envelope(
    sandbox: Sandbox, method: str, path: str, body: Any, status: int, code: str
) -> None:
    response = asked(sandbox, method, path, json=body)
    data = response.json()["error"]["json"]["data"]
    assert (response.status_code, data["code"]) == (status, code)


def test_projects_fail_by_a_success(sandbox: Sandbox) -> None:
    response = asked(sandbox, "POST", "/projects.delete", json={"json": {"id": "x"}})
    assert response.status_code == 200
    assert response.json()["result"]["data"]["json"]["success"] is False


def test_another_method_and_no_key_are_refused(sandbox: Sandbox) -> None:
    assert asked(sandbox, "GET", "/batch.createJob").status_code == 405
    url = f"{sandbox.urls['artificer']}/conversations.list"
    assert httpx.get(url, trust_env=False).status_code == 401


def test_what_does_not_fit_is_told_part_by_part(client: Artificer) -> None:
    with pytest.raises(BadRequest) as caught:
        client.projects.create("P", extra_body={"name": 7})
    assert [each.field for each in caught.value.fields] == ["name"]


def test_a_batch_outlives_its_sandbox(tmp_path: Path) -> None:
    with redenlab.sandbox.running(folder=tmp_path, processing=60) as first:
        with first.artificer_client(protocol="trpc") as client:
            conversation = client.conversations.create(title="Kept")
            job = client.batch.create("n", [{"input": "a"}], [{"name": "p"}])
            client.batch.pause(job.id)
    with redenlab.sandbox.running(folder=tmp_path, processing=60) as second:
        with second.artificer_client() as client:
            assert client.conversations.get(conversation.id).title == "Kept"
            assert client.batch.get(job.id).status == "PAUSED"
            assert client.batch.resume(job.id).status == "RUNNING"


def test_faults_are_ordered_by_operation_for_both_protocols(sandbox: Sandbox) -> None:
    for protocol in ("rest", "trpc"):
        sandbox.faults.add("status=503 at=artificer/usage.get_session_stats")
        with sandbox.artificer_client(protocol=protocol) as client:
            assert client.usage.get_session_stats().message_count >= 0
    counts = sandbox.requests.counters
    assert counts["artificer/usage.get_session_stats"] == 4


def test_a_file_that_is_no_pdf_is_refused(client: Artificer) -> None:
    with pytest.raises(Exception, match="cannot be read"):
        client.with_options(retry=Retry.off()).images.process_pdf(b"hello")
    assert client.images.process_pdf(pdf([LINE])).metadata.method == "ocr"
