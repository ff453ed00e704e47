"""What is generated from any spec is clean in both strict type checkers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generate
from example_trees import EXAMPLES, TREES
from language_server import LanguageServer
from measuring import unmeasured
from processes import environment
from strict_types import ROOT, configure, findings, lines

WRONG = [
    ("redenlab_today.TodayClient", 'predict(b"", model_name="whisperx", diarise=True)'),
    ("redenlab_today.TodayClient", 'predict(b"", model_name="whisperx", batch_size="four")'),
    ("redenlab_today.TodayClient", 'predict(b"", model_name="ataxia-naturalness", diarize=True)'),
    ("artificer.ArtificerClient", 'batch(name="n")'),
    ("acme.AcmeClient", 'caption(model_name="verse", rhyme="aabb")'),
    ("acme.AcmeClient", 'caption(model_name="verse", picture="p")'),
    ("openai_video.VideoClient", "film(size='720x1280')"),
    ("assay.AssayClient", 'assay(b"", model_name="acid", purpose="trade")'),
    ("assay.AssayClient", 'assay(b"", model_name="acid", purpose="fun", lab="north")'),
]
"""Calls of clients with a parameter that is wrong or missing."""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of all example specs, one of a hundred models of few results, and their use."""
    specs = tmp_path_factory.mktemp("openapi")
    kinds = ("Text", "{result: Text, parameters: Verse}", "Caption")
    many = ", ".join(f"m-{number}: {kinds[number % 3]}" for number in range(100))
    text = (EXAMPLES / "acme.yaml").read_text()
    few = "types: {plain: Text, verse: {result: Text, parameters: Verse}}"
    assert few in text
    text = text.replace("text: {$ref: '#/components/schemas/Text'}", "text: {type: object}")
    (specs / "many.yaml").write_text(text.replace(few, f"types: {{{many}}}"))
    tree = tmp_path_factory.mktemp("generated")
    with unmeasured():
        generate.build(specs, tree)
    for path in EXAMPLES.glob("*.yaml"):
        shutil.copytree(TREES.tree(path.stem), tree, dirs_exist_ok=True)
    (tree / "use.py").write_text(USE)
    for number, (client, call) in enumerate(WRONG):
        package, name = client.split(".")
        (tree / f"wrong_{number}.py").write_text(
            "from typing import Any\n"
            f"from redenlab_api.example_{package}.jobs import {name}\n"
            f"def wrong(client: {name}[Any]) -> None:\n"
            f"    client.{call}\n"
        )
    configure(tree, exclude=["**/server.py"])
    return tree


USE = '''"""Types that a user of these packages sees."""

from typing import Any, assert_type

from redenlab_api.example_acme.jobs import AcmeClient
from redenlab_api.example_acme.jobs import CaptionResult as Few
from redenlab_api.example_acme.models import Text
from redenlab_api.example_artificer.jobs import ArtificerClient, BatchResult
from redenlab_api.example_artificer.models import Results
from redenlab_api.many.jobs import AcmeClient as ManyClient
from redenlab_api.many.jobs import CaptionResult, ModelName
from redenlab_api.many.models import Caption
from redenlab_api.many.models import Text as ManyText
from redenlab_api.example_redenlab_today.jobs import Prediction, TodayClient
from redenlab_api.example_redenlab_today.models import Words


def parameters_belong_to_their_model(client: TodayClient[Any]) -> None:
    found = client.predict(b"...", model_name="whisperx", diarize=True, batch_size=4)
    assert_type(found, Prediction[Words])


def a_required_parameter_is_required(client: AcmeClient[Any]) -> None:
    assert_type(client.caption(picture="p", model_name="verse", rhyme="aabb"), Few[Text])


def a_job_without_models_has_one_result_type(client: ArtificerClient[Results]) -> None:
    assert_type(client.batch(name="n", items=["a"], auto_start=False), BatchResult[Results])


def many_models_are_typed_like_few(client: ManyClient[Any], model: ModelName) -> None:
    assert_type(client.caption(picture="p", model_name="m-3"), CaptionResult[ManyText])
    assert_type(client.caption(picture="p", model_name="m-97", rhyme="a"), CaptionResult[ManyText])
    assert_type(client.caption(picture="p", model_name="m-98"), CaptionResult[Caption])
    assert_type(client.caption(picture="p", model_name=model), CaptionResult[ManyText | Caption])
    assert_type(client.caption(picture="p", model_name="m-100"), CaptionResult[Any])
    assert_type(ManyClient(model_name="m-98"), ManyClient[Caption])
'''


def test_pyright_finds_wrong_and_missing_parameters_and_nothing_else(tree: Path) -> None:
    found = findings(tree)
    calls = [tree / f"wrong_{number}.py" for number in range(len(WRONG))]
    assert {path: found[path] for path in found if path not in calls} == {}
    assert [(call, *lines(found, path)) for (_, call), path in zip(WRONG, calls, strict=True)] == [
        (call, 4) for _, call in WRONG
    ]


def test_mypy_finds_nothing(tree: Path) -> None:
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("mypy")),
            *("--strict", "--explicit-package-bases", "--cache-dir", os.devnull),
            *("redenlab_api", "use.py"),
        ],
        cwd=tree,
        env=environment(MYPYPATH=os.pathsep.join((str(tree), str(ROOT / "src")))),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_group_of_models_has_one_overload(tree: Path) -> None:
    text = (tree / "redenlab_api" / "many" / "jobs.py").read_text()
    # the client's model, each group, one that lacks what it needs, any of them, and a newer one:
    # of calls, of get_result, and of the sync and the async constructor
    assert text.count("@overload") == (1 + 3 + 1 + 1 + 1) + (1 + 2 + 1 + 1) + 2 * (2 + 1 + 1)


def test_the_language_server_completes_the_models_and_parameters_of_a_group(
    tree: Path, tmp_path: Path
) -> None:
    configure(tmp_path, extraPaths=[str(tree), str(ROOT / "src")])  # with none of its packages open
    start = "from redenlab_api.many.jobs import AcmeClient\nclient = AcmeClient()\n"
    call = 'client.caption(picture="p", model_name='
    with LanguageServer(tmp_path) as server:
        models = server.completions(tmp_path / "a.py", f'{start}{call}"|")\n')
        assert {f"m-{number}" for number in range(100)} <= models
        names = server.completions(tmp_path / "b.py", f'{start}{call}"m-97", rhy|)\n')
        assert "rhyme=" in names
        found = server.completions(tmp_path / "c.py", f'{start}{call}"m-98").result.|\n')
        assert {"number", "stage"} <= found
