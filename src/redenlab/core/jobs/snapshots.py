"""A job at one moment, and one that ended well: typed attributes, and the JSON as it was sent."""

import copy
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Generic, Self, TypeVar, cast

from redenlab.core.spec.expressions import Headers, Scope
from redenlab.core.spec.grammar import State
from redenlab.core.transport.gate import request_id
from redenlab.lowlevel import display
from redenlab.lowlevel.display import without_queries
from redenlab.lowlevel.encoding import plain

E = TypeVar("E")
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the response to a poll had, for the steps that follow.

    Attributes:
        status_code: Its HTTP status.
        headers: Its headers.
        body: Its JSON or text; `MISSING` where it has neither.
        content: Its bytes, where they are no JSON.
        reason: Why the job failed, where it did and the service says so.
        notes: See `Snapshot`.
    """

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    reason: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def document(self) -> Mapping[str, Any]:
        """The JSON object; empty where there is none."""
        body: Any = self.body
        return cast("Mapping[str, Any]", body) if isinstance(body, dict) else {}

    @property
    def scope(self) -> Scope:
        """The response as ``$response`` and as ``$poll``."""
        found = {"header": Headers(self.headers), "body": self.body}
        polled = {**found, "statusCode": self.status_code}
        return Scope(response=found, poll=polled, statusCode=self.status_code)


class Snapshot(dict[str, Any], Generic[E]):
    """A job at one moment. As a ``dict`` it is the JSON object of the service, unchanged.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value.
        envelope: The whole response, typed; ``None`` where the response is no JSON object, such
            as a redirect or a picture.
        notes: What optional fields of the response hold that the spec does not document, such as
            ``error: expected a string, found an object``. Those are ``None`` in `envelope`, and in
            the mapping as they were sent.
    """

    def __init__(self, job_id: str, status: str, state: State, envelope: E, seen: Seen) -> None:
        super().__init__(seen.document)
        self.job_id = job_id
        self.status = status
        self.state: State = state
        self.envelope = envelope
        self.notes: tuple[str, ...] = seen.notes
        self.seen: Seen = seen

    @property
    def request_id(self) -> str | None:
        """The service's id of the request that showed it; quote it to the service's operators."""
        return request_id(self.seen.headers)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object as new plain containers."""
        return cast("dict[str, Any]", plain(self))

    def copy(self) -> Self:
        """A shallow copy."""
        return copy.copy(self)

    def __repr__(self) -> str:
        """The JSON object, as the design document prints it; URLs without their queries."""
        return without_queries(repr(dict(self)))

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        """The job, its status and its JSON, for `rich`."""
        shown = {"job_id": self.job_id, "status": self.status, **self}
        yield from display.without_secrets(shown).items()

    def _repr_html_(self) -> str:
        return display.pairs(f"job {self.job_id}: {self.status}", self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """A job is written as its JSON object; only a client reads one."""
        from pydantic_core import core_schema  # noqa: PLC0415 - called by pydantic alone

        def checked(value: Any) -> Any:
            if isinstance(value, cls):
                return value
            raise ValueError(f"a {cls.__name__} comes from a client; declare a dict, or its result")

        return core_schema.no_info_plain_validator_function(
            checked, serialization=core_schema.plain_serializer_function_ser_schema(plain)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        """An object, whatever the service sends."""
        return {"type": "object", "title": cls.__name__}


class Outcome(Snapshot[E], Generic[E, R_co]):
    """A job that has ended well.

    Attributes:
        result: The result of the job.
        files: What is behind the URLs of the result (`redenlab.core.jobs.outputs.FileOutput`), by
            their JSON pointers in it, where the spec documents them as URLs of files.
        recording: Where the recording of the job is on this machine, for notebooks that draw it;
            ``None`` where it was given as anything but a path. It may be set.
    """

    recording: str | os.PathLike[str] | None = None

    def __init__(
        self, found: Snapshot[E], result: R_co, files: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(found.job_id, found.status, found.state, found.envelope, found.seen)
        self.result: R_co = result
        self.files: Mapping[str, Any] = files or {}

    def _repr_html_(self) -> str:
        result: Any = self.result
        table = result._repr_html_() if hasattr(result, "_repr_html_") else ""
        return f"{_drawing(self)}{super()._repr_html_()}{table}"


def _drawing(job: Outcome[Any, Any]) -> str:
    """What the package of a backend draws of a job: `html` of its module `notebook`, if any."""
    root, _, backend = type(job).__module__.removesuffix(".jobs").partition(".")
    if root == "redenlab_api":
        with suppress(ModuleNotFoundError):
            return str(import_module(f"redenlab.{backend}.notebook").html(job))
    return ""


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` without those that the caller left at ``None``."""
    return {name: value for name, value in values.items() if value is not None}
