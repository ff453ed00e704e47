"""The description of one kind of job: what ``x-job`` says, and what follows from the spec.

The generator writes a `JobSpec` as a literal, and the job engine runs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from redenlab.core.spec.blocks import EMPTY, Block
from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.grammar import State, StateRule, XJob
from redenlab.core.spec.naming import argument
from redenlab.core.spec.paging import XPage

FINAL: frozenset[State] = frozenset({"succeeded", "failed", "cancelled", "gone"})

Command = Literal["cancel", "pause", "resume", "delete", "retry"]
"""What can be asked of a job, where the service offers it."""

COMMANDS: tuple[Command, ...] = get_args(Command)

ANY_JSON = "any"
"""The type of a result that may be any JSON."""


class Parameter(Block):
    """Something that the caller of a submit gives.

    Attributes:
        required: Whether it is needed; one with a default need not be given.
        default: Sent if the caller gives none; ``None`` where there is no default.
        schema: What its JSON schema demands of it.
    """

    required: bool = False
    default: Any = None
    schema: Mapping[str, Any] = EMPTY

    @property
    def must_be_given(self) -> bool:
        """Whether the caller has to give it."""
        return self.required and self.default is None


class Model(Block):
    """One model of a job.

    Attributes:
        result: Name of the schema of its result.
        schema: Name of the schema of its parameters; ``None`` where it has none.
        parameters: By their names on the wire.
        together: What that schema demands of all of them together, such as one of two.
    """

    result: str
    schema: str | None = None
    parameters: Mapping[str, Parameter] = EMPTY
    together: Mapping[str, Any] = EMPTY


class JobSpec(Block):
    """One kind of job, complete. All names are those of the wire.

    Attributes:
        service: The backend.
        submit: The ``operationId`` of the operation that carries the ``x-job``.
        x_job: The block.
        states: The class of every status value.
        envelope: Name of the schema of a poll's response; ``None`` where it has none.
        arguments: Path, query and header parameters of the submit that the caller gives.
        parameters: Properties of the submit's body that the caller gives, whatever the model.
        together: What the schema of the body demands of all of it together.
        definitions: Schemas that those of parameters refer to, by their ``$ref``.
        models: The models that the spec knows, by their names.
        free: Whether the body takes properties that the spec does not list.
        path: Path of the operation that ``poll.matches`` names; empty without it.
        pages: How the operations page whose pages are joined to a result, by ``operationId``.
        uris: Pointers to the texts of ``format: uri`` in each result schema.
    """

    service: str
    submit: str
    x_job: XJob
    states: Mapping[str, State]
    envelope: str | None = None
    arguments: Mapping[str, Parameter] = EMPTY
    parameters: Mapping[str, Parameter] = EMPTY
    together: Mapping[str, Any] = EMPTY
    definitions: Mapping[str, Mapping[str, Any]] = EMPTY
    models: Mapping[str, Model] = EMPTY
    free: bool = False
    path: str = ""
    pages: Mapping[str, XPage] = EMPTY
    uris: Mapping[str, tuple[str, ...]] = EMPTY

    @property
    def name(self) -> str:
        """Name of the job, and of the method that runs it."""
        return self.x_job.name

    @property
    def file_place(self) -> str | None:
        """Where the submit carries the recording; ``None`` where it carries none."""
        binds = self.x_job.submit.bind.items()
        return next((place for place, template in binds if template == "$file"), None)

    @property
    def takes_recording(self) -> bool:
        """Whether it begins with a recording."""
        return bool(self.x_job.upload) or self.file_place is not None

    @property
    def operations(self) -> list[str]:
        """The ``operationId`` of every operation of its lifecycle, once."""
        matched = [self.x_job.poll.matches] if self.x_job.poll.matches else []
        return list(dict.fromkeys([self.submit, *self.x_job.operations, *matched]))

    @property
    def argument_names(self) -> dict[str, str]:
        """The names on the wire of the arguments that are called otherwise in Python."""
        known = {*self.arguments, *self.parameters}
        known |= {name for model in self.models.values() for name in model.parameters}
        model = self.x_job.model is not None
        return {a: name for name in sorted(known) if (a := argument(name, model=model)) != name}

    @property
    def schemas(self) -> list[str]:
        """The name of every schema that the block itself names, once."""
        models = self.models.values()
        named = [self.x_job.result.type, *(model.result for model in models)]
        named += [model.schema for model in models]
        return list(dict.fromkeys(name for name in named if name and name != ANY_JSON))

    def state(self, status: str) -> State | None:
        """The class of a status value in either case; ``None`` for one that is not listed."""
        found = self.states.get(status)
        if found is not None:
            return found
        folded: dict[str, State] = {value.casefold(): state for value, state in self.states.items()}
        return folded.get(status.casefold())

    def rule(self, scope: Scope) -> StateRule | None:
        """The condition that a response fulfils; a refusal fulfils only those that name the status.

        Args:
            scope: With the response.
        """
        if not self.x_job.states:
            return None
        success = 200 <= scope.value("$statusCode") < 300
        rules = (rule for rule in self.x_job.states if success or "$statusCode" in rule.when)
        return next((rule for rule in rules if holds(rule.when, scope)), None)
