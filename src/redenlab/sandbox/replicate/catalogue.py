"""The models that this Replicate has, with their inputs and what they answer."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from redenlab.replicate.pricing import IMAGE
from redenlab.sandbox.replicate.pictures import picture
from redenlab.sandbox.replicate.problems import invalid

Answer = Callable[[Mapping[str, Any]], Any]
"""From an input to an output, in which bytes stand for files."""

MADE = "2025-01-15T10:30:00.123456Z"


@dataclass(frozen=True, slots=True)
class Input:
    """One property of an input.

    Attributes:
        among: All values that it may have, where they are few.
        between: Least and largest number.
    """

    type: str
    required: bool = False
    among: tuple[Any, ...] = ()
    between: tuple[int, int] | None = None

    def mistake(self, value: Any) -> tuple[str, str] | None:
        """Kind and sentence of what is wrong with `value`."""
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
        official: Whether it runs without naming a version.
        streams: Whether its output can be listened to.
    """

    owner: str
    name: str
    description: str
    inputs: Mapping[str, Input]
    answer: Answer
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
        """Refuse an input that does not suit; raises `Problem`."""
        found = [
            ("required", name, f"{name} is required")
            for name, part in self.inputs.items()
            if part.required and name not in given
        ]
        for name, value in given.items():
            mistake = self.inputs[name].mistake(value) if name in self.inputs else None
            if mistake:
                found.append((mistake[0], name, mistake[1]))
        if found:
            keys = ("type", "field", "description")
            mistakes = [(kind, f"input.{name}", text) for kind, name, text in found]
            raise invalid([dict(zip(keys, mistake, strict=True)) for mistake in mistakes])

    def schema(self) -> dict[str, Any]:
        """What the version says of its inputs and output."""
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
    answer=_images,
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
