"""Long recordings: cut into pieces, each scored, averaged, and nothing hidden."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

import faulty_server
import redenlab.sandbox
from memory import PEAK
from processes import environment
from redenlab import AuthenticationError, InputError, JobFailed, MissingExtra, UploadError
from redenlab.core.errors import NetworkError
from redenlab.core.jobs.segments import Segment
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox import Sandbox
from redenlab_api.ml.jobs import MODEL_NAMES, PREDICT

SCORED = [
    m
    for m in MODEL_NAMES
    if PREDICT.x_job.segments and PREDICT.spec.models[m].result in PREDICT.x_job.segments.scores
]
WHOLE = [m for m in MODEL_NAMES if m not in SCORED]
RATE = 8000


def tones(seconds: float, subtype: str = "PCM_16", form: str = "WAV", channels: int = 1) -> bytes:
    """A recording whose pitch says which second it is."""
    time = np.arange(round(seconds * RATE)) / RATE
    samples = 0.3 * np.sin(2 * np.pi * (200 + np.floor(time)) * time)
    file = io.BytesIO()
    soundfile.write(file, np.tile(samples[:, None], channels), RATE, format=form, subtype=subtype)
    return file.getvalue()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.mark.parametrize(
    ("seconds", "spans"),
    [
        (0.5, [(0, 0.5)]),
        (50, [(0, 50)]),
        (50.5, [(0, 50), (49, 50.5)]),
        (99, [(0, 50), (49, 99)]),
        (99.25, [(0, 50), (49, 99), (98, 99.25)]),
        (148, [(0, 50), (49, 99), (98, 148)]),
    ],
)
def test_segments_are_50_s_long_and_overlap_by_1_s(
    sandbox: Sandbox, seconds: float, spans: list[tuple[float, float]]
) -> None:
    with sandbox.client("key") as client:
        found = client.predict_segmented(tones(seconds), model_name="intelligibility")
    assert [each.segment for each in found.scored] == [
        Segment(index, *map(float, span)) for index, span in enumerate(spans)
    ]
    assert found.complete


def test_the_mean_is_that_of_the_scores(sandbox: Sandbox) -> None:
    with sandbox.client("token") as client:
        found = client.predict_segmented(tones(120), model_name="ataxia-naturalness")
        results = [
            client.get_result(each.job_id, model_name="ataxia-naturalness") for each in found.scored
        ]
    scores = [each.score for each in found.scored]
    assert scores == [each.result.naturalness_score for each in results]
    assert found.mean == pytest.approx(np.mean(scores))
    assert found.std_dev == pytest.approx(np.std(scores))
    assert (found.model_name, found.score) == ("ataxia-naturalness", "naturalness_score")


def heard(sandbox: Sandbox, profile: Any, seconds: float, **more: Any) -> list[dict[str, Any]]:
    """What is asked of the upload endpoint."""
    import json

    asked: list[dict[str, Any]] = []

    async def listen(message: OutgoingRequest, proceed: Any) -> RawResponse:
        if message.url.endswith("/upload-url"):
            asked.append(json.loads(message.content))
        response: RawResponse = await proceed(message)
        return response

    with sandbox.client(profile, middleware=[listen]) as client:
        found = client.predict_segmented(tones(seconds), filename="call.wav", **more)
        assert (found.asset_id is None) is (profile == "key" or seconds <= 50)
    return asked


def test_with_a_token_the_whole_is_uploaded_first_and_every_segment_names_it(
    sandbox: Sandbox,
) -> None:
    whole, *segments = heard(sandbox, "token", 60)
    assert whole == {"filename": "call.wav", "content_type": "audio/wav"}
    assert [segment["filename"] for segment in segments] == ["call-0000.wav", "call-0001.wav"]
    assert [segment["chunk_index"] for segment in segments] == [0, 1]
    assert len({segment["parent_asset_id"] for segment in segments}) == 1


def test_a_short_recording_is_sent_once(sandbox: Sandbox) -> None:
    (only,) = heard(sandbox, "token", 3)
    assert "parent_asset_id" not in only


def test_with_a_key_the_whole_is_not_sent(sandbox: Sandbox) -> None:
    before = sandbox.jobs_created
    asked = heard(sandbox, "key", 60)
    assert all("parent_asset_id" not in each for each in asked)
    assert sandbox.jobs_created - before == 2


@pytest.mark.parametrize("model", WHOLE)
def test_models_without_a_score_are_refused_unsent(sandbox: Sandbox, model: str) -> None:
    before = sandbox.jobs_created
    with sandbox.client("token") as client:
        with pytest.raises(InputError, match="cannot be averaged") as caught:
            client.predict_segmented(tones(60), model_name=model)  # type: ignore[arg-type]
        assert all(name in str(caught.value) for name in SCORED)
        assert client.metrics == {"calls": 1, "errors": 1}
    assert sandbox.jobs_created == before


@pytest.mark.parametrize("model", SCORED)
def test_every_score_model_takes_segments(sandbox: Sandbox, model: Any) -> None:
    with sandbox.client("token") as client:
        assert client.predict_segmented(tones(51), model_name=model).complete


@pytest.mark.parametrize(
    ("form", "subtype", "channels"),
    [
        ("WAV", "PCM_16", 1),
        ("WAV", "PCM_24", 2),
        ("WAV", "FLOAT", 1),
        ("FLAC", "PCM_16", 1),
        ("OGG", "VORBIS", 2),
    ],
)
def test_any_format_that_libsndfile_reads_is_cut(
    sandbox: Sandbox, form: str, subtype: str, channels: int
) -> None:
    with sandbox.client("key") as client:
        found = client.predict_segmented(tones(55, subtype, form, channels))
    assert len(found.scored) == 2


def test_the_samples_of_a_segment_are_those_of_the_recording(tmp_path: Path) -> None:
    whole, _ = soundfile.read(io.BytesIO(tones(60, "PCM_24")), dtype="int32")
    with redenlab.sandbox.running(folder=tmp_path, processing=0) as running:
        with running.client("key") as client:
            found = client.predict_segmented(tones(60, "PCM_24"))
        assert len(found.scored) == 2
    files = sorted((tmp_path / "files").iterdir(), key=lambda file: -file.stat().st_size)
    for file, (start, end) in zip(files, [(0, 50), (49, 60)], strict=True):
        segment, rate = soundfile.read(file, dtype="int32")
        assert rate == RATE
        assert np.array_equal(segment, whole[start * RATE : end * RATE])


def test_a_file_that_begins_in_the_middle_of_another_is_cut_from_there(sandbox: Sandbox) -> None:
    file = io.BytesIO(b"some other header" + tones(51))
    file.seek(len(b"some other header"))
    with sandbox.client("key") as client:
        assert len(client.predict_segmented(file).scored) == 2
    assert file.tell() == len(b"some other header")


def test_a_recording_on_the_web_is_cut(sandbox: Sandbox) -> None:
    data = tones(51)
    with (
        faulty_server.FaultyServer(faulty_server.says(faulty_server.response(data))) as web,
        sandbox.client("token") as client,
    ):
        assert len(client.predict_segmented(f"{web.url}/call.wav").scored) == 2


@pytest.mark.parametrize("bad", [b"RIFF", b"no audio at all", b"\x00" * 100])
def test_what_cannot_be_decoded_is_refused_unsent(sandbox: Sandbox, bad: bytes) -> None:
    with sandbox.client("key") as client:
        with pytest.raises(InputError, match="cannot be decoded"):
            client.predict_segmented(bad)
        assert "attempted" not in client.metrics


def test_an_asset_cannot_be_cut(sandbox: Sandbox) -> None:
    with sandbox.client("token") as client:
        asset = client.upload(tones(1))
        with pytest.raises(InputError, match="an asset cannot be cut"):
            client.predict_segmented(asset)  # type: ignore[arg-type]


class Breaking:
    """A middleware that loses some requests for an upload; the first is that for the whole."""

    def __init__(self, *segments: int, path: str = "/upload-url") -> None:
        self.segments = segments
        self.path = path
        self.seen = -1

    async def __call__(self, message: OutgoingRequest, proceed: Any) -> RawResponse:
        if message.url.endswith(self.path):
            self.seen += 1
            if self.seen in self.segments:
                raise NetworkError("the line is down")
        response: RawResponse = await proceed(message)
        return response


def test_a_failed_segment_is_reported_with_its_reason_and_not_counted(
    sandbox: Sandbox,
) -> None:
    with sandbox.client("key", middleware=[Breaking(2)]) as client:
        found = client.predict_segmented(tones(140))
    assert [each.segment.index for each in found.scored] == [0, 2]
    (lost,) = found.failed
    assert (lost.segment.index, lost.error.message) == (1, "the line is down")
    assert not found.complete
    assert found.mean == pytest.approx(np.mean([each.score for each in found.scored]))


def test_if_every_segment_fails_the_first_reason_is_raised(sandbox: Sandbox) -> None:
    with sandbox.client("key", middleware=[Breaking(1, 2)]) as client:
        with pytest.raises(NetworkError, match="the line is down"):
            client.predict_segmented(tones(60))


def test_a_refused_credential_ends_the_call_at_once(sandbox: Sandbox) -> None:
    with sandbox.client("key", api_key="sk_wrong_5ecre7_1") as client:
        with pytest.raises(AuthenticationError):
            client.predict_segmented(tones(140))
        assert client.metrics["attempted"] == 1


def test_segments_that_are_not_done_in_time_can_be_waited_for_later() -> None:
    with redenlab.sandbox.running(processing=30) as running, running.client("key") as client:
        with pytest.raises(redenlab.JobTimeout) as caught:
            client.predict_segmented(tones(51), timeout=1.5)
        assert caught.value.job.status == "processing"
        assert running.jobs_created == 2


def test_memory_holds_a_segment_and_not_the_recording(tmp_path: Path, sandbox: Sandbox) -> None:
    """20 minutes of 16 kHz are 37 MiB; a piece is 1.5."""
    long, short = tmp_path / "long.wav", tmp_path / "short.wav"
    for path, seconds in ((long, 1200), (short, 60)):
        with soundfile.SoundFile(path, "w", 16000, 1, subtype="PCM_16") as file:
            for _ in range(seconds // 10):
                file.write(np.zeros(160_000, dtype="int16"))
    program = (
        "import sys, redenlab\n"
        "c = redenlab.InferenceClient(poll=redenlab.Poll(initial=0.1))\n"
        "print(len(c.predict_segmented(sys.argv[1]).scored))\n"
        f"print({PEAK})\n"
    )
    settings = {"REDENLAB_ML_API_KEY": sandbox.api_key, "REDENLAB_ML_BASE_URL": sandbox.url}
    peaks: list[int] = []
    for path, segments in ((short, 2), (long, 25)):
        done = subprocess.run(
            [sys.executable, "-c", program, str(path)],
            env=environment(**settings),
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        scored, peak = done.stdout.split()
        assert int(scored) == segments
        peaks.append(int(peak))
    assert peaks[1] - peaks[0] < 16 * 1024  # KiB


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox) -> None:
    monkeypatch.setitem(sys.modules, "soundfile", None)
    with sandbox.client("key") as client, pytest.raises(MissingExtra, match=r"redenlab\[audio\]"):
        client.predict_segmented(tones(1))


def test_a_failed_job_of_a_segment_has_its_reason(sandbox: Sandbox, tmp_path: Path) -> None:
    """The second upload is spoiled on its way, so that its job cannot be decoded."""
    with redenlab.sandbox.running(folder=tmp_path, processing=0.3) as running:

        async def spoil(message: OutgoingRequest, proceed: Any) -> RawResponse:
            if message.url.endswith("/predict"):
                for path in (tmp_path / "files").iterdir():
                    if path.stat().st_size < 50 * RATE * 2:
                        path.write_bytes(b"noise")
            response: RawResponse = await proceed(message)
            return response

        with running.client("key", middleware=[spoil]) as client:
            found = client.predict_segmented(tones(60))
    (lost,) = found.failed
    assert isinstance(lost.error, JobFailed)
    assert "cannot be decoded" in str(lost.error)


def test_the_upload_of_the_whole_that_fails_ends_the_call(sandbox: Sandbox) -> None:
    with faulty_server.FaultyServer(faulty_server.resets) as storage:

        async def elsewhere(message: OutgoingRequest, proceed: Any) -> RawResponse:
            response: RawResponse = await proceed(message)
            if message.url.endswith("/upload-url"):
                content = response.content.replace(
                    sandbox.storage_url.encode(), f"http://127.0.0.1:{storage.port}".encode()
                )
                return RawResponse(response.status_code, response.headers, content)
            return response

        with sandbox.client("token", middleware=[elsewhere]) as client:
            with pytest.raises(UploadError):
                client.predict_segmented(tones(60))
