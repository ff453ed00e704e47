"""Published documents, untouched: tried with an overlay, and put into a project."""

import json
import re
from pathlib import Path

import pytest
import yaml

import add_spec
import generate
import redenlab
import try_published
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from script_run import Ran, run_script
from scripted_api import ScriptedApi, options

pytestmark = pytest.mark.no_cover  # building is measured by test_closed_loop and test_refusals

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "tests" / "published"
PARCELS, OVERLAY = PUBLISHED / "parcels.yaml", PUBLISHED / "parcels.overlay.yaml"


def test_a_published_document_works_with_its_overlay() -> None:
    done = run_script(try_published, PARCELS, OVERLAY)
    assert done.status == 0, done
    assert done.out.endswith("all of it works\n")
    for end in ("finished", "broken", "expired", "cancelled"):
        assert done.out.count(f"  the end {end}: createFile 1 x, createBatch 1 x") == 1
    assert "0 errors, 0 warnings" in done.out


def test_a_document_in_json_gives_the_same_package(tmp_path: Path) -> None:
    text = PARCELS.read_text()
    same = json.dumps(yaml.safe_load(text), default=str)
    for form, document in (("yaml", text), ("json", same)):
        specs = tmp_path / form
        specs.mkdir()
        (specs / f"parcels.{form}").write_text(document)
        (specs / "parcels.overlay.yaml").write_text(OVERLAY.read_text())
        generate.build(specs, tmp_path / f"from {form}")
    differing = generate.differences(tmp_path / "from json", tmp_path / "from yaml")
    assert list(differing) == ["differs: redenlab_api/__init__.py"]  # the hash of the document


def test_an_overlay_that_does_not_fit_is_refused_with_its_line(tmp_path: Path) -> None:
    overlay = tmp_path / "o.yaml"
    overlay.write_text(OVERLAY.read_text().replace("name: batch\n", "nmae: batch\n"))
    done = run_script(try_published, PARCELS, overlay)
    assert done.status == 1
    assert re.search(r"^refused: o\.yaml:\d+: .*did you mean 'name'", done.err)


def test_a_client_of_a_document_takes_the_overlay_as_an_argument(tmp_path: Path) -> None:
    document = tmp_path / "parcels.yaml"
    document.write_text(PARCELS.read_text())
    api = ScriptedApi().on("POST /files", {"id": "f"}).on("POST /batches", {"id": "b"})
    api.on("GET /batches/b", {"id": "b", "status": "finished", "output_file_id": "o"})
    api.on("GET /files/o/content", {"n": 1})
    with redenlab.connect(document, overlay=OVERLAY, **options(api)) as client:
        found = client.run(b"{}", endpoint="/weigh").result
        assert list(found["rows"]) == [{"n": 1}]
    with pytest.raises(SpecError, match=r"parcels\.yaml:\d+: "):
        redenlab.connect(document, **options(api))  # without the overlay all of it counts


def test_a_package_takes_no_overlay() -> None:
    with pytest.raises(redenlab.ConfigurationError, match="takes no overlay"):
        redenlab.connect("redenlab_api.ml", overlay=OVERLAY, api_key="sk_test_1234567890")


def test_what_is_not_selected_is_neither_read_nor_generated() -> None:
    spec = Spec(PARCELS, OVERLAY)
    assert set(spec.operations) == {
        *("createFile", "createBatch", "retrieveBatch", "cancelBatch", "downloadFile"),
    }
    assert {"Nothing", "Base"} & set(spec.read_schemas) <= {"Base"}


def test_a_further_operation_is_selected_by_its_name(tmp_path: Path) -> None:
    overlay = tmp_path / "o.yaml"
    text = OVERLAY.read_text().replace("operations: []", "operations: [listFiles]")
    overlay.write_text(text)
    with pytest.raises(SpecError, match=r"parcels\.yaml:29: #/components/schemas/Nowhere does not"):
        Spec(PARCELS, overlay)


# ---- make spec


def added(folder: Path, document: Path, *more: str) -> Ran:
    return run_script(add_spec, document, "--specs", folder, *more)


@pytest.fixture
def vendor(tmp_path: Path) -> Path:
    """The document without what no reader takes, as vendors usually publish them."""
    document = yaml.safe_load(PARCELS.read_text())
    del document["paths"]["/strange"], document["components"]["schemas"]["Nothing"]
    del document["paths"]["/files"]["get"], document["paths"]["/batches"]["post"]["callbacks"]
    del document["components"]["securitySchemes"]["Admin"]
    path = tmp_path / "Parcels-API v2.json"
    path.write_text(json.dumps(document, default=str))
    return path


def test_a_document_comes_with_an_overlay_that_generates(tmp_path: Path, vendor: Path) -> None:
    specs = tmp_path / "openapi"
    specs.mkdir()
    done = added(specs, vendor)
    assert done.status == 0, done.err
    assert sorted(path.name for path in specs.iterdir()) == [
        "parcels_api_v2.json",
        "parcels_api_v2.overlay.yaml",
    ]
    assert (specs / "parcels_api_v2.json").read_bytes() == vendor.read_bytes()
    (job,) = job_specs(Spec(specs / "parcels_api_v2.json"))
    assert (job.submit, job.x_job.poll.operation) == ("createBatch", "retrieveBatch")
    assert job.states["broken"] == "running"  # a word of which it cannot know the class
    assert job.states["finished"] == "succeeded"
    generate.build(specs, tmp_path / "generated")


def test_a_name_and_a_submit_can_be_chosen(tmp_path: Path, vendor: Path) -> None:
    done = added(tmp_path, vendor, "--name", "parcels", "--submit", "createBatch")
    assert done.status == 0
    assert (tmp_path / "parcels.json").exists()
    again = added(tmp_path, vendor, "--name", "parcels")
    assert (again.status, again.err) == (
        1,
        "refused: openapi/ has parcels.json already; choose another --name\n",
    )


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--submit", "createFile"], "no GET takes the id of what createFile creates"),
        (["--submit", "create"], "there is no operation 'create'"),
        (["--name", "2 x"], "cannot name a package"),
    ],
)
def test_what_cannot_be_guessed_is_refused_and_nothing_is_written(
    tmp_path: Path, vendor: Path, options: list[str], problem: str
) -> None:
    specs = tmp_path / "openapi"
    specs.mkdir()
    done = added(specs, vendor, *options)
    assert done.status == 1
    assert problem in done.err
    assert not list(specs.iterdir())


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("SUCCESS", "succeeded"),
        ("completed", "succeeded"),
        ("FAILED", "failed"),
        ("timed_out", "failed"),
        ("TIMEOUT_EXCEEDED", "failed"),
        ("canceled", "cancelled"),
        ("in_progress", "running"),
        ("queued", "running"),
    ],
)
def test_usual_words_have_their_usual_class(word: str, state: str) -> None:
    assert add_spec.classed([word]) == {state: [word]}
