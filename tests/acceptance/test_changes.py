"""Changes that one place decides: each edit touches a single hand-written file, and works."""

import shutil
from pathlib import Path

import pytest

from project_copy import ROOT, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def edit(project: Project, file: str, old: str, new: str) -> None:
    path = project.folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def touched(project: Project, before: dict[str, str]) -> list[str]:
    after = project.written_by_hand()
    return sorted(name for name in after if after[name] != before.get(name))


def test_a_retry_rule_is_one_row(project: Project) -> None:
    before = project.written_by_hand()
    table = "src/redenlab/core/transport/outcomes.py"
    row = "409: Outcome(errors.Conflict"
    edit(project, table, f"{row}),", f"{row}, retryable=True),")
    code = (
        "from redenlab.core.transport.gate import refused\n"
        "from redenlab.lowlevel.types import RawResponse as R\n"
        "print([refused(R(409, {}, b''), peer).retryable for peer in ('api', 'storage')])"
    )
    assert project.passes("python", "-c", code) == "[True, True]\n"
    assert touched(project, before) == [table]


def test_an_error_text_is_one_place(project: Project) -> None:
    before = project.written_by_hand()
    file = "src/redenlab/core/errors.py"
    edit(project, file, "check the model name, the job id and the base URL", "look it up")
    code = (
        "from redenlab.core.transport.gate import refused\n"
        "from redenlab.lowlevel.types import RawResponse as R\n"
        "print(refused(R(404, {}, b'')).hint)"
    )
    assert project.passes("python", "-c", code) == "look it up\n"
    assert touched(project, before) == [file]


def test_a_flag_of_the_command_is_one_parameter(project: Project) -> None:
    before = project.written_by_hand()
    file = "src/redenlab/cli/sandbox.py"
    edit(
        project,
        file,
        ') -> None:\n    """Run the backend',
        '    quiet: Annotated[bool, typer.Option(help="Say nothing.")] = False,\n'
        ') -> None:\n    """Run the backend',
    )
    code = (
        "from redenlab.cli.main import main; import sys; sys.argv[1:] = ['sandbox', 'up', '--help']"
    )
    assert "--quiet" in project.passes("python", "-c", f"{code}; main()")
    assert touched(project, before) == [file]


def test_a_backend_is_a_spec(project: Project) -> None:
    before = project.written_by_hand()
    shutil.copy(ROOT / "tests" / "example_specs" / "acme.yaml", project.folder / "openapi")
    project.passes("python", "scripts/generate.py")
    code = "import redenlab_api.acme.jobs as jobs; print(len(jobs.CLIENTS) > 0)"
    assert project.passes("python", "-c", code) == "True\n"
    assert touched(project, before) == []
