"""The proof after generation: every spec passes it, and every kind of fault is found."""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import closed_loop
import redenlab_api
from edited_specs import changed
from package_proof import imported
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from script_run import run_script
from scripted_api import EXAMPLES, generated

ROOT = Path(__file__).parents[2]
KILN = (EXAMPLES / "kiln.yaml").read_text()


def line(text: str, part: str) -> int:
    """The number of the line that is `part`, or else of the first that begins with it."""
    lines = text.splitlines()
    begun = (n for n, each in enumerate(lines) if each.startswith(part))
    return 1 + (lines.index(part) if part in lines else next(begun))


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_every_example_is_proven(name: str) -> None:
    assert generated(name).CLIENTS  # building it proves it


# ---- faults of a generated package -------------------------------------------------------------


@pytest.fixture
def kiln(tmp_path: Path) -> tuple[Spec, Path]:
    """A small spec, and a copy of the package that was generated from it."""
    package = Path(generated("kiln").__file__).parent
    copy = tmp_path / "redenlab_api" / package.name
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    spec = tmp_path / f"{package.name}.yaml"
    spec.write_text(KILN)
    return Spec(spec), copy


FAULTS = {
    "a model that cannot be imported": (
        "models/pot.py",
        "class Pot",
        "undefined_name\nclass Pot",
        "    Pot:",
        "the generated module models.pot cannot be imported: NameError",
    ),
    "an operation that cannot be imported": (
        "api/default/fire.py",
        "OPERATION = ",
        "OPERATION = undefined_name or ",
        "      operationId: fire",
        "api.default.fire cannot be imported",
    ),
    "jobs that cannot be imported": (
        "jobs.py",
        "FIRE: Final",
        "undefined_name\nFIRE: Final",
        "        version: 2",
        "module jobs cannot be imported",
    ),
    "a model that drops a property": (
        "models/firing.py",
        "    error: str | None = field(decoding.string, default=None)",
        "",
        "    Firing:",
        "/error is lost",
    ),
    "a model that adds a property": (
        "models/firing.py",
        "    error: str",
        "    more: str | None = field(decoding.string, default=None)\n    error: str",
        "    Firing:",
        "/more is added",
    ),
    "a model that reads another type": (
        "models/pot.py",
        "field(decoding.string)",
        "field(decoding.integer)",
        "    Firing:",
        "/colour' where an integer was expected",
    ),
    "an operation that is missing": (
        "api/default/get_firing.py",
        'OPERATION = "get_firing"',
        'OPERATION = "get"',
        "      operationId: get_firing",
        "there is no module for the operation get_firing",
    ),
    "an operation with another path": (
        "api/default/get_firing.py",
        'f"/firings/{',
        'f"/firing/{',
        "      operationId: get_firing",
        "its path is /firing/",
    ),
    "an operation without its body": (
        "api/default/fire.py",
        "content=encoding.json_body(body),",
        "",
        "      operationId: fire",
        "the operation fire cannot be built: body: Field required",
    ),
    "an operation without its key": (
        "api/default/get_firing.py",
        "return Request(",
        "return Request(secured=False,",
        "      operationId: get_firing",
        "it is not secured",
    ),
    "an operation that reads nothing": (
        "api/default/get_firing.py",
        "return models.Firing.from_dict(response.json())",
        "return None",
        "      operationId: get_firing",
        "the response 200 of get_firing cannot be parsed",
    ),
    "an end that is not seen": (
        "lifecycles.py",
        '"4": "cancelled"',
        '"4": "running"',
        "        version: 2",
        "the end 4: job",
    ),
    "an end of another class": (
        "lifecycles.py",
        '"3": "failed"',
        '"3": "cancelled"',
        "        version: 2",
        "the end 3: it raised JobCancelled",
    ),
    "a job that does not say why it failed": (
        "lifecycles.py",
        'error="$response.body#/error"',
        'error="$response.body#/firing"',
        "        version: 2",
        "the error does not say why",
    ),
    "a result from elsewhere": (
        "lifecycles.py",
        'value="$response.body#/pot"',
        'value="$response.body"',
        "        version: 2",
        "the end 2",
    ),
    "a result without its type": (
        "lifecycles.py",
        'type="Pot"',
        'type="any"',
        "        version: 2",
        "the result is no Pot, but plain JSON",
    ),
    "a step that calls something else": (
        "lifecycles.py",
        'cancel=Step(operation="stop_firing"',
        'cancel=Step(operation="fire_again"',
        "        version: 2",
        "the step cancel: the service was not asked",
    ),
    "an argument that goes nowhere": (
        "lifecycles.py",
        'place="$request.body#/glaze"',
        'place="$request.body#/clay"',
        "        version: 2",
        "an integer at '/clay'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_package_is_found_and_placed(kiln: tuple[Spec, Path], fault: str) -> None:
    spec, package = kiln
    name, old, new, place, problem = FAULTS[fault]
    (package / name).write_text(changed((package / name).read_text(), (old, new)))
    with pytest.raises(SpecError) as caught:
        closed_loop.prove(spec, package)
    assert problem in str(caught.value)
    assert f"{spec.path.name}:{line(KILN, place)}: " in str(caught.value)


def test_a_package_that_is_sound_passes(kiln: tuple[Spec, Path]) -> None:
    closed_loop.prove(*kiln)


def test_an_imported_package_is_left_alone(kiln: tuple[Spec, Path]) -> None:
    spec, package = kiln
    before: Any = generated("kiln")
    with imported(package) as other:
        assert Path(str(other.__file__)).parent == package
    assert sys.modules[before.__name__] is before
    assert getattr(redenlab_api, spec.backend) is sys.modules[f"redenlab_api.{spec.backend}"]
    assert str(package.parent) not in redenlab_api.__path__


# ---- faults of a spec --------------------------------------------------------------------------

GONE = "          - {when: $statusCode == 410, is: gone}\n"
MISTAKES = {
    "a condition that nothing fulfils first": (
        GONE,
        GONE + GONE.replace("410", "410 && $response.body#/error != null"),
        "        version: 2",
        "states/1",
    ),
    "a condition that is never true": (
        GONE,
        GONE + GONE.replace("$statusCode == 410", "$response.body#/pot && !$response.body#/pot"),
        "        version: 2",
        "no response to a poll shows the state states/1",
    ),
    "a schema that no value fits": (
        "colour: {type: string}",
        "colour: {type: string, minLength: 9, maxLength: 2}",
        "    Pot:",
        "no value of Pot was found: /colour has to have 9 or more characters, and has 2",
    ),
    "a schema that requires itself": (
        "required: [colour], properties: {",
        "required: [colour, pot], properties: {pot: {$ref: '#/components/schemas/Pot'}, ",
        "    Pot:",
        "requires itself",
    ),
    "a response that cannot name the job": (
        "id: $response.body#/firing",
        "id: $response.header.Firing",
        "        version: 2",
        "cannot run the job fire",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_of_a_spec_is_found_and_placed(tmp_path: Path, mistake: str) -> None:
    old, new, place, problem = MISTAKES[mistake]
    text = changed(KILN, (old, new))
    path = tmp_path / "kiln.yaml"
    path.write_text(text)
    with pytest.raises(SpecError) as caught:
        closed_loop.prove(Spec(path))
    assert problem in str(caught.value)
    assert f"kiln.yaml:{line(text, place)}: " in str(caught.value)


def test_the_page_has_messages_of_these_faults() -> None:
    page = (ROOT / "docs" / "x-job.md").read_text()
    table = page.partition("## What is proven")[2].partition("\n## ")[0]
    messages = re.findall(r"^\| .+ \| `(.+)` \|$", table, re.MULTILINE)
    known = [each[-1] for each in (*FAULTS.values(), *MISTAKES.values())]
    assert messages
    assert all(any(problem in message for problem in known) for message in messages)


def test_the_command_names_what_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kiln.yaml"
    path.write_text(changed(KILN, ("colour: {type: string}", "colour: {type: string, enum: []}")))
    done = run_script(closed_loop, path)
    assert done.status == 1
    assert done.err.startswith("refused: kiln.yaml:")
