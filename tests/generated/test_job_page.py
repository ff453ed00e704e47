"""``JOBS.md``: a page that needs no other."""

import re
from pathlib import Path

import pytest

from example_trees import TREES
from redenlab.lowlevel import fields as model_fields
from redenlab_api.ml import models
from redenlab_api.ml.jobs import PREDICT

ROOT = Path(__file__).parents[2]
PAGES = {
    name: (ROOT / "generated" / "redenlab_api" / name / "JOBS.md").read_text()
    for name in ("ml", "replicate")
}


@pytest.fixture(scope="module")
def page() -> str:
    """The page of a spec with constraints of every kind."""
    return (TREES.tree("assay") / "redenlab_api" / "example_assay" / "JOBS.md").read_text()


def sections(page: str) -> dict[str, list[str]]:
    """The lines below each heading of the third level, by its text."""
    found = re.split(r"^### (.*)\n", page, flags=re.MULTILINE)[1:]
    return {name: text.splitlines() for name, text in zip(found[::2], found[1::2], strict=True)}


def test_every_result_has_a_section_with_its_fields_and_those_of_its_parts() -> None:
    found = sections(PAGES["ml"])

    def described(model: model_fields.Model) -> None:
        lines = found[model.__name__]
        for field in model_fields.fields(model):
            (line,) = (line for line in lines if re.match(rf"\| `{field.name}`\??\s", line))
            assert "`{}`".format(field.type.replace("|", "\\|")) in line
            assert line.endswith(f"| {field.description} |")
            for part in field.models:
                described(part)

    for model in PREDICT.spec.models.values():
        described(getattr(models, model.result))


def test_parameters_have_type_bounds_default_and_description() -> None:
    found = sections(PAGES["ml"])["TranscribeParameters"]
    (language,) = (line for line in found if line.startswith("| `language_code` |"))
    assert language.startswith("| `language_code` | `str` | at least 2 characters | – | Language")
    (speakers,) = (line for line in found if line.startswith("| `max_speaker_count`? |"))
    assert speakers.startswith("| `max_speaker_count`? | `int` | 2 to 10 | `10` | The most")


def test_a_job_without_models_has_its_arguments_and_its_result() -> None:
    page = PAGES["replicate"]
    assert "| `wait`? | `bool \\| float` | 1 to 60 | – | Seconds for which" in page
    assert "| `input` | `Mapping[str, Any] \\| Source` | – | – | What the model is given" in page
    assert "| `result` | [`TrainingOutput`](#trainingoutput) | What a training makes. |" in page
    assert "| `metrics` | [`Metrics \\| None`](#metrics) | How long" in page


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_section(name: str) -> None:
    headings = {heading.lower() for heading in sections(PAGES[name])}
    assert set(re.findall(r"\]\(#(\w+)\)", PAGES[name])) <= headings


def test_constraints_are_said_in_words(page: str) -> None:
    assert '| `purpose` | `Literal["study", "trade"]` | – | – | – |' in page
    assert "| `lab` | `str` | matching `^[a-z]+$` | – | – |" in page
    assert "| 1 to 3 items, no item twice | – | – |" in page
    assert "| `degrees`? | `float` | at least 400, less than 1600 | `900` | – |" in page


def test_a_part_of_a_parameter_has_a_section_once(page: str) -> None:
    assert "| `cupels`? | [`list[Cupel]`](#cupel) |" in page
    assert page.count("### Cupel\n") == 1


def test_no_line_is_padded_and_no_two_are_empty(page: str) -> None:
    for text in (page, *PAGES.values()):
        assert not re.search(r"[ \t]$|\n\n\n", text, re.MULTILINE)
