"""The contract, once for every model of the job table, against the embedded backend."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import redenlab.sandbox
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from redenlab.sandbox import Sandbox
from redenlab.sandbox.engine.invention import Inventor
from redenlab_api.ml import models
from redenlab_api.ml.jobs import MODEL_NAMES, PREDICT

ROOT = Path(__file__).parents[2]
RECORDINGS = Path(str(files("redenlab.sandbox"))) / "recordings"


def parameters(model: str) -> dict[str, Any]:
    """Values for every parameter of a model, made up from its schema."""
    spec = Spec(ROOT / "openapi" / "ml.yaml")
    (job,) = job_specs(spec)
    schema = job.models[model].schema
    if schema is None:
        return {}
    values = Inventor(spec.resolve, model).value(spec.schemas[schema])
    return {name: values[name] for name in job.models[model].parameters if name in values}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_a_model_returns_its_own_result_type(sandbox: Sandbox, model: Any) -> None:
    schema = getattr(models, PREDICT.spec.models[model].result)
    with sandbox.client(model_name=model) as client:
        found = client.predict(RECORDINGS / "two_speakers.wav", parameters=parameters(model))
    assert type(found.result) is schema
    assert PREDICT.spec.states[found.status] == "succeeded"
    assert found["result"]["sandbox"] is True


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_a_model_refuses_parameters_that_it_does_not_have(sandbox: Sandbox, model: Any) -> None:
    with sandbox.client(model_name=model) as client:
        before = sandbox.jobs_created
        with pytest.raises(redenlab.InputError, match="no_such_parameter"):
            client.predict(b"RIFF", parameters={"no_such_parameter": 1})
        assert sandbox.jobs_created == before
