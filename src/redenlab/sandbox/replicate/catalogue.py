"""The models, with their inputs and outputs, and what else there is from the start."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from redenlab.replicate.pricing import IMAGE
from redenlab.sandbox.engine.backend import Produced, Record
from redenlab.sandbox.replicate.pictures import picture

MADE = "2025-01-15T10:30:00.123456Z"
ACCOUNT: Record = {"type": "user", "username": "sandbox", "name": "Sandbox"}
HARDWARE: list[Record] = [
    {"name": "CPU", "sku": "cpu"},
    {"name": "Nvidia T4 GPU", "sku": "gpu-t4"},
    {"name": "Nvidia A40 GPU", "sku": "gpu-a40-small"},
    {"name": "Nvidia A40 (Large) GPU", "sku": "gpu-a40-large"},
]
COLLECTION: Record = {"name": "Sandbox", "slug": "sandbox", "description": "All that is here."}


@dataclass(frozen=True, slots=True)
class Model:
    """A model.

    Attributes:
        name: ``owner/name``.
        inputs: The schema of each input.
        required: The input that cannot be left out.
        output: The schema of the output.
        generate: Makes the output for an input.
        official: Whether it runs without a version.
    """

    name: str
    description: str
    inputs: Mapping[str, Record]
    required: str
    output: Record
    generate: Callable[[Mapping[str, Any]], Any]
    official: bool = False

    @property
    def version(self) -> str:
        """The id of its only version."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    @property
    def streams(self) -> bool:
        """Whether its output, of several parts, is sent as events too."""
        return self.output["type"] == "array"

    @property
    def schema(self) -> Record:
        """Of its input."""
        found = {
            name: {"title": name.capitalize(), "x-order": order, **schema}
            for order, (name, schema) in enumerate(self.inputs.items())
        }
        return {"type": "object", "properties": found, "required": [self.required]}

    @property
    def newest(self) -> Record:
        """Its version as the API shows it."""
        schemas = {"Input": self.schema, "Output": {"title": "Output", **self.output}}
        info = {"title": "Cog", "version": "0.1.0"}
        shown = {"openapi": "3.0.2", "info": info, "paths": {}, "components": {"schemas": schemas}}
        return version(self.version, MADE, shown)

    @property
    def shown(self) -> Record:
        """The model as the API shows it."""
        owner, _, name = self.name.partition("/")
        about = {"owner": owner, "name": name, "description": self.description}
        return made(about | {"is_official": self.official, "latest_version": self.newest})


def made(model: Record) -> Record:
    """A model with everything that the API shows of it."""
    url = f"https://replicate.com/{model['owner']}/{model['name']}"
    usual = {"url": url, "visibility": "public", "is_official": False, "github_url": None}
    return usual | {"run_count": 0, "default_example": None, "latest_version": None} | model


def version(identity: str, created: str, schema: Record | None = None) -> Record:
    """A version as the API shows it."""
    return {
        "id": identity, "created_at": created, "cog_version": "0.9.0", "openapi_schema": schema,
    }


def _images(given: Mapping[str, Any]) -> list[Produced]:
    prompt, count = given.get("prompt", ""), given.get("num_outputs", 1)
    texts = [f"{prompt} {given.get('seed', '')} {index}" for index in range(count)]
    return [_file(text, f"out-{index}.png") for index, text in enumerate(texts)]


def _file(text: str, name: str = "out.png") -> Produced:
    return Produced(picture(text), name, "image/png")


_TEXT: Record = {"type": "string"}
_COUNT: Record = {"type": "integer", "minimum": 1, "maximum": 4}
_RATIOS = ["1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"]
_FILE: Record = {"type": "string", "format": "uri"}
_FILES: Record = {"type": "array", "items": _FILE}
_WORDS: Record = {"type": "array", "items": _TEXT, "x-cog-array-type": "iterator"}

FLUX = Model(
    IMAGE.model,
    "Pictures from words; here they are made of the hash of the prompt.",
    {
        "prompt": _TEXT,
        "aspect_ratio": _TEXT | {"enum": _RATIOS},
        "num_outputs": _COUNT,
        "num_inference_steps": _COUNT,
        "seed": {"type": "integer"},
        "output_format": _TEXT | {"enum": ["webp", "jpg", "png"]},
        "output_quality": {"type": "integer", "minimum": 0, "maximum": 100},
        "disable_safety_checker": {"type": "boolean"},
        "go_fast": {"type": "boolean"},
        "megapixels": _TEXT | {"enum": ["1", "0.25"]},
    },
    "prompt",
    _FILES,
    _images,
    official=True,
)
PAINTER = Model(
    "sandbox/painter",
    "Pictures, by a community model: a version has to be named.",
    {"prompt": _TEXT, "num_outputs": _COUNT},
    "prompt",
    _FILES,
    _images,
)
FILM = Model(
    "sandbox/film",
    "One file of several images; it is a picture here, not a video.",
    {"image_urls": {"type": "array"}},
    "image_urls",
    _FILE,
    lambda given: _file(" ".join(map(str, given["image_urls"]))),
)
WRITER = Model(
    "sandbox/writer",
    "Repeats what it is told, word by word.",
    {"prompt": _TEXT},
    "prompt",
    _WORDS,
    lambda given: [f"{word} " for word in ("You", "said:", *given["prompt"].split())],
    official=True,
)
MODELS = (FLUX, PAINTER, FILM, WRITER)
