"""What a long result costs: from bytes to typed objects, read once, and kept.

Beside ours stand ``json.loads``, which makes no types, and four that do: msgspec, cattrs and
pydantic with classes of the same fields, and what openapi-python-client generates by itself.
"""

import gc
import importlib
import json
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs
import cattrs
import httpx
import msgspec
import pydantic

ROUNDS = 7
WORDS = 36_000
SEGMENTS = 2_000

SPEC = """
openapi: 3.1.0
info: {title: Stock, version: '1'}
paths:
  /result:
    get:
      operationId: get_result
      responses:
        '200':
          description: result
          content: {application/json: {schema: {$ref: '#/components/schemas/Transcript'}}}
components:
  schemas:
    Word:
      type: object
      required: [word]
      properties:
        {word: {type: string}, start: {type: number}, end: {type: number}, score: {type: number},
         speaker: {type: string}}
    Segment:
      type: object
      required: [start, end, text]
      properties:
        {start: {type: number}, end: {type: number}, text: {type: string},
         speaker: {type: string}}
    Transcript:
      type: object
      required: [segments, word_segments]
      properties:
        segments: {type: array, items: {$ref: '#/components/schemas/Segment'}}
        word_segments: {type: array, items: {$ref: '#/components/schemas/Word'}}
"""


class _MsgspecWord(msgspec.Struct):
    word: str
    start: float | None = None
    end: float | None = None
    score: float | None = None
    speaker: str | None = None


class _MsgspecSegment(msgspec.Struct):
    start: float
    end: float
    text: str
    speaker: str | None = None


class _MsgspecResult(msgspec.Struct):
    segments: list[_MsgspecSegment]
    word_segments: list[_MsgspecWord]


@attrs.define
class _AttrsWord:
    word: str
    start: float | None = None
    end: float | None = None
    score: float | None = None
    speaker: str | None = None


@attrs.define
class _AttrsSegment:
    start: float
    end: float
    text: str
    speaker: str | None = None


@attrs.define
class _AttrsResult:
    segments: list[_AttrsSegment]
    word_segments: list[_AttrsWord]


class _PydanticWord(pydantic.BaseModel):
    word: str
    start: float | None = None
    end: float | None = None
    score: float | None = None
    speaker: str | None = None


class _PydanticSegment(pydantic.BaseModel):
    start: float
    end: float
    text: str
    speaker: str | None = None


class _PydanticResult(pydantic.BaseModel):
    segments: list[_PydanticSegment]
    word_segments: list[_PydanticWord]


Decode = Callable[[bytes], Any]


def content() -> bytes:
    """A transcript of three megabytes."""
    words = [
        {"word": f"said{n % 997}", "start": n / 3, "end": n / 3 + 0.2, "score": n % 100 / 100}
        for n in range(WORDS)
    ]
    segments = [
        {"start": n * 1.5, "end": n * 1.5 + 1.4, "text": f"what was said {n} " * 12}
        for n in range(SEGMENTS)
    ]
    return json.dumps({"segments": segments, "word_segments": words}).encode()


def decoders(folder: Path) -> Mapping[str, Decode]:
    """Ours and the peers, by name; the stock generator writes into `folder`."""
    from redenlab_api.ml.models import WhisperxResult  # noqa: PLC0415

    structure = cattrs.Converter().structure
    stock = _stock(folder)
    return {
        "redenlab": lambda text: WhisperxResult.from_dict(json.loads(text)),
        "msgspec": msgspec.json.Decoder(_MsgspecResult).decode,
        "cattrs": lambda text: structure(json.loads(text), _AttrsResult),
        "pydantic": _PydanticResult.model_validate_json,
        "openapi-python-client": lambda text: stock.from_dict(json.loads(text)),
    }


def _stock(folder: Path) -> Any:
    source = folder / "stock.yaml"
    source.write_text(SPEC)
    program = Path(sys.executable).with_name("openapi-python-client")
    command = (program, "generate", "--path", source, "--meta", "none", "--overwrite")
    target = folder / "stock_client"
    subprocess.run(
        [*command, "--output-path", target], check=True, capture_output=True, timeout=120
    )
    sys.path.insert(0, str(folder))
    return importlib.import_module("stock_client.models.transcript").Transcript


def read(result: Any) -> None:
    """Read every field of every segment and word once."""
    for word in result.word_segments:
        _ = word.word, word.start, word.end, word.score, word.speaker
    for segment in result.segments:
        _ = segment.start, segment.end, segment.text, segment.speaker


def seconds(work: Callable[[], object]) -> float:
    """The least processor time that `work` takes in several rounds."""
    found: list[float] = []
    for _ in range(ROUNDS):
        gc.collect()
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def kept(decode: Decode, text: bytes) -> int:
    """Bytes that a decoded result keeps."""
    gc.collect()
    tracemalloc.start()
    result = decode(text)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del result
    return held


def figures() -> Iterator[tuple[str, str, float, float, str]]:
    """What, of whom, the value, that of ``json.loads``, and the bar for us."""
    text = content()
    with tempfile.TemporaryDirectory() as folder:
        known = decoders(Path(folder))
    plain = seconds(lambda: json.loads(text))
    size = kept(json.loads, text)
    for name, decode in known.items():
        ours = name == "redenlab"
        yield "decoded", name, seconds(lambda d=decode: d(text)), plain, "≥ 0.4" if ours else ""
        each = seconds(lambda d=decode: read(d(text)))
        yield "every field read", name, each, plain, "≥ 0.2" if ours else ""
        yield "kept", name, kept(decode, text), size, "≤ 1.8" if ours else ""
    yield "get_result, whole call", "redenlab", _whole_call(text), plain, ""


def _whole_call(text: bytes) -> float:
    """Seconds of a `get_result` whose response has the transcript in it."""
    from redenlab import InferenceClient  # noqa: PLC0415

    body = b'{"job_id":"j","status":"completed","result":' + text + b"}"
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with InferenceClient("k" * 20, "https://api.example.com", transport=transport) as client:
        return seconds(lambda: client.get_result("j", model_name="whisperx"))


def item_microseconds() -> float:
    """What one key of a long result costs."""
    from redenlab_api.ml.models import WhisperxResult  # noqa: PLC0415

    result = WhisperxResult.from_dict(json.loads(content()))
    return seconds(lambda: result["word_segments"]) * 1e6
