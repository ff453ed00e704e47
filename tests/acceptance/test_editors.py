"""What editors offer for the clients and their results, measured.

pyright's language server stands for VS Code (Pylance) and most others, Jedi for those that use it,
and a running kernel for notebooks. What they cannot do, whatever the types say:

- pyright chooses signatures, and the parameters that it completes, by the names of arguments and
  not by their values. It opens on the signature of the client's own model, turns to another once a
  parameter is named that only the other has, and completes the parameters of all models. Those of
  another model are errors (`tests/generated/test_job_typing.py`). It completes no keys of a result.
- Jedi completes no values of ``Literal`` parameters, so no model names, and does not follow a
  result through the overloads of `predict`. It completes results whose type is written down, and
  live ones; of a live list it does not know the type of the items.
"""

import json
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

import jedi
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from faulty_server import PATIENCE
from invented_results import SPECS, results
from job_arguments import Values
from language_server import LanguageServer
from processes import environment
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from redenlab.lowlevel.records import Record
from redenlab_api.ml import models
from redenlab_api.ml.jobs import MODEL_NAMES, PREDICT, PredictionStatus

ROOT = Path(__file__).parents[2]
PATHS = [str(ROOT / "src"), str(ROOT / "generated")]
BACKENDS = [path.stem for path in SPECS]
WRITTEN = [name for name in BACKENDS if name != "artificer"]
"""Without the one that has as many types as all others; one generator wrote them all."""

pytestmark = pytest.mark.no_cover  # of the time of Jedi, half would be coverage's

START = """\
from redenlab import AsyncInferenceClient, InferenceClient
client = InferenceClient()
later = AsyncInferenceClient()
"""


@cache
def spec_of(backend: str) -> Spec:
    return Spec(ROOT / "openapi" / f"{backend}.yaml")


def models_of(backend: str) -> Mapping[str, type[Record]]:
    """The models of a backend, by the names of their schemas."""
    module = import_module(f"redenlab_api.{backend}.models")
    found = {name: getattr(module, name, None) for name in spec_of(backend).schemas}
    return {
        name: each
        for name, each in found.items()
        if isinstance(each, type) and issubclass(each, Record)
    }


def arguments(model: str) -> str:
    """The arguments of a call of `model`, with all that it needs."""
    spec, known = spec_of("ml"), PREDICT.spec.models[model].parameters
    (job,) = job_specs(spec)
    given = Values(spec, job, model, complete=False).arguments(instead=False)
    named = {name: value for name, value in given.items() if name in known}
    more = (f"{name}={json.dumps(value)}" for name, value in named.items())
    return ", ".join(['"call.wav"', f'model_name="{model}"', *more])


def of_every_model(backend: str, use: str) -> str:
    """A program with a function for each model, which uses one as `found`."""
    return f"from redenlab_api.{backend} import models\n" + "".join(
        f"def use_{name}(found: models.{name}) -> None:\n    {use}\n" for name in models_of(backend)
    )


def of_every_described_field(backend: str) -> str:
    """A program with a function for each field, which has a ``|`` in its name."""
    return f"from redenlab_api.{backend} import models\n" + "".join(
        f"def use_{number}(found: models.{model}) -> None:\n    found.|{name}\n"
        for number, (model, name, _) in enumerate(described(backend))
    )


@cache
def described(backend: str) -> Sequence[tuple[str, str, str]]:
    """Model, field and description of each field that the spec describes."""
    spec = spec_of(backend)
    return [
        (name, field, " ".join(schema["description"].split()))
        for name, model in models_of(backend).items()
        for wire, schema in spec.properties(spec.schemas[name]).items()
        for field, known in model.__fields__.items()
        if known.wire == wire and "description" in schema
    ]


def undescribed(backend: str, shown: Iterable[str]) -> list[str]:
    """The described fields of which something else was shown."""
    return [
        f"{model}.{name}: {said}"
        for (model, name, said), text in zip(described(backend), shown, strict=True)
        if said not in " ".join(text.split())
    ]


def incomplete(backend: str, offered: Iterable[set[str]]) -> dict[str, set[str]]:
    """The models of which fields are missing in what was offered."""
    found = zip(models_of(backend).items(), offered, strict=True)
    missing = {name: set(model.__fields__) - had for (name, model), had in found}
    return {name: names for name, names in missing.items() if names}


def test_the_measurements_are_of_many_fields() -> None:
    for backend in BACKENDS:
        assert sum(len(model.__fields__) for model in models_of(backend).values()) > 100
        assert len(described(backend)) > 20


def result_of(model: str) -> type[Record]:
    found: type[Record] = getattr(models, PREDICT.spec.models[model].result)
    return found


# ---- pyright


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    folder = tmp_path_factory.mktemp("editor")
    settings = {"extraPaths": PATHS, "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    with LanguageServer(folder) as server:
        yield server


@pytest.fixture
def file(editor: LanguageServer) -> Path:
    """A file of the editor's folder; it is never written."""
    return editor.folder / "use.py"


@pytest.mark.parametrize(
    "call",
    [
        "client.predict('call.wav', model_name='|')",
        "client.submit('call.wav', model_name='|')",
        "client.get_result('id', model_name='|')",
        "later.predict('call.wav', model_name='|')",
        "InferenceClient(model_name='|')",
        "AsyncInferenceClient(model_name='|')",
    ],
)
def test_every_model_is_completed_inside_the_quotes(
    editor: LanguageServer, file: Path, call: str
) -> None:
    assert set(MODEL_NAMES) <= editor.completions(file, START + call)


def test_the_fields_of_every_result_are_completed(editor: LanguageServer, file: Path) -> None:
    lines = [
        line
        for model in MODEL_NAMES
        for line in (
            f"client.predict({arguments(model)}).result.|",
            f"client.submit({arguments(model)}).result().result.|",
            f"InferenceClient(model_name='{model}').predict('call.wav').result.|",
            f"(await later.predict({arguments(model)})).result.|",
        )
    ]
    body = "\n".join(f"    {line}" for line in lines)
    offered = editor.all_completions(file, f"{START}\nasync def use() -> None:\n{body}\n")
    wanted = [set(result_of(model).__fields__) for model in MODEL_NAMES for _ in range(4)]
    missing = {line: want - had for line, want, had in zip(lines, wanted, offered, strict=True)}
    assert {line: names for line, names in missing.items() if names} == {}


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_fields_of_every_model_are_completed(
    editor: LanguageServer, file: Path, backend: str
) -> None:
    offered = editor.all_completions(file, of_every_model(backend, "found.|"))
    assert incomplete(backend, offered) == {}


@pytest.mark.parametrize("backend", BACKENDS)
def test_pointing_at_a_field_shows_its_description(
    editor: LanguageServer, file: Path, backend: str
) -> None:
    assert undescribed(backend, editor.hovers(file, of_every_described_field(backend))) == []


def test_pointing_at_a_field_of_a_job_shows_its_description(
    editor: LanguageServer, file: Path
) -> None:
    fields = {name: said for model, name, said in described("ml") if model == "JobResult"}
    fields = {name: said for name, said in fields.items() if hasattr(PredictionStatus, name)}
    lines = "".join(f"client.predict('call.wav').|{name}\n" for name in fields)
    shown = editor.hovers(file, START + lines)
    assert len(fields) > 2
    texts = (" ".join(text.split()) for text in shown)
    assert [
        text for text, said in zip(texts, fields.values(), strict=True) if said not in text
    ] == []


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_the_first_signature_is_that_of_the_model_of_the_client(
    editor: LanguageServer, file: Path, model: str
) -> None:
    call = f"InferenceClient(model_name='{model}').predict(|)"
    active, labels = editor.signatures(file, START + call)
    assert active == 0
    assert labels[0].endswith(f"-> Prediction[{result_of(model).__name__}]")


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_a_parameter_of_one_model_turns_to_its_signature(
    editor: LanguageServer, file: Path, model: str
) -> None:
    for name in PREDICT.spec.models[model].parameters:
        call = f"client.predict('call.wav', model_name='{model}', {name}=|)"
        active, labels = editor.signatures(file, START + call)
        assert active is not None
        assert labels[active].endswith(f"-> Prediction[{result_of(model).__name__}]")
        assert f"{name}:" in labels[active]


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_after_a_model_no_signature_of_another_is_the_active_one(
    editor: LanguageServer, file: Path, model: str
) -> None:
    call = f"client.predict('call.wav', model_name='{model}', |)"
    active, labels = editor.signatures(file, START + call)
    assert active is None or labels[active].endswith(f"[{result_of(model).__name__}]")


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_after_a_model_its_parameters_are_completed(
    editor: LanguageServer, file: Path, model: str
) -> None:
    call = f"client.predict('call.wav', model_name='{model}', |)"
    offered = editor.completions(file, START + call)
    assert {f"{name}=" for name in PREDICT.spec.models[model].parameters} <= offered


REPLICATE = """\
from redenlab.replicate import AsyncReplicateClient, ReplicateClient
client = ReplicateClient()
later = AsyncReplicateClient()
"""


@pytest.mark.parametrize(
    ("start", "use", "line"),
    [
        (START, "client.pre|dict('call.wav')", "predict: _Run["),
        (START, "client.pre|dict('call.wav', model_name='whisperx')", "predict: _Run["),
        (START, "later.pre|dict('call.wav')", "predict: _Run["),
        (START, "client.sub|mit('call.wav')", "submit: _Run["),
        (START, "client.get_res|ult('id')", "get_result: _GetResult["),
        (START, "client.upl|oad('call.wav')", "def upload("),
        (START, "client.get_sta|tus('id')", "def get_status("),
        (REPLICATE, "client.pre|dict('a/b', input={})", "predict: _Run["),
        (REPLICATE, "later.pre|dict('a/b', input={})", "predict: _Run["),
        (REPLICATE, "client.r|un('a/b')", "def run("),
        (REPLICATE, "later.r|un('a/b')", "def run("),
        (REPLICATE, "client.models.ge|t('a', 'b')", "def get("),
        (REPLICATE, "later.models.ge|t('a', 'b')", "def get("),
        (REPLICATE, "client.predictions.cre|ate(version='a')", "def create("),
    ],
)
def test_a_method_has_one_definition(
    editor: LanguageServer, file: Path, start: str, use: str, line: str
) -> None:
    ((found,),) = editor.definitions(file, start + use)
    assert found.startswith(line)


def test_the_types_of_results_are_completed_where_they_are_imported(
    editor: LanguageServer, file: Path
) -> None:
    offered = editor.completions(file, "from redenlab.ml import |\n")
    assert {result_of(model).__name__ for model in MODEL_NAMES} <= offered
    assert {"InferenceClient", "Prediction", "SpeakerTurn"} <= offered


# ---- Jedi


def script(text: str) -> tuple[jedi.Script, list[tuple[int, int]]]:
    """A script, and the line and column of each ``|`` in it."""
    *before, _ = text.split("|")
    places = []
    for number in range(len(before)):
        lines = "".join(before[: number + 1]).split("\n")
        places.append((len(lines), len(lines[-1])))
    project = jedi.Project(ROOT, added_sys_path=PATHS)
    return jedi.Script(text.replace("|", ""), project=project), places


@pytest.mark.parametrize("backend", WRITTEN)
def test_jedi_completes_the_fields_of_every_result_whose_type_is_written_down(
    backend: str,
) -> None:
    asked, places = script(of_every_model(backend, "found.|"))
    offered = ({each.name for each in asked.complete(*place)} for place in places)
    assert incomplete(backend, offered) == {}


@pytest.mark.parametrize("backend", WRITTEN)
def test_jedi_shows_the_description_of_every_field(backend: str) -> None:
    text = of_every_described_field(backend)
    _, places = script(text)
    shown: list[str] = []
    for begin in range(0, len(places), 50):  # one script gives up after some hundred inferences
        asked, _ = script(text)
        found = (asked.help(*place) for place in places[begin : begin + 50])
        shown += ["\n".join(each.docstring() for each in names) for names in found]
    assert undescribed(backend, shown) == []


def test_jedi_completes_a_job_and_finds_one_definition_of_predict() -> None:
    asked, (job, method) = script(f"{START}client.predict('call.wav').|\nclient.pre|dict\n")
    assert {"result", "job_id", "status", "created_at"} <= {e.name for e in asked.complete(*job)}
    (found,) = asked.goto(*method)
    assert found.full_name == "redenlab_api.ml.jobs.InferenceClient.predict"


def test_jedi_shows_the_signature_of_the_first_overload_first() -> None:
    asked, (place,) = script(f"{START}client.predict(|)\n")
    assert "model_name: None=None" in asked.get_signatures(*place)[0].to_string()


def test_jedi_completes_the_keys_and_the_fields_of_every_live_result() -> None:
    for name, result in results().items():
        interpreter = jedi.Interpreter('found["', [{"found": result}])
        assert {each.name.strip('"') for each in interpreter.complete()} == set(result), name
        interpreter = jedi.Interpreter("found.", [{"found": result}])
        fields = set(getattr(result, "__fields__", {"result", "job_id", "status"}))
        assert fields <= {each.name for each in interpreter.complete()}, name


# ---- a notebook


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BlockingKernelClient]:
    """One that has every result, under a name with its number."""
    path = tmp_path_factory.mktemp("kernel") / "results.pickle"
    path.write_bytes(pickle.dumps(list(results().values())))
    names = ", ".join(f"result_{number}" for number in range(len(results())))
    code = f"import pickle\n{names} = pickle.load(open({str(path)!r}, 'rb'))"
    manager, client = start_new_kernel(startup_timeout=PATIENCE, env=environment())
    try:
        told = client.execute_interactive(code, timeout=PATIENCE)
        assert told["content"]["status"] == "ok"
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def completed(kernel: BlockingKernelClient, code: str) -> set[str]:
    """What is offered behind `code`, which ends with a dot or a quote."""
    found = kernel.complete(code, reply=True, timeout=PATIENCE)["content"]["matches"]
    return {match.removeprefix(code).strip(".\"'") for match in found}


def test_a_notebook_completes_the_keys_of_every_result(kernel: BlockingKernelClient) -> None:
    for number, (name, result) in enumerate(results().items()):
        assert set(result.to_dict()) <= completed(kernel, f'result_{number}["'), name


def test_a_notebook_completes_the_fields_of_every_result(kernel: BlockingKernelClient) -> None:
    for number, (name, result) in enumerate(results().items()):
        fields = set(getattr(result, "__fields__", {"result", "job_id", "status"}))
        assert fields <= completed(kernel, f"result_{number}."), name


def test_a_notebook_completes_what_is_inside_a_job(kernel: BlockingKernelClient) -> None:
    for number, (name, job) in enumerate(results().items()):
        if isinstance(getattr(job, "result", None), Record):
            assert set(job.result) <= completed(kernel, f'result_{number}.result["'), name
            fields = set(job.result.__fields__)
            assert fields <= completed(kernel, f"result_{number}.result."), name
