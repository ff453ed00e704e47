"""Private files: who may read them, and what YAML they may hold."""

import os
from pathlib import Path

import pytest

from example_settings import settings
from redenlab.core.auth.private_file import read_yaml, refuse_unsafe
from redenlab.core.errors import ConfigurationError


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o660])
def test_a_file_that_others_can_read_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        settings()


def test_a_file_of_another_user_is_refused() -> None:
    mine = Path(__file__).stat()
    fields = [*mine[:10]]
    fields[0], fields[4] = 0o100600, mine.st_uid + 1
    with pytest.raises(ConfigurationError, match="belongs to another user"):
        refuse_unsafe(Path("settings.yaml"), os.stat_result(fields), user=mine.st_uid)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a: [1, 2", "not valid YAML"),
        ("- a\n- b\n", "name: value"),
        ("just text", "name: value"),
        ("1: 2", "name: value"),
        ("!!python/object/apply:os.system ['true']", "not valid YAML"),
        ("a: " + "[" * 30 + "]" * 30, "unknown setting"),
        ("a: " + "[" * 600 + "]" * 600, "not valid YAML"),
        ("a: '" + "x" * 70000 + "'", "larger than"),
        ("a: \x00", "not valid YAML"),
        ("api-key: sk_live_1234567890", "unknown setting 'api-key'"),
        ("colour: red", "unknown setting 'colour'"),
    ],
)
def test_a_malformed_file_is_refused(file: Path, content: str, problem: str) -> None:
    file.write_text(content)
    with pytest.raises(ConfigurationError, match=problem) as caught:
        settings()
    assert "sk_live" not in str(caught.value)


@pytest.mark.parametrize("kind", ["directory", "fifo"])
def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "thing"
    os.mkfifo(path, 0o600) if kind == "fifo" else path.mkdir()
    with pytest.raises(ConfigurationError):
        read_yaml(path)
