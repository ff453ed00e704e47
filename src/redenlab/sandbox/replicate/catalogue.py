"""The models: ``records.yaml`` says what they take and give; the functions here compute it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from redenlab.sandbox.engine.backend import Produced, Record
from redenlab.sandbox.replicate.pictures import picture

RECORDS: Final[Mapping[str, list[Record]]] = yaml.safe_load(
    Path(__file__).with_name("records.yaml").read_text()
)


@dataclass(frozen=True)
class Model:
    """A model.

    Attributes:
        name: ``owner/name``.
        version: The id of its only version.
        official: Whether it runs without a version.
        inputs: The schema of its input.
        streams: Whether its output, of several parts, is sent as events too.
        grows: Whether predictions that run show the parts that there are.
        generate: Makes the output for an input.
    """

    name: str
    version: str
    official: bool
    inputs: Record
    streams: bool
    grows: bool
    generate: Callable[[Mapping[str, Any]], Any]


def _model(record: Record, generate: Callable[[Mapping[str, Any]], Any]) -> Model:
    newest = record["latest_version"]
    schemas = newest["openapi_schema"]["components"]["schemas"]
    return Model(
        f"{record['owner']}/{record['name']}",
        newest["id"],
        record["is_official"],
        schemas["Input"],
        schemas["Output"]["type"] == "array",
        "x-cog-array-type" in schemas["Output"],
        generate,
    )


def _file(text: str, name: str = "out.png") -> Produced:
    return Produced(picture(text), name, "image/png")


def _images(given: Mapping[str, Any]) -> list[Produced]:
    texts = [
        f"{given['prompt']} {given.get('seed', '')} {n}" for n in range(given.get("num_outputs", 1))
    ]
    return [_file(text, f"out-{number}.png") for number, text in enumerate(texts)]


def _film(given: Mapping[str, Any]) -> Produced:
    return _file(" ".join(map(str, given["image_urls"])))


def _words(given: Mapping[str, Any]) -> list[str]:
    return [f"{word} " for word in ("You", "said:", *given["prompt"].split())]


FLUX, PAINTER, FILM, WRITER = MODELS = [
    _model(record, generate)
    for record, generate in zip(RECORDS["/models"], (_images, _images, _film, _words), strict=True)
]
