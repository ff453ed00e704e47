"""The grammar of ``x-job``: one class per block, one field per key.

`redenlab.core.spec.forms` reads a block by these types, and the JSON schema that editors use is
written from them. docs/x-job.md describes every key with examples.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from redenlab.core.spec.blocks import EMPTY, Block, named
from redenlab.core.spec.forms import Form, Range
from redenlab.core.spec.steps import (
    ClassName,
    Condition,
    Expression,
    Fetch,
    Health,
    Identifier,
    Lookup,
    OperationId,
    Pending,
    Polling,
    PositiveInt,
    PositiveSeconds,
    RequestPlace,
    Seconds,
    Start,
    Step,
    Template,
    Text,
    UploadStep,
)

Idempotency = Literal["always", "reconcile", "never"]
"""After a lost response to a submit: send it again, get the job's status first, or report that
the outcome is unknown."""

State = Literal["unsubmitted", "running", "succeeded", "failed", "cancelled", "gone"]
"""The class of a status. An unknown value is ``running`` unless the spec says otherwise."""

ModelPlace = Annotated[
    str,
    Form(
        r"\$request\.(path\.[^.#]+|body(#(/[^/]+)+))",
        "a path parameter or a place in the request body: $request.path.model",
    ),
]


class Option(Block):
    """An argument of the submit that the service wants as a text of its own form.

    Attributes:
        place: Where it goes.
        value: The text; ``$option`` is the argument.
        description: What it is for, with its unit.
        type: Of the argument.
        minimum: Smallest number.
        maximum: Largest number.
        pattern: Regular expression for a text.
        hold: Whether it is a number of seconds for which the service may hold its response back;
            a fraction is rounded up where `type` is an integer.
        flag: The text for ``True``; ``False`` leaves the argument out.
        deadline: Whether it is the time after which the service stops the job. ``True`` is what is
            left of the call then, in whole seconds, and no less than this.
    """

    place: RequestPlace
    value: Text = "$option"
    description: str = ""
    type: Literal["integer", "number", "string", "boolean"] = "string"
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    hold: bool = False
    flag: Text | None = None
    deadline: PositiveInt | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """What the argument has to be, as a JSON schema; the pattern is one for the whole text."""
        pattern = f"^(?:{self.pattern})$" if self.pattern is not None else None
        limits = {"minimum": self.minimum, "maximum": self.maximum, "pattern": pattern}
        said = {key: limit for key, limit in limits.items() if limit is not None}
        return {"type": self.type, **said}


class Submit(Block):
    """What the submit carries beside the caller's arguments, and what its response means.

    Attributes:
        bind: Places of the request, and what goes there; ``$file`` is the recording.
        options: Further arguments, by their names in Python.
        pending: When a submit comes too soon after the upload.
        inline: When the response already is the response of a poll.
        exists: When a refusal means that the service has the job from a lost attempt.
    """

    bind: Mapping[RequestPlace, Template] = EMPTY
    options: Mapping[Identifier, Option] = EMPTY
    pending: Pending | None = None
    inline: Condition | None = None
    exists: Condition | None = None


class FileOrUrl(Block):
    """A job that can do without a recording.

    Attributes:
        instead: The place of a URL; a caller who fills it gives no recording. ``None``: the
            recording is optional.
    """

    instead: RequestPlace | None = None


class InputFiles(Block):
    """Files anywhere in an argument: small ones become data URIs, others are uploaded.

    Attributes:
        place: The argument, a place in the submit's body.
        inline: Bytes of the largest file that becomes a data URI.
        max: Bytes of the largest file.
        upload: The steps that upload one; ``$file`` is its content.
        value: What stands in the place of an uploaded file.
    """

    place: RequestPlace
    inline: Annotated[int, Range(minimum=0)] = 0
    max: PositiveInt | None = None
    upload: tuple[UploadStep, ...] = ()
    value: Text | None = None


class Resolution(Step):
    """A lookup that turns a reference to a model into one that the service runs.

    Attributes:
        when: Which refusals of the submit need it, and for which references, by the groups of the
            pattern: ``$statusCode == 404 && $model.version == null``.
        value: The reference to submit.
    """

    when: Condition
    value: Text


class ModelSchemas(Block):
    """Where models publish the JSON schemas of their inputs and outputs.

    Attributes:
        place: The argument that has the input.
        lookups: Give an object of schemas by their names; the first whose condition holds is made.
        input: The name of the schema of the input.
        output: The name of the schema of the output.
        joined: A keyword of the output's schema and its value, where the texts of a list are one.
    """

    place: RequestPlace
    lookups: tuple[Lookup, ...]
    input: str
    output: str
    joined: Mapping[str, str] = EMPTY


class ModelReference(Block):
    """A model that callers name by a reference with parts, such as ``owner/name:version``.

    Attributes:
        place: Where it goes.
        pattern: Regular expression for it; its named groups are ``$model.name``.
        description: How callers write it.
        resolve: A lookup for references that the service does not run as they are.
        schemas: Where the models publish what they take and give.
    """

    place: ModelPlace
    pattern: str
    description: str = ""
    resolve: Resolution | None = None
    schemas: ModelSchemas | None = None

    def parts(self, name: str) -> dict[str, str | None] | None:
        """The named groups of a reference; ``None`` where `name` is none."""
        found = re.fullmatch(self.pattern, name)
        return None if found is None else found.groupdict()


class StateRule(Block):
    """One condition on the response of a poll, and the class that it means.

    Attributes:
        when: The condition.
        state: The class.
        error: Why the job failed, where this is the reason.
    """

    when: Condition
    state: State = named("is")
    error: Text | tuple[Text, ...] | None = None


class ModelTypes(Block):
    """What the spec says of one model.

    Attributes:
        result: Name of the schema of its result.
        parameters: Name of the schema whose properties are its parameters.
    """

    result: str
    parameters: str | None = None


class Result(Fetch):
    """Where the result is, and its type.

    Attributes:
        name: Class name of a job that ended well.
        parts: A result of several parts, by name; one whose URL or id is null is left out.
        linked: The models whose result is behind `url`, or most of it.
        also: Status values or classes of bad ends that have a result all the same.
        files: Which texts of the result become files that are read when they are wanted: those of
            ``format: uri``, or every URL where the service documents no format.
        hosts: With ``files: any``, the domains that serve files, beside the API's own host; the
            URLs of others stay texts. Left out, every URL is one of a file.
        type: Name of the schema of a result that no model decides on, or ``any``.
        types: The schema of each model's result, or that and its parameters.
    """

    name: ClassName
    parts: Mapping[Identifier, Fetch] = EMPTY
    linked: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    files: Literal["none", "declared", "any"] = "none"
    hosts: tuple[str, ...] = ()
    type: str | None = None
    types: Mapping[str, str | ModelTypes] = EMPTY


class OutputStream(Block):
    """The output of a job while it runs, as server-sent events.

    Attributes:
        url: Where, in the response to a poll; a job whose response has none does not stream.
        hosts: Domains that stream and are sent the key, beside the API itself.
        output: The types of events that carry output.
        done: The types of events after which no more come.
        failed: Those after which no more come since the job failed.
        reason: Why it did not end well, in the JSON of these events; of several, the first that
            has a value. One that is a status value of the class ``cancelled`` means that.
    """

    url: Expression
    hosts: tuple[str, ...] = ()
    output: tuple[str, ...]
    done: tuple[str, ...]
    failed: tuple[str, ...] = ()
    reason: Text | tuple[Text, ...] | None = None


class Segments(Block):
    """How recordings are cut that are too long for a model.

    Attributes:
        seconds: Length of the longest segment.
        overlap: Seconds that a segment shares with the one before.
        scores: By result schema, the number in it that may be averaged.
    """

    seconds: PositiveSeconds
    overlap: Seconds
    scores: Mapping[str, str]


class XJob(Block):
    """An ``x-job`` block.

    Attributes:
        version: Version of this extension.
        name: Name of the job, and of the method that runs it.
        idempotency: What to do when the response to a submit is lost.
        id: The job's id; of several expressions, the first that has a value.
        poll: How to get its status.
        result: Where its result is.
        aliases: More names of methods, each with the method that it stands for.
        model: Where the model goes: a path parameter, or a place in the body.
        file: Where a job can do without a recording.
        files: Files anywhere in an argument.
        upload: The steps that bring a recording to storage before the submit.
        asset: What names the upload, where many jobs can be made of it.
        submit: What the submit carries, and what its response means.
        keep: Values that steps after the submit need; the resume token carries them.
        start: A second call that starts the job.
        states: What the response of a poll means, before its status value is looked up; the first
            condition that is true counts.
        events: A stream of server-sent events about the job; polling stays the fallback.
        stream: Server-sent events with the output of a running job.
        cancel: Cancels a running job.
        pause: Pauses a running job.
        resume: Resumes a paused job.
        delete: Deletes a job and its data.
        retry: Runs a job that ended badly again, under the same id.
        health: How to ask whether a model is ready.
        segments: How long recordings are cut.
        lost: What a caller may do after a lost response: the hint of `SubmitUncertain`.
    """

    version: Literal[2]
    name: Identifier
    idempotency: Idempotency
    id: Text | tuple[Text, ...]
    poll: Polling
    result: Result
    aliases: Mapping[Identifier, Identifier] = EMPTY
    model: ModelPlace | ModelReference | None = None
    file: FileOrUrl | None = None
    files: InputFiles | None = None
    upload: tuple[UploadStep, ...] = ()
    asset: Expression | None = None
    submit: Submit = Submit()
    keep: Mapping[Identifier, Text] = EMPTY
    start: Start | None = None
    states: tuple[StateRule, ...] = ()
    events: Step | None = None
    stream: OutputStream | None = None
    cancel: Step | None = None
    pause: Step | None = None
    resume: Step | None = None
    delete: Step | None = None
    retry: Step | None = None
    health: Health | None = None
    segments: Segments | None = None
    lost: str | None = None

    @property
    def schemas(self) -> ModelSchemas | None:
        """Where the models publish what they take and give; ``None`` where they do not."""
        return self.model.schemas if isinstance(self.model, ModelReference) else None

    @property
    def ids(self) -> tuple[str, ...]:
        """The places of the job's id, however they are written."""
        return self.id if isinstance(self.id, tuple) else (self.id,)

    @cached_property
    def polled_id(self) -> str | None:
        """Where the response to a poll has the id of the job; ``None`` where it has none."""
        in_bodies = (text for text in self.ids if text.startswith("$response.body#"))
        return self.poll.id or next(in_bodies, None)

    @property
    def model_place(self) -> str | None:
        """Where the model goes; ``None`` where jobs have no models."""
        return self.model.place if isinstance(self.model, ModelReference) else self.model

    @property
    def steps(self) -> dict[str, Step]:
        """Every call after the submit, by the path of its block."""
        blocks = {name: getattr(self, name) for name in self.keys}
        found = {name: block for name, block in blocks.items() if isinstance(block, Step)}
        found |= {f"result/parts/{name}": part for name, part in self.result.parts.items()}
        return {name: block for name, block in found.items() if block.operation or block.url}

    @property
    def uploads(self) -> dict[str, UploadStep]:
        """Every call before the submit that carries a recording, by the path of its block."""
        inner = self.files.upload if self.files else ()
        found = {f"upload/{number}": step for number, step in enumerate(self.upload)}
        return found | {f"files/upload/{number}": step for number, step in enumerate(inner)}

    @property
    def operations(self) -> list[OperationId]:
        """The ``operationId`` of every operation that a step calls, once."""
        resolve = self.model.resolve if isinstance(self.model, ModelReference) else None
        steps = (*self.uploads.values(), *([resolve] if resolve else ()), *self.steps.values())
        return list(dict.fromkeys(step.operation for step in steps if step.operation))
