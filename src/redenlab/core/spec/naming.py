"""What things of a spec are called in Python, beside what every client has of its own."""

import re
from collections.abc import Iterable
from keyword import iskeyword
from typing import Final

ARGUMENTS: Final = frozenset(
    {"file_path", "s3_uri", "parameters", "timeout", "on_event", "filename", "content_type", "self"}
    | {"extra_body", "extra_headers", "extra_query"}
)
"""Arguments that the methods of every client have; beside `model_name`, where jobs have models."""

METHODS: Final = (
    "submit",
    "get_status",
    "get_result",
    "job",
    "map",
    "upload",
    "health",
    "warm_up",
    "delete",
)
"""Methods of the clients of jobs, beside the one that has the job's name."""

ATTRIBUTES: Final = frozenset(
    {"auth_file", "base_url", "call_context", "close", "finish", "handle", "is_async", "jobs"}
    | {
        "job_name",
        "key",
        "metrics",
        "model_name",
        "poll",
        "poll_of",
        "profile",
        "raw",
        "retry",
        "retry_rules",
        "run",
        "run_request",
        "spec_source",
    }
    | {"demands", "settings", "timeout", "ways", "webhook_signatures", "with_options"}
    | {"use", "webhook_secret", "webhook_secrets"}
)
"""Other attributes that every client has."""


def snake(name: str) -> str:
    """A name in the form that Python's have: ``get_health`` for ``getHealth``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+", "_", name).strip("_").lower()


def argument(name: str, *, model: bool) -> str:
    """A parameter as an argument: with a trailing underscore, where a client has one of that name.

    Args:
        name: On the wire.
        model: Whether jobs have models, so that `model_name` is an argument as well.
    """
    taken = name in ARGUMENTS or (model and name == "model_name")
    return f"{name}_" if taken else name


def usable(name: str) -> bool:
    """Whether a method may have a name."""
    return name.isidentifier() and not iskeyword(name)


def clash(names: Iterable[str]) -> tuple[str, str] | None:
    """Two names that are one in Python; ``None`` where there are no such."""
    found: dict[str, str] = {}
    for name in names:
        other = found.setdefault(snake(name), name)
        if other != name:
            return other, name
    return None
