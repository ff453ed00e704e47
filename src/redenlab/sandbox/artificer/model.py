"""The model of the sandbox: the same answer to the same text, always."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from redenlab.sandbox.engine.backend import Record
from redenlab_api.artificer.jobs import RUN_BATCH

PENDING, RUNNING, PAUSED, COMPLETED, FAILED, CANCELLED = RUN_BATCH.spec.states
"""Of jobs; items have some of them."""

MODEL: Final = "sandbox/echo-1"
COST: Final = 0.000002
"""US dollars a token."""

FAILS: Final = "sandbox:fail"
"""A text with this marker fails in the first phase."""

WORDS: Final[Mapping[str, str]] = {"hello": "hola", "goodbye": "adiós", "thank you": "gracias"}
CAPITALS: Final[Mapping[str, str]] = {"france": "Paris", "spain": "Madrid", "norway": "Oslo"}


class Refusal(Exception):
    """A text that the model does not take."""


def answer(text: str, task: str | None = None) -> str:
    """What the model makes of a text.

    Raises:
        Refusal: The text has the marker `FAILS`.
    """
    if FAILS in text:
        raise Refusal("The model was told to fail")
    asked = text.strip().lower()
    if task == "translate" or asked.startswith("translate"):
        said = text.rpartition(": ")[2].strip()
        return WORDS.get(said.lower(), said[::-1]).capitalize()
    if task == "validate":
        return text
    found = re.search(r"capital of (\w+)", asked)
    if found and found[1] in CAPITALS:
        name = found[1].capitalize()
        return f"The capital of {name} is {CAPITALS[found[1]]}."
    if "story" in asked:
        return "Once upon a time there was a sandbox. Nothing in it was true. The end."
    return f"You said: {text.strip()}"


def tokens(text: str) -> int:
    """The length of a text for the model."""
    return -(-len(text) // 4)


def processed(index: int, item: Record, phases: Sequence[Record]) -> Record:
    """The result of an item that went through all phases, or failed in one."""
    text, outputs, errors, used = item["input"], dict[str, str](), list[Record](), 0
    for phase in phases:
        try:
            text = answer(text, phase.get("taskType"))
        except Refusal as refusal:
            errors.append({"phase": phase["name"], "error": str(refusal)})
            break
        outputs[phase["name"]] = text
        used += tokens(text)
    return {
        "itemIndex": index,
        "input": item["input"],
        "metadata": item.get("metadata"),
        "output": None if errors else text,
        "status": FAILED if errors else COMPLETED,
        "phaseOutputs": outputs,
        "errors": errors,
        "costIncurred": round(used * COST, 6),
        "tokensUsed": used,
        "processingTimeMs": 1 + used % 7,
    }


def waiting(index: int, item: Record) -> Record:
    """The result of an item whose turn has not come."""
    return {
        "itemIndex": index,
        "input": item["input"],
        "metadata": item.get("metadata"),
        "output": None,
        "status": PENDING,
        "phaseOutputs": {},
        "errors": [],
        "costIncurred": 0,
        "tokensUsed": 0,
        "processingTimeMs": None,
    }
