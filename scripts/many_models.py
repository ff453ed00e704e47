"""What a spec with very many models costs those who write against it, beside one with twelve."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
MODELS = 1_000
ROUNDS = 3

USER = """
from redenlab_api.ml.jobs import InferenceClient

client = InferenceClient("k" * 20, "https://api.example.com")
print(client.predict("a.wav").result)
print(client.predict("a.wav", model_name="transcribe", language_code="en").result.transcript)
print(client.submit("a.wav", model_name="whisperx").result().result.segments)
print(client.get_result("j", model_name="speaker_counter").result)
"""


def figures() -> Iterator[tuple[str, float, float]]:
    """What is measured, with `MODELS` models, and with those of ``ml.yaml``; in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder) / "many", Path(folder) / "few"
        _generate(many, MODELS)
        _generate(few, 0)
        turns = [(_checked(many), _checked(few)) for _ in range(ROUNDS)]
        yield "pyright on a user's file", min(a for a, _ in turns), min(b for _, b in turns)
        turns = [(_imported(many), _imported(few)) for _ in range(5 * ROUNDS)]
        yield "import of a client", min(a for a, _ in turns), min(b for _, b in turns)


def _generate(folder: Path, count: int) -> None:
    """A package whose spec has at least `count` models, the further ones like those there are."""
    document: Any = yaml.safe_load((ROOT / "openapi" / "ml.yaml").read_text())
    types: dict[str, Any] = _types(document)
    known = [value for value in types.values() if isinstance(value, str)]
    for number in range(count - len(types)):
        types[f"model-{number}"] = known[number % len(known)]
    (folder / "openapi").mkdir(parents=True)
    (folder / "openapi" / "ml.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    program = [sys.executable, str(ROOT / "scripts" / "generate.py")]
    options = ["--specs", str(folder / "openapi"), "--output", str(folder / "generated")]
    subprocess.run([*program, *options], check=True, timeout=300)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(folder)], check=True)
    (folder / "user.py").write_text(USER)
    settings = f'{{"extraPaths": ["generated", "{ROOT / "src"}"], "include": ["user.py"]}}'
    (folder / "pyrightconfig.json").write_text(settings)


def _types(document: Any) -> dict[str, Any]:
    for path in document["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "x-job" in operation:
                found: dict[str, Any] = operation["x-job"]["result"]["types"]
                return found
    raise ValueError("ml.yaml has no types of results")


def _checked(folder: Path) -> float:
    program = Path(sys.executable).with_name("pyright")
    return _seconds([str(program), "--pythonpath", sys.executable], folder)


def _imported(folder: Path) -> float:
    code = "import redenlab_api.ml.jobs"
    paths = os.pathsep.join((str(folder / "generated"), str(ROOT / "src")))
    return _seconds([sys.executable, "-c", code], folder, PYTHONPATH=paths)


def _seconds(command: list[str], folder: Path, **more: str) -> float:
    """Processor seconds of a command."""
    before = os.times()
    subprocess.run(
        command, cwd=folder, env=os.environ | more, check=True, capture_output=True, timeout=300
    )
    after = os.times()
    spent = after.children_user - before.children_user
    return spent + after.children_system - before.children_system
