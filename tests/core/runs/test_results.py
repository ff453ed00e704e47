"""The file of results."""

from pathlib import Path

import pytest

from redenlab import ConfigurationError
from redenlab.core.runs.results import Results


def test_a_line_is_found_by_its_key_in_the_next_process(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    Results(path).put("k", {"result": {"score": 1}})
    found = Results(path)
    assert "k" in found
    assert found.get("k") == {"key": "k", "result": {"score": 1}}
    assert found.get("other") is None
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_last_line_of_an_item_counts(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    results = Results(path)
    for key, value in [("a", 1), ("b", 2), ("a", 3)]:
        results.put(key, {"result": value})
    assert [line["result"] for line in Results(path).all()] == [2, 3]


def test_a_line_without_its_end_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    Results(path).put("a", {"result": 1})
    with path.open("a") as file:
        file.write('{"key": "b", "resu')
    results = Results(path)
    assert "b" not in results
    results.put("c", {"result": 2})
    assert [line["key"] for line in Results(path).all()] == ["a", "c"]


def test_without_a_file_results_have_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    results = Results(None)
    results.put("a", {"result": 1})
    assert results.get("a") == {"key": "a", "result": 1}
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be written"):
        Results(tmp_path)
