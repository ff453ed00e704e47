"""The sentinel finds what it is there to find, wherever it is planted."""

import logging
import re
from pathlib import Path

import pytest

from redenlab import ServerError
from secret_leak_check import OURS, SecretLeakCheck

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
    secret_leak_check = SecretLeakCheck()
    secret_leak_check.handle(
        logging.LogRecord("x", logging.DEBUG, "", 0, "%s", (LEAKS[leak],), None)
    )
    assert len(secret_leak_check.found) == 1


def test_a_secret_in_a_field_of_a_log_is_found() -> None:
    secret_leak_check = SecretLeakCheck()
    record = logging.LogRecord("x", logging.DEBUG, "", 0, "fine", (), None)
    record.redenlab = {"url": LEAKS["a signature"]}
    secret_leak_check.handle(record)
    assert len(secret_leak_check.found) == 1


def test_harmless_words_are_no_secrets() -> None:
    secret_leak_check = SecretLeakCheck()
    secret_leak_check.scan("x", "X-Amz-Signature=… sk_sandbox_ token at_sandbox X-Amz-Signature=0")
    assert secret_leak_check.found == []


def test_a_secret_in_an_error_is_found_in_its_text_and_its_pickle() -> None:
    secret_leak_check = SecretLeakCheck(PLANTED)
    undo = secret_leak_check.watch()
    try:
        error = ServerError("no", body="pl4nted")
    finally:
        undo()
    secret_leak_check.judge("here")
    assert [found.partition(" of ")[0] for found in secret_leak_check.found] == [
        "the text",
        "the pickle",
    ]
    assert error.body


def test_a_secret_in_a_local_of_a_frame_of_ours_is_found() -> None:
    """Compiled as if it stood in the SDK."""
    secret_leak_check = SecretLeakCheck(PLANTED)
    source = "def ask(key):\n    raise Failure('refused')\n"
    names: dict[str, object] = {"Failure": ServerError}
    exec(compile(source, f"{OURS[0]}/planted.py", "exec"), names)
    undo = secret_leak_check.watch()
    try:
        with pytest.raises(ServerError):
            names["ask"]("pl4nted")  # type: ignore[operator]
    finally:
        undo()
    secret_leak_check.judge("here")
    (found,) = secret_leak_check.found
    assert found.startswith("a local of planted.py:ask:key, in the traceback of ServerError")


def test_a_secret_in_a_file_is_found_unless_that_is_what_it_is_for(tmp_path: Path) -> None:
    secret_leak_check = SecretLeakCheck(PLANTED)
    for name in ("api-key", "credentials.yaml", "results.jsonl"):
        (tmp_path / name).write_text("pl4nted")
    secret_leak_check.search(tmp_path)
    (found,) = secret_leak_check.found
    assert found.startswith("the file results.jsonl")


def test_a_secret_that_a_test_prints_is_found() -> None:
    secret_leak_check = SecretLeakCheck()
    secret_leak_check.read(
        "here", [("Captured stdout call", LEAKS["an access token"]), ("other", "")]
    )
    assert len(secret_leak_check.found) == 1
