"""What Replicate says of requests that it refuses."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from redenlab.core.spec.schemas import problems
from redenlab.sandbox.engine.messages import Refused
from redenlab.sandbox.engine.service import Service

if TYPE_CHECKING:
    from redenlab.sandbox.engine.backend import Record

FIELDS: Mapping[str, tuple[str, str]] = {
    "needs the key '(.*)'": ("required", r"\1 is required"),
    "has no key '(.*?)'.*": (
        "additional_property_not_allowed",
        r"Additional property \1 is not allowed",
    ),
    "has to be one of: (.*)": ("enum", r"must be one of the following: \1"),
    ".*has to be (.*) or more": ("number_gte", r"Must be greater than or equal to \1"),
    ".*has to be (.*) or less": ("number_lte", r"Must be less than or equal to \1"),
    "is (?:an? )?(.*), and has to be an? (.*)": (
        "invalid_type",
        r"Invalid type. Expected: \2, given: \1",
    ),
}
"""What is wrong with a value in the words of the engine, and as the service says it."""


def seconds_of(text: str) -> float:
    """Seconds of ``Cancel-After``; raises `Refused`."""
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", text.strip())
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    if (total := 3600 * hours + 60 * minutes + seconds) < 5:
        raise Refused(422, "Cancel-After has to be a duration of at least 5 seconds")
    return float(total)


def invalid(service: Service, value: Any, schema: Any, above: str = "") -> Refused | None:
    """The refusal of a value, field by field; ``None`` where it fits."""
    found: list[Record] = []
    for problem in problems(value, schema, service.spec.at):
        field = f"{above}{problem.pointer}".strip("/").replace("/", ".")
        for pattern, (kind, words) in FIELDS.items():
            if match := re.fullmatch(pattern, problem.text):
                found.append({"type": kind, "field": field, "description": match.expand(words)})
                break
    lines = [f"- {each['field']}: ".replace("- : ", "- ") + each["description"] for each in found]
    text = "\n".join(lines)
    refused = Refused(422, text, "Input validation failed", invalid_fields=found)
    return refused if found else None
