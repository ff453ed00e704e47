"""What people do with results of any library works with every result of every backend.

A habit is a function that is given a result, and asserts that it came through whole.
"""

import copy
import io
import json
import pickle
import pprint
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import httpx
import nbformat
import pandas as pd
import pytest
import rich.console
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from nbclient import NotebookClient
from openapi_spec_validator import validate
from pydantic import BaseModel, TypeAdapter, ValidationError, create_model

from faulty_server import PATIENCE
from invented_results import NEWER, SIGNED, results
from processes import environment
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.lowlevel.records import Record, Records
from redenlab.sandbox.host.server import Server, listen, origin

Habit = Callable[[Any], object]
SECRET = SIGNED.partition("?")[2]


def model_of(result: Any) -> type[BaseModel]:
    """A pydantic model with a field for results of this type."""
    return create_model("Stored", found=type(result))


# ---- as a dict


def as_dict(result: Any) -> None:
    plain = dict(result)
    assert type(plain) is dict
    assert plain == result == result.to_dict() == {**result}
    assert list(plain) == list(result) == list(result.to_dict())


def as_list(result: Any) -> None:
    assert list(result) == [*result.keys()]
    assert list(result.items()) == [(key, result[key]) for key in result]


def its_length(result: Any) -> None:
    assert len(result) == len(result.to_dict()) > 0
    assert result


def as_keywords(result: Any) -> None:
    assert dict(**result) == result


def joined(result: Any) -> None:
    assert result | {"mine": 1} == {**result, "mine": 1}
    assert {"mine": 1} | result == {"mine": 1, **result}


def compared(result: Any) -> None:
    assert result == copy.deepcopy(result) == json.loads(json.dumps(result))
    assert result != {**result, "mine": 1}
    assert isinstance(result, dict)


# ---- as JSON, as a table


def as_json(result: Any) -> None:
    text = json.dumps(result)
    assert text == json.dumps(result, default=str) == json.dumps(result.to_dict())
    assert json.loads(text) == result


def as_a_row(result: Any) -> None:
    frame = pd.DataFrame([result, result])
    assert list(frame.columns) == list(result)
    assert len(frame) == 2


def encoded_by_fastapi(result: Any) -> None:
    encoded = jsonable_encoder(result)
    assert encoded == result
    assert type(encoded) is dict


# ---- as a value


def pickled(result: Any) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        same(pickle.loads(pickle.dumps(result, protocol)), result)


def copied(result: Any) -> None:
    for found in (copy.copy(result), copy.deepcopy(result), result.copy()):
        same(found, result)
    deep = copy.deepcopy(result)
    deep["newer"].append(1)
    assert deep != result


def same(found: Any, result: Any) -> None:
    assert found is not result
    assert type(found) is type(result)
    assert found == result
    assert vars(found) == vars(result)


# ---- as a field of pydantic


def validated_by_pydantic(result: Any) -> None:
    assert model_of(result)(found=result).found is result


def dumped_by_pydantic(result: Any) -> None:
    stored = model_of(result)(found=result)
    assert stored.model_dump() == {"found": result}
    assert type(stored.model_dump()["found"]) is dict
    assert json.loads(stored.model_dump_json()) == {"found": result}
    assert TypeAdapter(type(result)).dump_python(result, mode="json") == result


def described_by_pydantic(result: Any) -> None:
    for mode in ("validation", "serialization"):
        schema = model_of(result).model_json_schema(mode=mode)["properties"]["found"]
        assert schema["type"] == "object"
        assert schema["title"] == type(result).__name__


# ---- to be looked at


def shown(text: str, result: Any) -> None:
    """It names the result, and shows no query of a link, though the result has such links."""
    assert SECRET not in text
    assert SECRET in json.dumps(result)
    assert "storage.example.com/a.wav?…" in text


def represented(result: Any) -> None:
    shown(repr(result), result)
    shown(f"{result}", result)
    shown(repr([result]), result)


def pretty_printed(result: Any) -> None:
    shown(pprint.pformat(result), result)


def printed_by_rich(result: Any) -> None:
    file = io.StringIO()
    rich.console.Console(file=file, width=500).print(result, [result])
    shown(file.getvalue(), result)
    assert type(result).__name__ in file.getvalue()


def as_html(result: Any) -> None:
    shown(result._repr_html_(), result)


HABITS: list[Habit] = [
    *(as_dict, as_list, its_length, as_keywords, joined, compared),
    *(as_json, as_a_row, encoded_by_fastapi, pickled, copied),
    *(validated_by_pydantic, dumped_by_pydantic, described_by_pydantic),
    *(represented, pretty_printed, printed_by_rich, as_html),
]


# ---- of models alone: a job comes from a client, and is no class of attrs


def taken_apart_by_attrs(model: Record) -> None:
    assert attrs.asdict(model, recurse=False) == {
        name: getattr(model, name) for name in model.__fields__
    }
    for each in attrs.asdict(model).values():
        assert not isinstance(each, Record)


def rows_of_models(model: Record) -> None:
    rows = Records([model, model]).rows()
    frame = Records([model, model]).to_pandas()
    assert list(frame.columns) == list(rows[0]) == list(model.__fields__)
    assert rows[0] == {name: getattr(model, name) for name in model.__fields__}
    assert len(frame) == 2


def read_by_pydantic(model: Record) -> None:
    form = model_of(model)
    read = form(found=dict(model)), form.model_validate_json(json.dumps({"found": model}))
    for stored in read:
        same(stored.found, model)  # type: ignore[attr-defined]


def the_same_again_from_json(model: Record) -> None:
    same(type(model).from_dict(json.loads(json.dumps(model))), model)


OF_MODELS: list[Habit] = [
    *(taken_apart_by_attrs, rows_of_models, read_by_pydantic, the_same_again_from_json),
]


def problems(habit: Habit, kind: type) -> Iterator[str]:
    for name, result in results().items():
        if isinstance(result, kind):
            try:
                habit(result)
            except Exception as error:  # noqa: BLE001 - whatever it is, the result is named
                yield f"{name}: {type(error).__name__}: {error}"


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.__name__)
def test_a_habit_works_with_every_result(habit: Habit) -> None:
    assert list(problems(habit, dict)) == []


@pytest.mark.parametrize("habit", OF_MODELS, ids=lambda habit: habit.__name__)
def test_a_habit_works_with_every_model(habit: Habit) -> None:
    assert list(problems(habit, Record)) == []


def test_pydantic_says_where_jobs_come_from() -> None:
    for job in results().values():
        if isinstance(job, Snapshot):
            with pytest.raises(ValidationError, match="comes from a client"):
                model_of(job)(found=dict(job))
            with pytest.raises(ValidationError, match="comes from a client"):
                model_of(job).model_validate_json(json.dumps({"found": job}))


def test_pydantic_says_what_is_wrong_with_a_model() -> None:
    turn = results()["ml.SpeakerTurn"]
    with pytest.raises(ValidationError, match="nothing at '/start' where a value was expected"):
        model_of(turn)(found={"speaker": "A", "end": 1})


def test_there_are_results_of_every_backend() -> None:
    backends = {name.partition(".")[0] for name in results()}
    assert backends == {"artificer", "dalston", "ml", "modelred", "replicate"}
    assert len([each for each in results().values() if isinstance(each, Record)]) > 50
    assert {type(each).__name__ for each in results().values() if isinstance(each, Snapshot)} == {
        *(
            "Assessed",
            "Batch",
            "DeploymentPredicted",
            "PackAssessed",
            "Prediction",
            "Predicted",
            "Trained",
            "Transcribed",
        ),
    }


# ---- in a web service


def route(app: FastAPI, name: str, result: Any) -> None:
    kind = type(result)

    async def get() -> Any:
        return result

    async def post(sent: Any) -> Any:
        assert type(sent) is kind
        return sent

    post.__annotations__["sent"] = kind
    app.get(f"/{name}", response_model=kind)(get)
    if isinstance(result, Record):
        app.post(f"/{name}", response_model=kind)(post)


@pytest.fixture(scope="module")
def service() -> Iterator[httpx.Client]:
    """A running service that returns every result, and takes every model."""
    app = FastAPI()
    for name, result in results().items():
        route(app, name, result)
    listener = listen("127.0.0.1", 0)
    server = Server(app, [listener])
    with httpx.Client(base_url=origin(listener), trust_env=False, timeout=PATIENCE) as client:
        yield client
    server.join()


def test_a_fastapi_service_returns_every_result(service: httpx.Client) -> None:
    wrong = [name for name, each in results().items() if service.get(f"/{name}").json() != each]
    assert wrong == []


def test_a_fastapi_service_takes_every_model(service: httpx.Client) -> None:
    models = {name: each for name, each in results().items() if isinstance(each, Record)}
    wrong = [
        name for name, each in models.items() if service.post(f"/{name}", json=each).json() != each
    ]
    assert wrong == []
    refused = service.post("/ml.SpeakerTurn", json={"speaker": "A", "end": 1})
    assert refused.status_code == 422
    assert "nothing at '/start'" in refused.json()["detail"][0]["msg"]


@pytest.mark.no_cover  # most of its time is that of a validator
def test_the_document_of_a_fastapi_service_describes_every_result(service: httpx.Client) -> None:
    document = service.get("/openapi.json").json()
    validate(document)
    for name, result in results().items():
        how = document["paths"][f"/{name}"]["get"]["responses"]["200"]
        schema = how["content"]["application/json"]["schema"]
        if isinstance(result, Record):
            assert schema["properties"].keys() == {
                each.wire for each in type(result).__fields__.values()
            }
    sent = document["paths"]["/ml.SpeakerTurn"]["post"]["requestBody"]["content"]
    schema = sent["application/json"]["schema"]
    fields = schema.pop("properties")
    assert schema == {
        "type": "object",
        "title": "Sent",  # FastAPI calls a body by the parameter
        "required": ["speaker", "start", "end"],
    }
    assert {name: each["type"] for name, each in fields.items()} == {
        "speaker": "string",
        "start": "number",
        "end": "number",
    }
    assert "Seconds" in fields["start"]["description"]


# ---- in a notebook


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one notebook shows of every result, each in a cell of its own."""
    path = tmp_path_factory.mktemp("notebook") / "results.pickle"
    path.write_bytes(pickle.dumps(dict(results())))
    cells = [
        f"import pickle, pathlib\nresults = pickle.loads(pathlib.Path({str(path)!r}).read_bytes())"
    ]
    cells += [f"results[{name!r}]" for name in results()]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=int(PATIENCE), kernel_name="python3").execute(
        env=environment()
    )
    return {
        name: cell.outputs[0].data for name, cell in zip(results(), notebook.cells[1:], strict=True)
    }


def test_a_notebook_shows_every_result_as_a_table(outputs: dict[str, Any]) -> None:
    for name, result in results().items():
        assert outputs[name]["text/html"] == result._repr_html_(), name
        assert outputs[name]["text/html"].count("<table>") >= 1


def test_a_notebook_shows_no_query_of_a_link(outputs: dict[str, Any]) -> None:
    for name, result in results().items():
        for text in outputs[name].values():
            shown(text, result)
            assert NEWER.keys() - {SIGNED} <= {word for word in NEWER if word in text}, name
