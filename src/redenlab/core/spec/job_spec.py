"""The description of one kind of job: what ``x-job`` says, and what follows from the spec.

The generator writes a `JobSpec` as a literal, and the job engine runs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from redenlab.core.spec.grammar import XJob

State = Literal["unsubmitted", "running", "succeeded", "failed", "cancelled"]
"""The class of a status value. An unknown value is ``running`` unless the spec says otherwise."""

STATES: tuple[State, ...] = ("unsubmitted", "running", "succeeded", "failed", "cancelled")
FINAL: frozenset[State] = frozenset({"succeeded", "failed", "cancelled"})

Command = Literal["cancel", "pause", "resume"]
"""What can be asked of a running job, where the service offers it."""

COMMANDS: tuple[Command, ...] = ("cancel", "pause", "resume")

ANY_JSON = "any"
"""The type of a result that may be any JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of one model.

    Attributes:
        required: Whether the model needs it; one with a default need not be given.
        default: Sent if the caller gives none; ``None`` where there is no default.
        minimum: Smallest number; ``None`` is no limit.
        maximum: Largest number; ``None`` is no limit.
    """

    required: bool = False
    default: Any = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def must_be_given(self) -> bool:
        """Whether the caller has to give it."""
        return self.required and self.default is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model of a job.

    Attributes:
        result: Name of the schema of its result.
        schema: Name of the schema of its parameters; ``None`` where it has none.
        parameters: By their names on the wire.
    """

    result: str
    schema: str | None = None
    parameters: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSpec:
    """One kind of job, complete. All names are those of the wire.

    Attributes:
        service: The backend.
        submit: The ``operationId`` of the operation that carries the ``x-job``.
        x_job: The block.
        states: The class of every status value.
        envelope: Name of the schema of a poll's response.
        arguments: Arguments of the submit that the caller gives.
        parameters: Properties of the submit's body that the caller gives, whatever the model.
        models: The models that the spec knows, by their names.
    """

    service: str
    submit: str
    x_job: XJob
    states: Mapping[str, State]
    envelope: str
    arguments: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    models: Mapping[str, Model] = field(default_factory=dict[str, Model])

    @property
    def name(self) -> str:
        """Name of the job, and of the method that runs it."""
        return self.x_job.name

    @property
    def takes_recording(self) -> bool:
        """Whether it begins with a recording."""
        return self.x_job.upload is not None or self.x_job.file is not None

    @property
    def operations(self) -> list[str]:
        """The ``operationId`` of every operation of its lifecycle, once."""
        upload = [self.x_job.upload.operation] if self.x_job.upload else []
        links = [link.operation for link in self.x_job.links.values()]
        return list(dict.fromkeys([self.submit, *upload, *links]))

    def state(self, status: str) -> State | None:
        """The class of a status value; ``None`` for one that the spec does not list."""
        if not self.x_job.poll.fold_case:
            return self.states.get(status)
        folded: dict[str, State] = {value.casefold(): state for value, state in self.states.items()}
        return folded.get(status.casefold())
