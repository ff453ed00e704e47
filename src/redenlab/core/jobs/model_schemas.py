"""What models publish of their inputs and outputs, and values that are held against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import InputError
from redenlab.core.jobs.input_files import becomes_text
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.outputs import AsyncFileOutput, FileOutput, of_url
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.grammar import ModelReference, ModelSchemas
from redenlab.core.spec.schemas import Resolve, problems
from redenlab.core.text import sanitize

if TYPE_CHECKING:
    from redenlab.core.jobs.outputs import OutputClient

In = TypeVar("In", bound=Mapping[str, Any])


@dataclass(frozen=True)
class PinnedModel(Generic[In]):
    """A version of a model with the schemas that it publishes; `In` is the type of its input.

    Attributes:
        ref: The reference to it, such as ``owner/name:version``.
        schemas: By their names.
    """

    ref: str
    schemas: Mapping[str, Any] = field(repr=False, hash=False)


def reference(model: str | PinnedModel[Any]) -> str:
    """The reference to a model."""
    return model.ref if isinstance(model, PinnedModel) else model


def schemas_of(job: JobType[Any]) -> ModelSchemas:
    """Where the models of a job publish their schemas; it has to be a job whose models do."""
    model = job.x_job.model
    assert isinstance(model, ModelReference)  # noqa: S101 - others have no `schemas`
    assert model.schemas is not None  # noqa: S101
    return model.schemas


async def published(context: CallContext, job: JobType[Any], ref: str) -> PinnedModel[Any] | None:
    """A model with its schemas; ``None`` where it publishes none, or `ref` does not say enough.

    Raises:
        InputError: `ref` names no model.
        NotFound: There is no such model.
        APIError: See `redenlab.core.errors`.
    """
    model = cast("ModelReference", job.x_job.model)
    parts = model.parts(ref)
    if parts is None:
        hint = f"write {model.description or model.pattern}"
        raise InputError(f"'{sanitize(ref)}' names no model", hint=hint)
    scope = Scope(model=parts)
    for lookup in schemas_of(job).lookups:
        if lookup.when is None or holds(lookup.when, scope):
            found = (await job.caller(context).call(lookup, scope)).value(lookup.value)
            is_there = isinstance(found, dict)
            return PinnedModel(ref, cast("dict[str, Any]", found)) if is_there else None
    return None


def check(job: JobType[Any], model: PinnedModel[Any], given: Mapping[str, Any]) -> None:
    """Refuse an input that does not suit the model; files fit everywhere.

    Raises:
        InputError: A value is missing, unknown, or not what the model takes.
    """
    schema, values = model.schemas.get(schemas_of(job).input, {}), without_none(given)
    known = schema.get("properties", {})
    for name in values:
        if name not in known:
            raise InputError(
                f"{model.ref} has no input {sanitize(name)!r}",
                hint=f"its inputs: {', '.join(sorted(known))}",
            )
    for found in problems(values, schema, _resolver(model), opaque=becomes_text):
        name = found.pointer.removeprefix("/") or "the input"
        raise InputError(f"{model.ref}: {sanitize(name)} {found.text}")


def shaped(
    job: JobType[Any],
    model: PinnedModel[Any],
    client: "OutputClient",
    output: Any,
    *,
    piece: bool = False,
) -> Any:
    """An output as its schema has it: files for URIs, one text for texts that belong together.

    Args:
        job: What ran.
        model: The model.
        client: Fetches the files.
        output: As it was found without the schema, with files for what looks like them.
        piece: Whether it is one of the elements of the output.
    """
    resolve, how = _resolver(model), schemas_of(job)
    schema: Any = model.schemas.get(how.output, {})

    def convert(value: Any, node: Any) -> Any:
        while "$ref" in node:
            node = resolve(node["$ref"])
        is_uri = node.get("format") == "uri"
        if isinstance(value, FileOutput | AsyncFileOutput):
            return value.url if node.get("type") == "string" and not is_uri else value
        if isinstance(value, str):
            return of_url(client, value.strip()) if is_uri else value
        if isinstance(value, list):
            items = cast("Iterable[Any]", value)
            return [convert(each, node.get("items", {})) for each in items]
        if isinstance(value, dict):
            inner, pairs = node.get("properties", {}), cast("dict[str, Any]", value).items()
            return {name: convert(each, inner.get(name, {})) for name, each in pairs}
        return value

    if piece:
        return convert(output, schema.get("items", {}))
    found = convert(output, schema)
    if isinstance(found, list) and how.joined.items() & schema.items():
        return "".join(map(str, cast("Iterable[Any]", found)))
    return cast("Any", found)


def _resolver(model: PinnedModel[Any]) -> Resolve:
    def resolve(ref: str) -> Any:
        return model.schemas[ref.rpartition("/")[2]]

    return resolve
