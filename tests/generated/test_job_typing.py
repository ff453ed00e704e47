"""What is generated from any spec is clean in both strict type checkers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import generate

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "example_specs"
BIN = Path(sys.executable).parent


def run(folder: Path, *command: str, **environment: str) -> str:
    """What a checker complains of; empty when it is content."""
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All lives, and one with more models than overloads are made for."""
    specs = tmp_path_factory.mktemp("openapi")
    for path in EXAMPLES.glob("*.yaml"):
        (specs / path.name).write_text(path.read_text())
    many = ", ".join(f"m-{number}: Text" for number in range(60))
    text = (EXAMPLES / "acme.yaml").read_text()
    few = "types: {plain: Text, verse: {result: Text, parameters: Verse}}"
    assert few in text
    (specs / "many.yaml").write_text(text.replace(few, f"types: {{{many}}}"))
    tree = tmp_path_factory.mktemp("generated")
    generate.build(specs, tree)
    (tree / "use.py").write_text(USE)
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
        "extraPaths": [str(ROOT / "src")],
        "exclude": ["**/server.py"],
    }
    (tree / "pyrightconfig.json").write_text(json.dumps(settings))
    return tree


USE = '''"""Types that a user of these packages sees."""

from typing import Any, assert_type

from redenlab_api.acme.jobs import AcmeClient
from redenlab_api.acme.jobs import CaptionResult as Few
from redenlab_api.acme.models import Text
from redenlab_api.artificer.jobs import ArtificerClient, BatchResult
from redenlab_api.artificer.models import Results
from redenlab_api.many.jobs import AcmeClient as ManyClient
from redenlab_api.many.jobs import CaptionResult, Models
from redenlab_api.many.models import Text as ManyText
from redenlab_api.redenlab_today.jobs import Prediction, TodayClient
from redenlab_api.redenlab_today.models import Words


def parameters_belong_to_their_model(client: TodayClient[Any]) -> None:
    found = client.predict(b"...", model_name="whisperx", diarize=True, batch_size=4)
    assert_type(found, Prediction[Words])


def a_required_parameter_is_required(client: AcmeClient[Any]) -> None:
    assert_type(client.caption(picture="p", model_name="verse", rhyme="aabb"), Few[Text])


def a_job_without_models_has_one_result_type(client: ArtificerClient[Results]) -> None:
    assert_type(client.batch(name="n", items=["a"], auto_start=False), BatchResult[Results])


def many_models_are_tokens(client: ManyClient[Any]) -> None:
    assert_type(client.caption(picture="p", model_name=Models.M_7), CaptionResult[ManyText])
    assert_type(client.caption(picture="p", model_name="m-7"), CaptionResult[Any])
'''


def test_pyright_finds_nothing(tree: Path) -> None:
    assert run(tree, "pyright", "--pythonpath", sys.executable) == ""


def test_mypy_finds_nothing(tree: Path) -> None:
    path = os.pathsep.join((str(tree), str(ROOT / "src")))
    arguments = ("--strict", "--explicit-package-bases", "--cache-dir", str(tree / "cache"))
    assert run(tree, "mypy", *arguments, "redenlab_api", "use.py", MYPYPATH=path) == ""


@pytest.mark.parametrize(
    ("client", "call"),
    [
        ("redenlab_today.TodayClient", 'predict(b"", model_name="whisperx", diarise=True)'),
        ("redenlab_today.TodayClient", 'predict(b"", model_name="whisperx", batch_size="four")'),
        (
            "redenlab_today.TodayClient",
            'predict(b"", model_name="ataxia-naturalness", diarize=True)',
        ),
        ("artificer.ArtificerClient", 'batch(name="n")'),
        ("acme.AcmeClient", 'caption(model_name="verse", rhyme="aabb")'),
        ("openai_video.VideoClient", "film(size='720x1280')"),
        ("assay.AssayClient", 'assay(b"", model_name="acid", purpose="trade")'),
        ("assay.AssayClient", 'assay(b"", model_name="acid", purpose="fun", lab="north")'),
    ],
)
def test_a_wrong_or_missing_parameter_is_an_error_in_the_editor(
    tree: Path, client: str, call: str
) -> None:
    use = tree / "wrong.py"
    package, name = client.split(".")
    use.write_text(
        "from typing import Any\n"
        f"from redenlab_api.{package}.jobs import {name}\n"
        f"def wrong(client: {name}[Any]) -> None:\n    client.{call}\n"
    )
    complaint = run(tree, "pyright", "--pythonpath", sys.executable, str(use))
    use.unlink()
    assert " - error: " in complaint
