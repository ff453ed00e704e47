"""What a model publishes of its input and output, and values that are held against it."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import InputError
from redenlab.core.jobs.input_files import becomes_text
from redenlab.core.jobs.outputs import OutputClient, of_url
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.spec.schemas import Resolve, problems
from redenlab.core.text import sanitize
from redenlab.replicate.pins import PinnedModel
from redenlab_api.replicate.api.models import models_get, models_versions_get
from redenlab_api.replicate.jobs import PREDICT

Schemas = Mapping[str, Any]
"""By name; ``Input`` and ``Output`` are those of the model."""


async def published(context: CallContext, ref: str) -> PinnedModel[Any] | None:
    """A model with its schemas; ``None`` where `ref` is but a version, or nothing is published.

    Raises:
        InputError: `ref` names no model.
        NotFound: There is no such model.
        APIError: See `redenlab.core.errors`.
    """
    reference: Any = PREDICT.x_job.model
    parts = reference.parts(ref)
    if parts is None:
        raise InputError(f"'{sanitize(ref)}' names no model", hint="write owner/name")
    if parts["model"] is None:
        return None
    owner, _, name = parts["model"].partition("/")
    if parts["version"] is None:
        version = (await context.call(models_get, owner, name))[0].latest_version
    else:
        version, _ = await context.call(models_versions_get, owner, name, parts["version"])
    document: Any = version and version.openapi_schema
    if not document:
        return None
    return PinnedModel(ref, document.get("components", {}).get("schemas", {}))


def check(model: PinnedModel[Any], given: Mapping[str, Any]) -> None:
    """Refuse an input that does not suit the model; files fit everywhere.

    Raises:
        InputError: A value is missing, unknown, or not what the model takes.
    """
    schema, values = model.schemas.get("Input", {}), without_none(given)
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


def shaped(model: PinnedModel[Any] | None, client: OutputClient, output: Any) -> Any:
    """An output as its schema has it: files for URIs, one text for words that belong together."""
    if model is None:
        return output
    resolve, schema = _resolver(model), model.schemas.get("Output", {})

    def convert(value: Any, node: Any) -> Any:
        while "$ref" in node:
            node = resolve(node["$ref"])
        if isinstance(value, str) and node.get("format") == "uri":
            return of_url(client, value)
        if isinstance(value, list):
            items = cast("Iterable[Any]", value)
            return [convert(each, node.get("items", {})) for each in items]
        if isinstance(value, dict):
            inner, pairs = node.get("properties", {}), cast("dict[str, Any]", value).items()
            return {name: convert(each, inner.get(name, {})) for name, each in pairs}
        return value

    found = convert(output, schema)
    if schema.get("x-cog-array-display") == "concatenate" and isinstance(found, list):
        return "".join(map(str, cast("Iterable[Any]", found)))
    return found


def piece(model: PinnedModel[Any] | None, client: OutputClient, text: str) -> Any:
    """One piece of a streamed output: a file where the model makes files, else the text."""
    output: Any = model.schemas.get("Output", {}) if model else {}
    is_file = output.get("items", {}).get("format") == "uri"
    return of_url(client, text.strip()) if is_file else text


def _resolver(model: PinnedModel[Any]) -> Resolve:
    def resolve(ref: str) -> Any:
        return model.schemas[ref.rpartition("/")[2]]

    return resolve
