"""The command that resumes a run."""

from pathlib import Path

import pytest

from redenlab import ConfigurationError
from redenlab.core.runs import names


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


def made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_a_ledger_in_the_folder_of_runs_is_called_by_its_name() -> None:
    path = made(names.folder() / "calls-3fa9c1.sqlite")
    assert names.resume_command(path) == "redenlab run resume calls-3fa9c1"
    assert names.found("calls-3fa9c1") == path


def test_a_ledger_here_is_called_by_its_relative_path(tmp_path: Path) -> None:
    path = made(tmp_path / "my calls.sqlite")
    assert names.resume_command(path) == "redenlab run resume 'my calls.sqlite'"
    assert names.found("my calls.sqlite") == path


@pytest.mark.parametrize("letters", [50, 200])
def test_a_command_has_at_most_120_characters_and_leads_back(tmp_path: Path, letters: int) -> None:
    path = made(tmp_path / ("x" * letters) / "y" / f"{'z' * letters}.sqlite")
    command = names.resume_command(path)
    assert len(command) <= 120
    assert names.found(command.split()[-1]) == path
    assert command == names.resume_command(path)
    names.forget(path)
    assert names.names() == []


def test_a_run_that_is_not_there_is_refused_with_those_that_are() -> None:
    made(names.folder() / "calls.sqlite")
    with pytest.raises(ConfigurationError, match="there is no run other") as caught:
        names.found("other")
    assert caught.value.hint == "runs on this machine: calls"


def test_the_same_stem_and_digest_make_the_same_name() -> None:
    assert names.name_for("Müller & Söhne", "abcdef012") == "M-ller-S-hne-abcdef"
    assert names.name_for("", "abcdef012") == "run-abcdef"
