"""What a spec has to describe, and what is no description."""

from pathlib import Path

import pytest

from descriptions import is_filler, undescribed
from edited_specs import changed
from redenlab.core.spec.document import Spec

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "openapi" / "ml.yaml").read_text()
SRT = "srt: {type: string, description: Link to the subtitles in the format SubRip.}"


def found(folder: Path, new: str) -> list[str]:
    """What is undescribed if the property ``srt`` is `new`."""
    (folder / "ml.yaml").write_text(changed(SPEC, (SRT, new)))
    return [str(error) for error in undescribed(Spec(folder / "ml.yaml"))]


def test_a_missing_description_has_the_line_of_its_property(tmp_path: Path) -> None:
    line = SPEC[: SPEC.index(SRT)].count("\n") + 1
    (problem,) = found(tmp_path, "srt: {type: string}")
    assert problem.startswith(f"ml.yaml:{line}: the property 'srt' of SubtitleLinks has no ")


def test_what_a_property_refers_to_describes_it(tmp_path: Path) -> None:
    assert found(tmp_path, "srt: {$ref: '#/components/schemas/Syllable'}") == []


def test_what_stands_in_several_places_is_found_once(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, "srt: &link {type: string}\n        txt: *link")
    assert "'srt'" in problem


@pytest.mark.parametrize(
    ("text", "names", "filler"),
    [
        ("Created at.", "created_at JobResult", True),
        ("The id.", "id", True),
        ("The id of the job.", "jobId", True),
        ("Name of the model", "model_name get_health", True),
        ("Segments.", "segment", True),
        ("As the service documents it.", "depth", True),
        ("TODO", "depth", True),
        ("Bytes.", "size StoredFile", False),
        ("When it was made, in UTC.", "created_at JobResult", False),
        ("As sent by the service: a UUID.", "id", False),
    ],
)
def test_what_only_repeats_a_name_is_filler(text: str, names: str, filler: bool) -> None:
    assert is_filler(text, names) is filler
