"""The promise: a backend change is a spec edit, and not one line of Python.

A copy of the project gets the four edits of ``docs/adding-a-model.md``, block by block as the page
has them; everything else has to follow by itself.
"""

import json
import re
from pathlib import Path

import pytest

from language_server import LanguageServer
from project_copy import Project
from strict_types import configure, findings, lines

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-model.md").read_text()
EDITS = re.findall(r"```yaml replace\n(.*?)# becomes\n(.*?)```", PAGE, re.DOTALL)
(CODE,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
TYPOS = [
    ("vowel=", "vovel="),
    ("0.7", "'much'"),
    (".pitch.median", ".pitch.mean"),
    ("turn_count", "segment_count"),  # the name before the rename
]


def importing(folder: Path) -> list[str]:
    """The modules that import what is generated from the edited spec."""
    found = re.compile(r"\bredenlab(_api)?\.ml\b")
    modules = folder.glob("src/redenlab/**/*.py")
    return [str(each.relative_to(folder)) for each in modules if found.search(each.read_text())]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The copy, edited and generated anew."""
    project = Project(tmp_path_factory.mktemp("acceptance") / "copy")
    spec = project.folder / "openapi" / "ml.yaml"
    before = project.written_by_hand()
    text = spec.read_text()
    for old, new in EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    spec.write_text(text)
    project.passes("python", "scripts/generate.py")
    assert project.written_by_hand() == before  # hand-written lines changed: 0
    (project.folder / "use.py").write_text(CODE)
    for number, (right, wrong) in enumerate(TYPOS):
        (project.folder / f"typo_{number}.py").write_text(CODE.replace(right, wrong))
    configure(
        project.folder,
        include=[*importing(project.folder), "generated/redenlab_api/ml", "use.py", "typo_*.py"],
        exclude=["**/server.py"],
        extraPaths=["src", "generated"],
    )
    return project


def test_the_page_has_all_four_edits() -> None:
    page = " ".join(new for _, new in EDITS)
    for word in ("voice-strain:", "parameters:", "archiving", "word_count", "turn_count"):
        assert word in page


def test_the_edited_project_passes_its_own_checks(project: Project) -> None:
    project.passes("python", "scripts/words.py")
    project.passes("python", "-m", "openapi_spec_validator", "openapi/ml.yaml")
    project.passes("lint-imports")


def test_what_uses_the_edited_package_is_well_typed_and_a_typo_is_an_error(
    project: Project,
) -> None:
    found = findings(project.folder)
    typos = [project.folder / f"typo_{number}.py" for number in range(len(TYPOS))]
    assert {path: found[path] for path in found if path not in typos} == {}
    for (right, wrong), path in zip(TYPOS, typos, strict=True):
        assert CODE[: CODE.index(right)].count("\n") + 1 in lines(found, path), wrong


def test_the_new_model_gets_its_own_contract_tests_and_they_pass(project: Project) -> None:
    others = "not test_profiles or voice-strain"  # those of the other models take long
    printed = project.passes(
        *("python", "-m", "pytest", "-v", "tests/contract", "tests/ml", "-k", others),
        *("-p", "no:cacheprovider"),
    )
    assert "test_a_model_returns_its_own_result_type[voice-strain] PASSED" in printed
    profiles = "test_a_model_returns_the_same_of_its_type_in_both_profiles"
    assert f"{profiles}[voice-strain] PASSED" in printed


def test_the_command_lists_the_new_model_and_its_fields(project: Project) -> None:
    listed = project.passes("python", "-m", "redenlab.cli.main", "models", "-o", "json")
    models = {model["name"]: model for model in json.loads(listed)}
    fields = {field["name"] for field in models["voice-strain"]["fields"]}
    assert fields == {"strain_score", "pitch"}
    assert "voice-strain" in project.passes(
        "python", "-m", "redenlab.cli.main", "predict", "--help"
    )


def test_the_table_of_jobs_has_the_new_model_and_status(project: Project) -> None:
    table = (project.folder / "generated/redenlab_api/ml/JOBS.md").read_text()
    result = "[`VoiceStrainResult`](#voicestrainresult)"
    assert f"| `voice-strain` | `vowel`? `sensitivity`? | {result} |" in table
    assert '| `vowel`? | `Literal["a", "i", "u"]` | – | – | The vowel that is held. |' in table
    assert "| `sensitivity`? | `float` | 0 to 1 | – | How much counts as strain. |" in table
    assert "| `pitch` | [`VoicePitch`](#voicepitch) | How high the voice is. |" in table
    assert "### VoicePitch\n" in table
    assert "| `archiving` | running |" in table


def test_the_embedded_backend_serves_it_with_its_parameters(project: Project) -> None:
    program = (
        "import redenlab.sandbox\n"
        "with redenlab.sandbox.running(processing=0) as sandbox, sandbox.client() as client:\n"
        "    found = client.predict('src/redenlab/sandbox/recordings/one_speaker.wav',\n"
        "        model_name='voice-strain', vowel='a', sensitivity=0.5)\n"
        "    print(50 <= found.result.pitch.median <= 500, 0 <= found.result.strain_score <= 100)\n"
        "    try: client.predict(b'RIFF', model_name='voice-strain', vovel='a')\n"
        "    except redenlab.InputError as error: print(error)\n"
    )
    printed = project.passes("python", "-c", program)
    assert printed.splitlines() == [
        "True True",
        "voice-strain has no parameter 'vovel' (its parameters: sensitivity, vowel)",
    ]


def test_the_language_server_completes_the_model_and_its_result(project: Project) -> None:
    start = "from redenlab import InferenceClient\nclient = InferenceClient()\n"
    with LanguageServer(project.folder) as server:
        names = server.completions(
            project.folder / "a.py", f'{start}client.predict("a.wav", model_name="|")\n'
        )
        assert "voice-strain" in names
        call = 'client.predict("a.wav", model_name="voice-strain")'
        fields = server.completions(project.folder / "b.py", f"{start}{call}.result.|\n")
        assert {"strain_score", "pitch"} <= fields
