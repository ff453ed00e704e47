"""Specs of public lifecycles are read without complaint, by `connect` and by the generator."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from scripted_api import EXAMPLES, ScriptedApi, connect, generated, options

NAMES = ["apify", "azure_speech", "bedrock", "hf_jobs", "llamaparse", "mistral_batch"]
SCHEMA: Any = json.loads((Path(__file__).parents[2] / "openapi" / "x-job.schema.json").read_text())


@pytest.mark.parametrize("name", NAMES)
def test_a_spec_is_read_by_connect_and_by_the_generator(name: str) -> None:
    spec = Spec(EXAMPLES / f"{name}.yaml")
    (job,) = job_specs(spec)
    Draft202012Validator(SCHEMA).validate(spec.operations[job.submit]["x-job"])
    connect(name, ScriptedApi()).close()
    assert list(generated(name).JOBS) == [job.name]
    generated(name).CLIENTS[job.name][0](**options(ScriptedApi())).close()
