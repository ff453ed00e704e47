"""`run`: references to models, files in and out, waits, and how it ends."""

import base64
import hashlib
import io
import pickle
import re
from pathlib import Path
from typing import Any

import anyio
import pytest

from redenlab.core import errors
from redenlab.core.jobs.handles import Job
from redenlab.replicate import AsyncFileOutput, FileOutput, ReplicateClient
from redenlab.sandbox import Sandbox
from redenlab.sandbox.replicate.catalogue import PAINTER
from redenlab.sandbox.replicate.pictures import picture
from redenlab_api.replicate.jobs import PREDICT
from scripted_replicate import BASE, ID, KEY, URL, Server, say, virtual
from virtual_io import Slow

HEX = "5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa"
assert PREDICT.x_job.files is not None
MAX_INLINE_BYTES = PREDICT.x_job.files.inline
FLUX = "black-forest-labs/flux-schnell"


# ---- references


@pytest.mark.parametrize("ref", ["acme/painter", f"acme/painter:{HEX}", "acme/painter:v2", HEX])
def test_a_reference_is_sent_as_the_version(ref: str) -> None:
    server = Server().polls("succeeded", output="hi")
    assert virtual(server).run(ref, {"prompt": "a cat"}) == "hi"
    assert server.body(0) == {"version": ref, "input": {"prompt": "a cat"}}


@pytest.mark.parametrize("ref", ["", "painter", "a/b/c", "a/b:", "/b", "a /b", HEX[:-1], "a/b c"])
def test_what_names_no_model_is_refused_before_anything_is_sent(ref: str) -> None:
    server = Server()
    with pytest.raises(errors.InputError, match="names no model"):
        virtual(server).run(ref)
    assert server.requests == []


REFUSED = {
    "title": "Invalid version or not permitted",
    "detail": "The specified version does not exist (or perhaps you don't have permission to use "
    "it?)",
    "status": 422,
}


def test_a_community_model_without_a_version_runs_its_newest_one() -> None:
    made = say(201, {"id": ID, "status": "starting"})
    server = Server().polls("succeeded", output="hi")
    server.on("POST /v1/predictions", say(422, REFUSED), made)
    server.on("GET /v1/models/acme/painter", say(200, {"latest_version": {"id": HEX}}))
    assert virtual(server).run("acme/painter") == "hi"
    assert server.calls[:3] == [
        "POST /v1/predictions",
        "GET /v1/models/acme/painter",
        "POST /v1/predictions",
    ]
    assert server.body(2) == {"version": HEX, "input": {}}


@pytest.mark.parametrize(
    "model", [say(404, {"detail": "no"}), say(200, {"latest_version": None}), say(200, {})]
)
def test_a_model_without_versions_is_refused_as_the_service_refused_it(model: Any) -> None:
    server = Server().on("POST /v1/predictions", say(422, REFUSED))
    server.on("GET /v1/models/acme/painter", model)
    with pytest.raises(errors.BadRequest, match="version does not exist") as caught:
        virtual(server).run("acme/painter")
    assert "no model acme/painter" in str(caught.value)


def test_a_version_that_does_not_exist_is_not_replaced_by_another() -> None:
    server = Server().on("POST /v1/predictions", say(422, REFUSED))
    with pytest.raises(errors.BadRequest):
        virtual(server).run(f"acme/painter:{HEX}")
    assert len(server.requests) == 1


def test_bad_input_is_told_field_by_field_and_not_tried_again() -> None:
    fields = [
        {"type": "required", "field": "input.prompt", "description": "prompt is required"},
        {"type": "number_lte", "field": "input.steps", "description": "must be at most 4"},
    ]
    body = {"title": "Input validation failed", "detail": "- a\n- b", "invalid_fields": fields}
    server = Server().on("POST /v1/predictions", say(422, body))
    with pytest.raises(errors.BadRequest) as caught:
        virtual(server).run("acme/painter")
    assert [field.field for field in caught.value.fields] == ["input.prompt", "input.steps"]
    assert caught.value.fields[1].type == "number_lte"
    assert pickle.loads(pickle.dumps(caught.value)).fields == caught.value.fields
    assert len(server.requests) == 1


def test_the_sandbox_s_community_model_runs_by_its_name(client: ReplicateClient) -> None:
    (image,) = client.run("sandbox/painter", {"prompt": "a cat"})
    assert image.read() == picture("a cat  0")


# ---- ends


def test_a_sync_response_with_output_is_not_the_end() -> None:
    """It said processing, with output, and failed later: that is a failure."""
    server = Server().polls("processing", "failed", error="NSFW content detected")
    with_response = {"id": ID, "status": "processing", "output": [URL]}
    server.on("POST /v1/predictions", say(201, with_response, preference_applied="wait=5"))
    with pytest.raises(errors.JobFailed, match="NSFW content detected") as caught:
        virtual(server).run("acme/painter", wait=5)
    assert caught.value.job_id == ID
    assert server.requests[0].headers["Prefer"] == "wait=5"


def test_the_sandbox_fails_after_output_too(client: ReplicateClient) -> None:
    with pytest.raises(errors.JobFailed, match="E1000"):
        client.run(FLUX, {"prompt": "sandbox:fail"}, wait=5)


@pytest.mark.parametrize("word", ["canceled", "aborted"])
def test_a_stopped_prediction_ends_the_wait_with_the_reason(word: str) -> None:
    client = virtual(Server().polls("starting", word))
    with pytest.raises(errors.JobCancelled, match=f"was cancelled: {word}") as caught:
        client.run("acme/painter")
    assert caught.value.code == word
    assert caught.value.job_id == ID


def test_an_unknown_status_keeps_the_wait_going() -> None:
    client = virtual(Server().polls("starting", "warming", "succeeded", output=1))
    assert client.run("acme/painter") == 1


def test_a_timeout_hands_out_the_live_job_and_cancels_nothing() -> None:
    server = Server().polls("processing")
    with pytest.raises(errors.JobTimeout) as caught:
        virtual(server).run("acme/painter", timeout=60)
    assert isinstance(caught.value.job, Job)
    assert caught.value.job.id == ID
    assert not any(call.endswith("/cancel") for call in server.calls)


def test_the_time_to_cancel_after_is_sent() -> None:
    server = Server().polls("succeeded", output=1)
    virtual(server).run("acme/painter", cancel_after="1h30m45s", webhook="https://example.com/h")
    assert server.requests[0].headers["Cancel-After"] == "1h30m45s"
    assert server.body(0)["webhook"] == "https://example.com/h"


def test_a_lost_create_is_uncertain_and_never_repeated() -> None:
    lost = errors.NetworkError("lost", retryable=True)
    server = Server().on("POST /v1/predictions", lost)
    with pytest.raises(errors.SubmitUncertain):
        virtual(server).run("acme/painter")
    assert server.calls == ["POST /v1/predictions"]


@pytest.mark.parametrize("wait", [0, 61, -1])
def test_a_wait_beyond_60_s_is_refused(wait: int) -> None:
    server = Server()
    with pytest.raises(errors.InputError, match="wait is .*, and has to be"):
        virtual(server).run("acme/painter", wait=wait)
    assert server.requests == []


def test_a_mistyped_option_is_not_ignored() -> None:
    with pytest.raises(errors.InputError, match="no parameter 'timout'"):
        virtual(Server()).run("acme/painter", timout=5)  # type: ignore[call-arg]


def test_a_response_that_is_held_back_for_a_minute_is_waited_for() -> None:
    server = Server().polls("succeeded", output=1)
    made = say(201, {"id": ID, "status": "processing"})
    server.on("POST /v1/predictions", Slow(59, made))
    assert virtual(server).run("acme/painter", wait=60) == 1


def test_a_submit_that_takes_as_long_without_being_asked_is_uncertain() -> None:
    server = Server()
    server.on("POST /v1/predictions", Slow(59, say(201, {"id": ID, "status": "processing"})))
    with pytest.raises(errors.SubmitUncertain):
        virtual(server).run("acme/painter")


# ---- files in an input


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    path.write_bytes(picture("a cat"))
    return path


def sent(value: Any) -> Any:
    server = Server().polls("succeeded", output=1)
    virtual(server).run("acme/painter", {"image": value})
    return server.body(0)["input"]["image"]


def test_small_files_travel_as_data_uris_wherever_they_are(image: Path) -> None:
    encoded = base64.b64encode(image.read_bytes()).decode()
    with image.open("rb") as opened:
        found = sent([image, {"deep": opened}, (image.read_bytes(),), bytearray(b"x")])
    assert found == [
        f"data:image/png;base64,{encoded}",
        {"deep": f"data:image/png;base64,{encoded}"},
        [f"data:application/octet-stream;base64,{encoded}"],
        "data:application/octet-stream;base64,eA==",
    ]


def test_what_is_no_file_stays_as_it_is() -> None:
    value = {"text": "cat.png", "number": 1.5, "none": None, "flag": True, "url": URL}
    assert sent(value) == value


def test_the_output_of_one_model_is_the_input_of_the_next() -> None:
    client = virtual(Server())
    assert sent(FileOutput(client, URL)) == URL


@pytest.mark.parametrize("size", [MAX_INLINE_BYTES, MAX_INLINE_BYTES + 1])
def test_larger_files_are_uploaded_first(tmp_path: Path, size: int) -> None:
    path = tmp_path / "big.mp4"
    path.write_bytes(bytes(size))
    server = Server().polls("succeeded", output=1)
    server.on("POST /v1/files", say(201, {"id": "f", "urls": {"get": f"{BASE}/files/f"}}))
    virtual(server).run("acme/painter", {"video": path})
    uploads = server.calls.count("POST /v1/files")
    if size > MAX_INLINE_BYTES:
        assert uploads == 1
        assert server.body(1)["input"] == {"video": f"{BASE}/files/f"}
        body = server.requests[0].content
        assert re.search(rb'filename="recording-[0-9a-f]{8}\.mp4"', body)
        assert b"Content-Type: video/mp4" in body
        assert server.requests[0].headers["Authorization"] == f"Bearer {KEY}"
    else:
        assert uploads == 0
        assert len(server.body(0)["input"]["video"]) < 256_000


def test_an_uploaded_file_arrives_whole(client: ReplicateClient) -> None:
    content = bytes(range(256)) * 2000
    client.run("sandbox/film", {"image_urls": [io.BytesIO(content)]})
    stored = next(iter(client.files.list()))
    assert stored.size == len(content)
    assert stored.checksums.sha256 == hashlib.sha256(content).hexdigest()  # type: ignore[union-attr]


@pytest.mark.parametrize("source", [Path("nowhere.png"), b"", io.StringIO("text"), Path()])
def test_a_file_that_cannot_be_used_stops_everything(source: Any) -> None:
    server = Server().polls("succeeded")
    with pytest.raises(errors.InputError):
        virtual(server).run("acme/painter", {"image": source})
    assert server.requests == []


def test_an_upload_that_is_refused_makes_no_prediction(tmp_path: Path) -> None:
    server = Server().on("POST /v1/files", say(413, {"detail": "Files must be less than 100MB"}))
    with pytest.raises(errors.TooLarge):
        virtual(server).run("acme/painter", {"image": bytes(MAX_INLINE_BYTES + 1)})
    assert server.calls == ["POST /v1/files"]


@pytest.mark.parametrize("value", [object(), {1, 2}, float("nan"), 1j])
def test_what_json_cannot_say_is_refused_before_anything_is_sent(value: Any) -> None:
    server = Server().polls("succeeded")
    with pytest.raises(errors.InputError, match=r"predictions\.create: "):
        virtual(server).run("acme/painter", {"deep": [value]})
    assert server.requests == []


def test_submit_takes_files_too(client: ReplicateClient, image: Path) -> None:
    version = f"sandbox/film:{client.models.get('sandbox', 'film').latest_version.id}"  # type: ignore[union-attr]
    job = client.submit(version, input={"image_urls": [image]})
    assert job.result().status == "succeeded"


# ---- files in an output


def test_addresses_become_files_and_the_rest_stays() -> None:
    output = {"images": [URL, "data:text/plain;base64,aGk="], "text": "see https://x.y", "n": 1}
    found = virtual(Server().polls("succeeded", output=output)).run("acme/painter")
    first, second = found["images"]
    assert isinstance(first, FileOutput)
    assert str(first) == first.url == URL
    assert second.read() == b"hi"
    assert found["text"] == "see https://x.y"
    assert found["n"] == 1


def test_a_file_is_fetched_without_the_key_from_another_host() -> None:
    server = Server().on("GET /xezq/out-0.webp", say(200, "picture"))
    file = FileOutput(virtual(server), f"{URL}?sig=1")
    assert file.read() == b'"picture"'
    (asked,) = server.requests
    assert asked.url == f"{URL}?sig=1"
    assert not asked.to_api
    assert "Authorization" not in asked.headers
    assert "sig" not in repr(file)


def test_a_file_of_the_api_itself_is_fetched_with_the_key() -> None:
    server = Server().on("GET /v1/files/f", say(200, "x"))
    FileOutput(virtual(server), f"{BASE}/files/f").read()
    assert server.requests[0].headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    "url",
    [
        "http://replicate.delivery/x.png",
        "https://127.0.0.1/x.png",
        "https://localhost:8000/x.png",
        "https://user@replicate.delivery/x.png",
        "https://replicate.delivery\\@evil.example/x.png",
    ],
)
def test_an_address_that_cannot_be_trusted_is_not_asked(url: str) -> None:
    server = Server().polls("succeeded", output=url)
    client = virtual(server)
    assert client.run("acme/painter") == url  # plain text, not a file
    with pytest.raises(errors.UnexpectedResponse, match="sent a link that"):
        FileOutput(client, url).read()
    assert len(server.requests) == 2


def test_a_file_that_is_gone_says_so() -> None:
    server = Server().on("GET /xezq/out-0.webp", say(404))
    with pytest.raises(errors.LinkExpired):
        FileOutput(virtual(server), URL).read()


def test_a_file_is_asked_for_again_when_that_may_help() -> None:
    server = Server().on("GET /xezq/out-0.webp", say(503), say(200, 1))
    client = virtual(server)
    assert FileOutput(client, URL).read() == b"1"
    assert client.io.slept == [5]


def test_a_file_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "cat.webp"
    target.write_bytes(b"old")
    server = Server().on("GET /xezq/out-0.webp", say(404))
    with pytest.raises(errors.LinkExpired):
        FileOutput(virtual(server), URL).save(target)
    assert target.read_bytes() == b"old"
    server.on("GET /xezq/out-0.webp", say(200, "new"))
    assert FileOutput(virtual(server), URL).save(str(target)) == target
    assert target.read_bytes() == b'"new"'
    assert list(tmp_path.iterdir()) == [target]


def test_chunks_arrive_as_they_are_downloaded(client: ReplicateClient) -> None:
    (image,) = client.run(FLUX, {"prompt": "a cat", "seed": 7})
    assert b"".join(image) == image.read() == picture("a cat 7 0")


def test_async_files_do_the_same(sandbox: Sandbox, tmp_path: Path) -> None:
    async def main() -> None:
        async with sandbox.async_replicate_client() as client:
            (image,) = await client.run(FLUX, {"prompt": "a cat"})
            assert isinstance(image, AsyncFileOutput)
            chunks = [chunk async for chunk in image]
            assert b"".join(chunks) == await image.read() == picture("a cat  0")
            path = await image.save(tmp_path / "cat.png")
            assert path.read_bytes() == await image.read()

    anyio.run(main, backend="asyncio")
    anyio.run(main, backend="trio")


def test_a_version_of_the_sandbox_runs_by_its_id(client: ReplicateClient) -> None:
    assert len(client.run(PAINTER.version, {"prompt": "a cat", "num_outputs": 3})) == 3


def test_a_job_travels_by_its_token(sandbox: Sandbox, client: ReplicateClient) -> None:
    token = client.submit(FLUX, input={"prompt": "a cat"}).resume_token
    with sandbox.replicate_client() as other:
        ended = Job[Any].from_resume_token(token, other).result()
    assert ended.status == "succeeded"
    assert ended.metrics.predict_time > 0
    assert sandbox.api_key not in token
