"""What a run is made of, and in which order."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from redenlab import InputError
from redenlab.core.runs.shards import in_shard
from redenlab.core.runs.sources import Item, items


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Recordings among other files, on two levels."""
    for name in ("b.wav", "a.mp3", "notes.txt", ".hidden.wav", "deep/c.flac", ".git/d.wav"):
        path = tmp_path / "calls" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"RIFF")
    return tmp_path / "calls"


def labels(found: Any) -> list[str]:
    return [item.label for item in found]


def test_a_folder_stands_for_the_recordings_in_it_and_below(folder: Path) -> None:
    found = [str(folder / name) for name in ("a.mp3", "b.wav", "deep/c.flac")]
    assert labels(items(folder)) == found
    assert labels(items(str(folder))) == found


def test_a_glob_names_any_file(folder: Path) -> None:
    assert labels(items(f"{folder}/*.txt")) == [f"{folder}/notes.txt"]
    assert labels(items(f"{folder}/**/*.flac")) == [f"{folder}/deep/c.flac"]


def test_a_file_may_be_called_like_a_glob(tmp_path: Path) -> None:
    path = tmp_path / "a[1].wav"
    path.write_bytes(b"RIFF")
    assert labels(items(path)) == [str(path)]


def test_a_tilde_is_the_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert labels(items("~/b.wav")) == [f"{folder}/b.wav"]
    assert labels(items(["~/deep"])) == [f"{folder}/deep/c.flac"]


def test_a_manifest_has_columns_and_paths_that_are_relative_to_it(folder: Path) -> None:
    manifest = folder / "m.csv"
    manifest.write_text("speaker,path\nAnn,b.wav\nBob,https://x.example/c.wav?v=3\n")
    first, second = items(manifest)
    assert first == Item(str(folder / "b.wav"), {"speaker": "Ann"}, label="b.wav")
    assert (second.label, second.columns) == ("https://x.example/c.wav", {"speaker": "Bob"})


def test_lines_of_json_keep_their_types(folder: Path) -> None:
    manifest = folder / "m.jsonl"
    manifest.write_text('{"file": "b.wav", "age": 3}\n\n{"file": "a.mp3", "age": null}\n')
    assert [item.columns for item in items(manifest)] == [{"age": 3}, {"age": None}]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("m.csv", "speaker\nAnn\n", "line 2: no file is named"),
        ("m.csv", "file,speaker\nb.wav,Ann\n,Bob\n", "line 3: no file is named"),
        ("m.jsonl", '{"file": "b.wav"}\n[1]\n', "line 2: this is no JSON object"),
        ("m.jsonl", "nonsense\n", "line 1: this is no JSON object"),
        ("m.csv", b"file\n\xff\n", "cannot be read"),
    ],
)
def test_a_wrong_manifest_is_refused_by_its_line(
    tmp_path: Path, name: str, text: str | bytes, problem: str
) -> None:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=problem) as caught:
        list(items(path))
    assert str(path) in caught.value.message


@pytest.mark.parametrize(("source", "problem"), [("*.nothing", "no file fits"), ("", "has no")])
def test_nothing_to_run_is_refused(tmp_path: Path, source: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        items(f"{tmp_path}/{source}")


def test_what_is_one_source_is_one_item() -> None:
    for source in (b"RIFF", io.BytesIO(b"RIFF"), Item(parameters={"a": 1})):
        (found,) = items(source)
        assert found.label == "#1"


def test_an_iterable_is_read_one_item_at_a_time() -> None:
    read = []

    def sources() -> Iterator[bytes]:
        for number in range(3):
            read.append(number)
            yield bytes([number])

    found = iter(items(sources()))
    assert (next(found).label, read) == ("#1", [0])
    assert labels(found) == ["#2", "#3"]


def test_every_item_is_in_one_shard_and_always_the_same() -> None:
    every = items([bytes([number]) for number in range(100)])
    parts = [list(in_shard(every, (number, 3))) for number in range(3)]
    assert sorted(item.label for part in parts for item in part) == sorted(labels(every))
    assert labels(parts[0])[:3] == ["#1", "#3", "#4"]
    assert min(map(len, parts)) > 20
