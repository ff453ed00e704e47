"""What a response has to hold is traced from the steps that read it."""

import pytest

from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from redenlab.sandbox.engine.lifecycle import Lifecycle
from scripted_api import EXAMPLES


def needs(name: str, kind: str, without: str = "") -> dict[str, str]:
    """What a response of the first job has to hold, and what its URLs are for."""
    spec = Spec(EXAMPLES / f"{name}.yaml")
    lifecycle = Lifecycle(spec, job_specs(spec)[0])
    found = lifecycle.needs(kind, without)
    return {need.expression.partition(".")[2]: need.url for need in found}


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("kiln", "submit", {"body#/firing": ""}),
        (
            "fal",
            "submit",
            {
                "body#/request_id": "",
                "body#/status_url": "poll",
                "body#/response_url": "own",
                "body#/cancel_url": "own",
            },
        ),
        ("fal", "files/0", {"body#/base_url": "none", "body#/token": ""}),
        ("fal", "files/1", {"body#/access_url": ""}),
        ("datarobot", "submit", {"header.Location": "poll"}),
        ("datarobot", "end", {"header.Location": "own"}),
        ("mosaic", "upload/0", {"body#/upload": "", "body#/url": "none"}),
        ("mosaic", "upload/1", {"header.ETag": ""}),
        (
            "ferry",
            "upload/0",
            {"body#/number": "", "body#/form/url": "none", "body#/form/policy": ""},
        ),
        ("ferry", "end", {"body#/log_page": ""}),
        ("openai_batch", "end", {"body#/output_file_id": "", "body#/error_file_id": ""}),
        ("unstructured", "end", {"body#/output_node_files": ""}),
        ("lathe", "submit", {}),
        ("lathe", "end", {"body#/sheet": "none"}),
    ],
)
def test_a_response_has_what_later_steps_read(
    name: str, kind: str, expected: dict[str, str]
) -> None:
    assert needs(name, kind) == expected


def test_outer_values_come_first() -> None:
    found = list(needs("runway", "files/0"))
    assert found.index("body#/uri") < found.index("body#/fields/key")


def test_what_only_a_step_reads_that_is_not_made_is_left_out() -> None:
    assert needs("redenlab_today", "end") == {"body#/result_url": "none"}
    assert needs("redenlab_today", "end", without="result") == {}
