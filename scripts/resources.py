"""The input of the template of resources: the operations whose ids have dots, as a tree.

``models.versions.list`` is the method ``list`` of the resource ``versions`` of the resource
``models``. In a spec that has such ids, one without a dot is a method of the client itself, unless
it begins a job, or is a step of one that every client has a method for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from openapi_python_client import strings

from jobs import Job, widened
from opc import Field, Names, Parsed, class_name
from redenlab.core.clients.base import BlockingClient, CallOptions
from redenlab.core.spec.constraints import Constraints
from redenlab.core.spec.demands import Demands
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import pointer
from redenlab.core.spec.job_spec import COMMANDS
from redenlab.core.spec.naming import ATTRIBUTES, METHODS, usable
from redenlab.core.spec.paging import XPage
from redenlab.core.spec.streams import XStream
from redenlab.core.spec.x_client import x_client
from redenlab.core.spec.x_page import x_page
from redenlab.core.spec.x_stream import x_stream
from redenlab.core.spec.x_value import x_value

TAKEN = {*CallOptions.__annotations__, "self", "call", "context"}
"""Names that every method has already."""


@dataclass(frozen=True, slots=True)
class Method:
    """One operation.

    Attributes:
        name: Of the method.
        arguments: Path, query and header parameters, by their wire names.
        path: Path parameters, in order.
        given: Every other argument and every property of the body, required ones first.
        sent: Those of them that stand in the body, by their wire names.
        items: Name and type of what a page has many of; ``None`` where there are no pages. The
            name is ``None`` where a page is a bare list.
        paging: How the pages are requested.
        value: What it returns of the body, on the wire and in Python; ``None`` for the whole.
        stream: How its events are read; ``None`` where it has none.
        command_of: The job that it cancels, pauses and so on, and shows like a poll; ``None`` for
            any other.
        joined: Whether the first path parameter may have all of them, with slashes in between.
    """

    name: str
    operation: Names
    arguments: dict[str, Field]
    path: list[Field]
    given: list[Field]
    sent: dict[str, Field]
    items: tuple[str | None, str] | None
    paging: XPage | None
    value: tuple[str, Field] | None
    stream: XStream | None
    command_of: str | None
    joined: bool

    @property
    def returns(self) -> str:
        """The type of what it returns, or lists."""
        if self.items:
            return self.items[1]
        if self.stream:
            return class_name(self.stream.type)
        return self.value[1].type if self.value else self.operation.returns

    @property
    def files(self) -> list[str]:
        """The parts of its body that are files."""
        return [wire for wire, part in self.sent.items() if part.type == "File"]

    @property
    def options(self) -> str:
        """The type of what it takes beside its arguments."""
        return "CallOptions" if self.operation.body else "RequestOptions"

    @property
    def types(self) -> Iterator[str]:
        """Every type that its signature names."""
        yield self.returns
        yield self.operation.returns
        yield from (field.type for field in self.given if field.type != "File")


@dataclass(frozen=True, slots=True)
class Wait:
    """A `wait` method, beside the operation that polls a job.

    Attributes:
        job: The name of the job.
        envelope: The type of a poll's response, or of its ``x-value``.
        id: The attribute of it that names the job.
        id_type: Its type.
        value: The attribute that is ``x-value``; ``None`` for the whole body.
    """

    job: str
    envelope: str
    id: str
    id_type: str
    value: str | None

    @property
    def identity(self) -> str:
        """The id as a text, of what is waited for; ``{it}`` is its name."""
        return f"{{it}}.{self.id}" if self.id_type == "str" else f"str({{it}}.{self.id})"


@dataclass(slots=True)
class Resource:
    """Methods and resources below one name."""

    path: tuple[str, ...]
    methods: list[Method] = field(default_factory=list[Method])
    waits: list[Wait] = field(default_factory=list[Wait])
    children: "dict[str, Resource]" = field(default_factory=dict)

    @property
    def class_name(self) -> str:
        """With a suffix that no schema has."""
        return f"{''.join(map(strings.pascal_case, self.path))}Resource"

    @property
    def below(self) -> "Iterator[Resource]":
        """Every resource of the tree, children first, without the root."""
        for child in self.children.values():
            yield from child.below
            yield child

    @property
    def types(self) -> Iterator[str]:
        """Every type that its signatures name."""
        for resource in (self, *self.below):
            for method in resource.methods:
                yield from method.types


def resources(spec: Spec, parsed: Parsed, jobs: list[Job]) -> Resource | None:
    """The tree; ``None`` for a spec without dotted ids.

    Raises:
        SpecError: A resource or method of the client has a name that every client has already.
    """
    root = Resource(())
    if not any("." in name for name in spec.operations):
        return None
    names = parsed.named(spec.operations)
    submits = {job.spec.submit for job in jobs}
    steps = {name for job in jobs for name in job.spec.operations}
    named = {name for job in jobs for name in (job.name, *job.aliases)}
    taken = {*ATTRIBUTES, *named, *METHODS} - _unused(jobs)
    for wire, operation in spec.operations.items():
        *path, name = (each if usable(each) else f"{each}_" for each in wire.split("."))
        first = wire.partition(".")[0]
        is_taken = hasattr(BlockingClient, first) or first in taken
        if not path and (wire in submits or (is_taken and wire in steps)):
            continue
        if is_taken:
            problem = f"every client has a '{first}' already; choose another id"
            raise spec.error(spec.node(operation), problem, "operationId")
        resource = root
        for step in path:
            below = (*resource.path, step)
            resource = resource.children.setdefault(step, Resource(below))
        method = _method(spec, parsed, wire, name, names[wire])
        method = replace(method, command_of=_command_of(spec, jobs, wire))
        resource.methods.append(method)
        polled = [job for job in jobs if job.spec.x_job.poll.operation == wire]
        resource.waits += [_wait(parsed, job, method.value) for job in polled[:1] if path]
    return root


def _unused(jobs: list[Job]) -> set[str]:
    """Methods of clients of jobs that the clients of these jobs do not have."""
    with_health = any(job.spec.x_job.health for job in jobs)
    with_upload = any(job.spec.x_job.upload for job in jobs)
    with_delete = any(job.spec.x_job.delete for job in jobs)
    return (
        (set() if with_health else {"health", "warm_up"})
        | (set() if with_upload else {"upload"})
        | (set() if with_delete else {"delete"})
    )


def _command_of(spec: Spec, jobs: list[Job], wire: str) -> str | None:
    """The job that an operation is a command of, where a poll is answered with the same schema."""
    returned = spec.response_schema(spec.operations[wire])
    for job in jobs:
        steps = job.spec.x_job.steps
        if any(name in steps and steps[name].operation == wire for name in COMMANDS):
            return job.name if returned and returned == job.spec.envelope else None
    return None


def _wait(parsed: Parsed, job: Job, value: tuple[str, Field] | None) -> Wait:
    x_job = job.spec.x_job
    place = x_job.poll.id or x_job.ids[0]
    schema = value[1].type if value else str(job.spec.envelope)
    found = parsed.fields(schema)[place.rpartition("/")[2]]
    return Wait(
        job=job.name,
        envelope=schema if value else job.envelope.removesuffix(" | None"),
        id=found.name,
        id_type=found.type,
        value=value[1].name if value else None,
    )


def _method(spec: Spec, parsed: Parsed, wire: str, name: str, operation: Names) -> Method:
    whole = _text_body(spec, wire)
    if whole is not None:
        arguments = {**operation.arguments, "body": replace(whole, name="body")}
        operation = replace(operation, body=None, arguments=arguments)
    body = parsed.fields(operation.body) if operation.body else {}
    sent = {wire: _argument(part.given()) for wire, part in body.items()}
    if x_client(spec).checked:
        nodes = spec.properties(spec.body_node(spec.operations[wire]))
        sent = {key: widened(spec, parsed, nodes[key], part) for key, part in sent.items()}
    arguments = {wire: _argument(part) for wire, part in operation.arguments.items()}
    paging = x_page(spec, wire)
    on_path = {wire for wire, part in operation.arguments.items() if part.name in operation.path}
    if whole is not None:
        arguments["body"] = _argument(whole)
        on_path.add("body")
    path = [part for wire, part in arguments.items() if wire in on_path]
    joined = spec.operations[wire].get("x-joined", False)
    if joined:
        path[1:] = [replace(part, required=False) for part in path[1:]]
    given = [part for wire, part in arguments.items() if wire not in on_path]
    found = None
    if paging and pointer(paging.items):
        page = parsed.fields(operation.returns)[paging.items.rpartition("/")[2]]
        found = (page.name, _item(page.type))
    elif paging:
        found = (None, _item(operation.returns))
    key = x_value(spec, wire)
    value = None if key is None else (key, parsed.fields(operation.returns)[key])
    return Method(
        name=name,
        operation=operation,
        arguments=arguments,
        path=path,
        given=sorted([*given, *sent.values()], key=lambda part: not part.required),
        sent=sent,
        items=found,
        paging=paging,
        value=value,
        stream=x_stream(spec, wire),
        command_of=None,
        joined=joined,
    )


def demands(spec: Spec) -> Demands | None:
    """What is demanded of the arguments of methods; ``None`` where they are not checked.

    Raises:
        SpecError: A keyword has not the form that it needs.
    """
    if not x_client(spec).checked:
        return None
    constraints, found = Constraints(spec), dict[str, dict[str, Any]]()
    defaults = dict[str, dict[str, Any]]()
    for name, operation in spec.operations.items():
        arguments = {k: node.get("schema", {}) for k, node in spec.arguments(operation).items()}
        known = {**arguments, **spec.properties(spec.body_node(operation))}
        found[name] = {wire: constraints.of(node) for wire, node in known.items()}
        body = spec.body_node(operation)
        nodes = {name: spec.resolve(node) for name, node in spec.properties(body).items()}
        given = {wire: node["default"] for wire, node in nodes.items() if "default" in node}
        defaults[name] = {wire: each for wire, each in given.items() if wire in spec.required(body)}
    constraints.check()
    return Demands(_kept(found), constraints.definitions, _kept(defaults))


def _kept(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: each for name, each in found.items() if each}


def _text_body(spec: Spec, wire: str) -> Field | None:
    """The body of an operation as an argument, where it is a text."""
    operation = spec.operations[wire]
    if spec.text_type(operation) is None:
        return None
    body = spec.resolve(operation["requestBody"])
    name, description = body.get("x-body-name", "body"), body.get("description", "")
    return Field(name, "str", required=True, description=description, free=False)


def _argument(part: Field) -> Field:
    """`part`, with an underscore where its name is that of something else in the method."""
    return replace(part, name=f"{part.name}_") if part.name in TAKEN else part


def _item(list_type: str) -> str:
    return list_type.removeprefix("list[").removesuffix("]")
