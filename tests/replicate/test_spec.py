"""Answers as the service really gives them parse, and nothing of them is lost."""

from pathlib import Path
from typing import Any

import pytest

from redenlab.core.spec.document import Spec
from redenlab.lowlevel.types import RawResponse
from redenlab_api.replicate.api.models import models_readme_get
from redenlab_api.replicate.api.predictions import predictions_create, predictions_get
from redenlab_api.replicate.jobs import PREDICT
from redenlab_api.replicate.lifecycles import PROFILE
from redenlab_api.replicate.models import Model, Prediction, StoredFile, Training, Version

SPEC = Spec(Path(__file__).parents[2] / "openapi" / "replicate.yaml")

# What a create without Prefer was answered in 2023: no output, no data_removed, no web address.
OLD = """{"id": "rrr4z55ocneqzikepnug6xezpe", "model": "acme/painter", "version": "5c7d",
 "input": {"prompt": "a cat"}, "logs": "", "error": null, "status": "starting",
 "created_at": "2023-12-21T17:58:31.212345678Z", "webhook_completed": null,
 "urls": {"cancel": "https://api.replicate.com/v1/predictions/rrr4/cancel",
          "get": "https://api.replicate.com/v1/predictions/rrr4"}}"""

CANCELED = """{"id": "rrr4z55ocneqzikepnug6xezpe", "status": "canceled", "output": null,
 "logs": null, "started_at": null, "metrics": null, "urls": null, "input": null}"""


def parsed(text: str) -> Prediction:
    return predictions_get.parse(RawResponse(200, {}, text.encode()))


def test_a_prediction_without_output_parses_and_keeps_unknown_keys() -> None:
    found = parsed(OLD)
    assert found.output is None
    assert found.data_removed is None
    assert found.additional_properties == {"webhook_completed": None}
    assert found["urls"]["get"].endswith("/rrr4")
    assert "web" not in found["urls"]


def test_null_is_fine_wherever_a_value_is_optional() -> None:
    found = parsed(CANCELED)
    assert found.logs is None
    assert found.urls is None
    assert found.started_at is None
    assert not found.output


def test_of_a_key_that_comes_twice_the_last_counts() -> None:
    found = parsed('{"id": "a", "status": "starting", "status": "succeeded", "output": 1}')
    assert found.status == "succeeded"


@pytest.mark.parametrize("word", [*PREDICT.spec.states, "warming-up"])
def test_any_status_parses(word: str) -> None:
    assert parsed(f'{{"id": "a", "status": "{word}"}}').status == word


def test_the_six_statuses_mean_what_the_contract_says() -> None:
    assert PREDICT.spec.states == {
        "starting": "running",
        "processing": "running",
        "succeeded": "succeeded",
        "failed": "failed",
        "canceled": "cancelled",
        "aborted": "cancelled",
    }


@pytest.mark.parametrize("digits", ["12", "123", "1234", "123456", "12345678", "123456789"])
def test_timestamps_of_two_to_nine_digits_parse(digits: str) -> None:
    found = parsed(f'{{"id": "a", "status": "s", "created_at": "2024-01-01T00:00:00.{digits}Z"}}')
    assert found.created_at
    assert found.created_at.microsecond == int(digits[:6].ljust(6, "0"))


@pytest.mark.parametrize("status", [201, 202])
def test_both_responses_to_a_create_are_predictions(status: int) -> None:
    assert predictions_create.parse(RawResponse(status, {}, OLD.encode())).status == "starting"


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        (Training, {"id": "a", "status": "processing", "output": None, "completed_at": None}),
        (Training, {"id": "a", "status": "succeeded", "output": {"weights": "w", "version": "v"}}),
        (StoredFile, {"id": "f", "expires_at": None, "checksums": {"md5": "0"}, "etag": "e"}),
        (Model, {"owner": "o", "latest_version": None, "default_example": None, "new": [1]}),
        (Version, {"id": "v", "openapi_schema": None, "cog_version": None}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_objects_keep_what_was_sent(kind: Any, document: dict[str, Any]) -> None:
    assert kind.from_dict(document).to_dict() == document


def test_every_published_operation_is_there() -> None:
    """37 are published; the one by QUERY is an ``x-query``."""
    assert len(SPEC.operations) == 37
    assert {operation["path"] for operation in SPEC.operations.values()} >= {
        "/search",
        "/files/{file_id}/download",
        "/models/{model_owner}/{model_name}/versions/{version_id}/trainings",
    }


def test_only_the_search_needs_no_token() -> None:
    free = {name for name, operation in SPEC.operations.items() if not operation["security"]}
    assert free == {"search"}


def test_every_list_but_that_of_hardware_pages() -> None:
    lists = {name for name in SPEC.operations if name.endswith(".list")}
    assert {name for name in lists if "x-page" not in SPEC.operations[name]} == {"hardware.list"}


def test_settings_come_by_both_names_of_the_token_and_a_default_address() -> None:
    assert PROFILE.variables["api_key"] == ("REPLICATE_API_KEY", "REPLICATE_API_TOKEN")
    assert PROFILE.defaults["base_url"] == "https://api.replicate.com/v1"


def test_a_readme_is_text() -> None:
    response = RawResponse(200, {}, b"# Painter")
    assert models_readme_get.parse(response) == "# Painter"
