"""The sentinel finds what it is there to find, wherever it is planted."""

import logging
import re
from pathlib import Path

import pytest

from redenlab import ServerError
from sentinel import OURS, Sentinel

PLANTED = re.compile("pl4nted")
"""What the sentinel of the whole suite does not look for."""

LEAKS = {
    "a key of the tests": "X-Api-Key: sk_test_5ecre7",
    "a key of the embedded backend": "sk_sandbox_" + "a" * 32,
    "a program's secret": "cs_sandbox_" + "b" * 32,
    "an access token": "Bearer at_sandbox_1790000000_" + "c" * 40,
    "a refresh token": "rt_sandbox_1790000000_" + "d" * 40,
    "a signature": "https://s.example/a?X-Amz-Date=1&X-Amz-Signature=" + "0" * 64,
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_secret_in_a_log_is_found(leak: str) -> None:
    sentinel = Sentinel()
    sentinel.handle(logging.LogRecord("x", logging.DEBUG, "", 0, "%s", (LEAKS[leak],), None))
    assert len(sentinel.found) == 1


def test_a_secret_in_a_field_of_a_log_is_found() -> None:
    sentinel = Sentinel()
    record = logging.LogRecord("x", logging.DEBUG, "", 0, "fine", (), None)
    record.redenlab = {"url": LEAKS["a signature"]}
    sentinel.handle(record)
    assert len(sentinel.found) == 1


def test_harmless_words_are_no_secrets() -> None:
    sentinel = Sentinel()
    sentinel.look("x", "X-Amz-Signature=… sk_sandbox_ token at_sandbox X-Amz-Signature=0")
    assert sentinel.found == []


def test_a_secret_in_an_error_is_found_in_its_text_and_its_pickle() -> None:
    sentinel = Sentinel(PLANTED)
    undo = sentinel.watch()
    try:
        error = ServerError("no", body="pl4nted")
    finally:
        undo()
    sentinel.judge("here")
    assert [found.partition(" of ")[0] for found in sentinel.found] == ["the text", "the pickle"]
    assert error.body


def test_a_secret_in_a_local_of_a_frame_of_ours_is_found() -> None:
    """Compiled as if it stood in the SDK."""
    sentinel = Sentinel(PLANTED)
    source = "def ask(key):\n    raise Failure('refused')\n"
    names: dict[str, object] = {"Failure": ServerError}
    exec(compile(source, f"{OURS[0]}/planted.py", "exec"), names)
    undo = sentinel.watch()
    try:
        with pytest.raises(ServerError):
            names["ask"]("pl4nted")  # type: ignore[operator]
    finally:
        undo()
    sentinel.judge("here")
    (found,) = sentinel.found
    assert found.startswith("a local of planted.py:ask:key, in the traceback of ServerError")


def test_a_secret_in_a_file_is_found_unless_that_is_what_it_is_for(tmp_path: Path) -> None:
    sentinel = Sentinel(PLANTED)
    for name in ("api-key", "credentials.yaml", "results.jsonl"):
        (tmp_path / name).write_text("pl4nted")
    sentinel.search(tmp_path)
    (found,) = sentinel.found
    assert found.startswith("the file results.jsonl")


def test_a_secret_that_a_test_prints_is_found() -> None:
    sentinel = Sentinel()
    sentinel.read("here", [("Captured stdout call", LEAKS["an access token"]), ("other", "")])
    assert len(sentinel.found) == 1
