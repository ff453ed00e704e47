"""Files and rows of a result: read when they are wanted, and not before."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from redenlab.core.errors import APIError, UnexpectedResponse
from redenlab.core.jobs.outputs import AsyncFileOutput, AsyncRows, FileOutput, Rows
from scripted_api import EXAMPLES, KEY, ScriptedApi, connect, connect_async

FILE = "https://files.example.com/out.bin?sig=5ecre7"

ADDED = "        number: {type: string}\n        out: {type: string}\n"


def acme(folder: Path, result: str) -> str:
    """Acme, with another ``result``; the response to its poll names a file."""
    text = (EXAMPLES / "acme.yaml").read_text(encoding="utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("        result: {name"))
    text = text.replace(line, f"        result: {{name: CaptionResult, {result}}}")
    text = text.replace("        model: $request.body#/style\n", "", 1)
    text = text.replace("[picture, style]", "[picture]", 1)
    text = text.replace("        number: {type: string}\n", ADDED, 1)
    (folder / "acme.yaml").write_text(text)
    return str(folder / "acme")


def api(content: bytes | httpx.Response, url: str = FILE) -> ScriptedApi:
    done = {"number": "7", "stage": "told", "out": url}
    script = ScriptedApi().on("POST /captions", {"number": "7", "stage": "thinking"})
    script.on("GET /captions/7", done)
    response = (
        content if isinstance(content, httpx.Response) else httpx.Response(200, content=content)
    )
    return script.on("GET /out.bin", response)


def sync(name: str, script: ScriptedApi, use: Callable[[Any], Any]) -> Any:
    with connect(name, script) as client:
        found = client.run(picture="cat.png").result
        assert isinstance(found, FileOutput | Rows)
        assert "GET /out.bin" not in script.calls
        return use(found)


def awaited(name: str, script: ScriptedApi, use: Callable[[Any], Any]) -> Any:
    async def main() -> Any:
        async with connect_async(name, script) as client:
            found = (await client.run(picture="cat.png")).result
            assert isinstance(found, AsyncFileOutput | AsyncRows)
            assert "GET /out.bin" not in script.calls
            return await use(found)

    return anyio.run(main)


def items(found: Any) -> Any:
    """All that iterating yields, of either kind."""

    async def collect() -> list[Any]:
        return [item async for item in found]

    return list(found) if isinstance(found, Rows | FileOutput) else collect()


BOTH = pytest.mark.parametrize("run", [sync, awaited], ids=["sync", "async"])
BINARY = "url: $poll.body#/out, key: none, media: binary, type: any"
LINES = "url: $poll.body#/out, key: none, media: jsonl, type: any"


@BOTH
def test_a_file_is_read_when_it_is_wanted_and_without_the_key(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    script = api(b"\x89PNG")
    assert run(acme(tmp_path, BINARY), script, lambda file: file.read()) == b"\x89PNG"
    request = script.requests[-1]
    assert request.url.host == "files.example.com"
    assert KEY not in str(request.headers)


@BOTH
def test_a_file_is_saved_whole(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    run(acme(tmp_path, BINARY), api(b"\x89PNG"), lambda file: file.save(path))
    assert path.read_bytes() == b"\x89PNG"


@BOTH
def test_a_file_comes_in_chunks(run: Callable[..., Any], tmp_path: Path) -> None:
    content = bytes(range(256)) * 2000
    assert b"".join(run(acme(tmp_path, BINARY), api(content), items)) == content


@BOTH
def test_a_file_that_is_gone_is_a_typed_error_when_it_is_read(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    with pytest.raises(APIError) as caught:
        run(acme(tmp_path, BINARY), api(httpx.Response(404)), lambda file: file.read())
    assert "5ecre7" not in f"{caught.value} {vars(caught.value)}"


def test_a_file_is_shown_without_its_signature(tmp_path: Path) -> None:
    def shown(file: Any) -> str:
        return repr(file)

    assert "5ecre7" not in sync(acme(tmp_path, BINARY), api(b""), shown)


@BOTH
@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b'{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (b'{"a": 1}\n\n  \n{"a": 2}', [{"a": 1}, {"a": 2}]),
        (b'{"a": 1}\r\n[2]\r\n', [{"a": 1}, [2]]),
        ('"é"\n'.encode(), ["é"]),
        (b"", []),
        (b"\n".join(json.dumps(n).encode() for n in range(20_000)), list(range(20_000))),
    ],
    ids=["lines", "blank lines", "CRLF", "UTF-8", "nothing", "many"],
)
def test_every_line_is_a_row(
    run: Callable[..., Any], tmp_path: Path, content: bytes, rows: list[Any]
) -> None:
    assert run(acme(tmp_path, LINES), api(content), items) == rows


@BOTH
@pytest.mark.parametrize(
    "line",
    [b"<html>", b'{"a": ', b"\xff\xfe", b"[" * 100_000],
    ids=["html", "cut", "bytes", "deep"],
)
def test_a_line_that_is_no_json_is_a_typed_error_with_its_number(
    run: Callable[..., Any], tmp_path: Path, line: bytes
) -> None:
    with pytest.raises(UnexpectedResponse, match="line 2 of the result is no JSON"):
        run(acme(tmp_path, LINES), api(b'{"a": 1}\n' + line + b"\n"), items)


@BOTH
def test_the_rows_before_a_bad_line_are_had(run: Callable[..., Any], tmp_path: Path) -> None:
    def take(rows: Any) -> Any:
        async def collect() -> list[Any]:
            walked = aiter(rows)
            return [await anext(walked), await anext(walked)]

        if isinstance(rows, AsyncRows):
            return collect()
        walked = iter(rows)
        return [next(walked), next(walked)]

    assert run(acme(tmp_path, LINES), api(b"1\n2\n<html>\n"), take) == [1, 2]


def test_rows_are_fetched_anew_by_every_iteration(tmp_path: Path) -> None:
    script = api(b"1\n2\n")
    assert (
        sync(acme(tmp_path, LINES), script, lambda rows: [list(rows), list(rows)]) == [[1, 2]] * 2
    )
    assert script.calls.count("GET /out.bin") == 2


@BOTH
def test_a_url_of_any_place_in_a_result_is_a_file(run: Callable[..., Any], tmp_path: Path) -> None:
    name = acme(tmp_path, "value: $response.body#/out, type: any, files: any")
    assert run(name, api(b"\x89PNG"), lambda file: file.read()) == b"\x89PNG"


@BOTH
def test_a_data_uri_is_a_file_that_costs_no_request(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    name = acme(tmp_path, "value: $response.body#/out, type: any, files: any")
    script = api(b"", "data:image/png;base64," + base64.b64encode(b"\x89PNG").decode())
    assert run(name, script, lambda file: file.read()) == b"\x89PNG"
    assert script.calls == ["POST /captions", "GET /captions/7"]
