"""The models of the sandbox's Replicate API, with their inputs and outputs."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from redenlab.replicate.pricing import IMAGE
from redenlab.sandbox.replicate.pictures import picture
from redenlab.sandbox.replicate.problems import invalid

Generate = Callable[[Mapping[str, Any]], Any]
"""Makes the output for an input; bytes in it become files."""

MADE = "2025-01-15T10:30:00.123456Z"


@dataclass(frozen=True, slots=True)
class Input:
    """One property of an input.

    Attributes:
        among: All allowed values; empty if it is no enumeration.
        between: Minimum and maximum of a number.
    """

    type: str
    required: bool = False
    among: tuple[Any, ...] = ()
    between: tuple[int, int] | None = None

    def problem(self, value: Any) -> tuple[str, str] | None:
        """Error type and text if `value` is invalid."""
        if type(value) not in _TYPES[self.type]:
            return "invalid_type", f"Invalid type. Expected: {self.type}"
        if self.among and value not in self.among:
            return "enum", f"must be one of the following: {', '.join(map(repr, self.among))}"
        if self.between and value < self.between[0]:
            return "number_gte", f"Must be greater than or equal to {self.between[0]}"
        if self.between and value > self.between[1]:
            return "number_lte", f"Must be less than or equal to {self.between[1]}"
        return None


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
}


@dataclass(frozen=True, slots=True)
class Model:
    """A model.

    Attributes:
        generate: Makes its output.
        official: Whether it runs without a version.
        streams: Whether its output is also sent as server-sent events.
    """

    owner: str
    name: str
    description: str
    inputs: Mapping[str, Input]
    generate: Generate
    official: bool = False
    streams: bool = False

    @property
    def full_name(self) -> str:
        """``owner/name``."""
        return f"{self.owner}/{self.name}"

    @property
    def version(self) -> str:
        """The id of its only version."""
        return hashlib.sha256(self.full_name.encode()).hexdigest()

    def check(self, given: Mapping[str, Any]) -> None:
        """Validate an input; raises `Problem` if it is invalid."""
        found = [
            ("required", name, f"{name} is required")
            for name, part in self.inputs.items()
            if part.required and name not in given
        ]
        for name, value in given.items():
            problem = self.inputs[name].problem(value) if name in self.inputs else None
            if problem:
                found.append((problem[0], name, problem[1]))
        if found:
            keys = ("type", "field", "description")
            problems = [(kind, f"input.{name}", text) for kind, name, text in found]
            raise invalid([dict(zip(keys, problem, strict=True)) for problem in problems])

    def schema(self) -> dict[str, Any]:
        """The OpenAPI document of the version, with its inputs and output."""
        properties = {
            name: {"type": part.type, "title": name.capitalize(), "x-order": order}
            for order, (name, part) in enumerate(self.inputs.items())
        }
        required = [name for name, part in self.inputs.items() if part.required]
        output: dict[str, Any] = {"type": "array", "title": "Output"}
        if self.streams:
            output |= {"items": {"type": "string"}, "x-cog-array-type": "iterator"}
        else:
            output |= {"items": {"type": "string", "format": "uri"}}
        schemas = {
            "Input": {"type": "object", "properties": properties, "required": required},
            "Output": output,
        }
        info = {"title": "Cog", "version": "0.1.0"}
        return {"openapi": "3.0.2", "info": info, "paths": {}, "components": {"schemas": schemas}}


def _images(given: Mapping[str, Any]) -> list[bytes]:
    prompt, count = given.get("prompt", ""), given.get("num_outputs", 1)
    return [picture(f"{prompt} {given.get('seed', '')} {index}") for index in range(count)]


def _words(given: Mapping[str, Any]) -> list[str]:
    words = str(given["prompt"]).split()
    return [f"{word} " for word in ("You", "said:", *words)]


_RATIOS = ("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21")

FLUX = Model(
    owner=IMAGE.model.partition("/")[0],
    name=IMAGE.model.partition("/")[2],
    description="Pictures from words; here they are made of the hash of the prompt.",
    inputs={
        "prompt": Input("string", required=True),
        "aspect_ratio": Input("string", among=_RATIOS),
        "num_outputs": Input("integer", between=(1, 4)),
        "num_inference_steps": Input("integer", between=(1, 4)),
        "seed": Input("integer"),
        "output_format": Input("string", among=("webp", "jpg", "png")),
        "output_quality": Input("integer", between=(0, 100)),
        "disable_safety_checker": Input("boolean"),
        "go_fast": Input("boolean"),
        "megapixels": Input("string", among=("1", "0.25")),
    },
    generate=_images,
    official=True,
)
PAINTER = Model(
    "sandbox",
    "painter",
    "Pictures, by a community model: a version has to be named.",
    {"prompt": Input("string", required=True), "num_outputs": Input("integer", between=(1, 4))},
    _images,
)
FILM = Model(
    "sandbox",
    "film",
    "One file of several images; it is a picture here, not a video.",
    {"image_urls": Input("array", required=True)},
    lambda given: picture(" ".join(map(str, given["image_urls"]))),
)
WRITER = Model(
    "sandbox",
    "writer",
    "Repeats what it is told, word by word.",
    {"prompt": Input("string", required=True)},
    _words,
    official=True,
    streams=True,
)
MODELS: Mapping[str, Model] = {model.full_name: model for model in (FLUX, PAINTER, FILM, WRITER)}
