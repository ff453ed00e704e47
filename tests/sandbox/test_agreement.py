"""The generated models and the schema check have one opinion of a body."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import redenlab_api.ml.server
import redenlab_api.replicate.server
from redenlab.core.spec.document import Spec
from redenlab.core.spec.schemas import problems
from redenlab.core.spec.x_job import job_specs
from redenlab.sandbox.engine.forms import Forms, refusals
from redenlab.sandbox.engine.invention import Inventor, plain

MODULES = {"ml": redenlab_api.ml.server, "replicate": redenlab_api.replicate.server}


class Form(NamedTuple):
    """A schema, and the model that was generated from it."""

    spec: Spec
    name: str

    def __repr__(self) -> str:
        return f"{self.spec.backend}/{self.name}"

    @property
    def schema(self) -> dict[str, str]:
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def model(self) -> type[BaseModel]:
        found: type[BaseModel] = getattr(MODULES[self.spec.backend], self.name)
        return found

    def is_refused_by_model(self, body: Any) -> bool:
        return any(refusals(self.model, body))

    def is_refused_by_schema(self, body: Any) -> bool:
        return any(problems(body, self.schema, self.spec.at))


def forms() -> Iterator[Form]:
    for backend, module in MODULES.items():
        spec = Spec(Path(str(module.__file__)).with_name(f"{backend}.json"))
        for operation in spec.operations.values():
            content = spec.resolve(operation.get("requestBody", {})).get("content", {})
            named = (
                media["schema"]["$ref"] for media in content.values() if "$ref" in media["schema"]
            )
            for name in named:
                yield Form(spec, name.rpartition("/")[2])
        for job in job_specs(spec):
            for model in job.models.values():
                if model.schema is not None:
                    yield Form(spec, model.schema)


FORMS = {repr(form): form for form in forms()}

Change = Callable[[Any, Mapping[str, Any]], Any]

TOO_LONG = "x" * 300

WRONG: Mapping[str, Change] = {
    "a string": lambda _value, _node: "7",
    "an empty string": lambda _value, _node: "",
    "a long string": lambda _value, node: TOO_LONG + "x" * node.get("maxLength", 0),
    "a date": lambda _value, _node: "2026-13-45",
    "an integer": lambda _value, _node: 7,
    "below": lambda _value, node: node.get("minimum", 0) - 1,
    "above": lambda _value, node: node.get("maximum", 0) + 1,
    "an integer with a point": lambda _value, _node: 2.0,
    "a fraction": lambda _value, _node: 2.5,
    "a huge number": lambda _value, _node: 1e300,
    "true": lambda _value, _node: True,
    "zero": lambda _value, _node: 0,
    "an array": lambda value, _node: [value],
    "an empty array": lambda _value, _node: [],
    "an object": lambda value, _node: {"patient": value},
    "an empty object": lambda _value, _node: {},
    "itself": lambda value, _node: value,
}
"""What a part of a body is replaced by; some of them fit some parts."""

DIFFERENCES: Mapping[str, tuple[Any, str, bool, bool]] = {
    "null in place of an optional value is no value to the models, which have no other word": (
        {"filename": "a.wav", "chunk_index": None},
        "ml/UploadUrlRequest",
        False,
        True,
    ),
    "half of a surrogate pair is a string in JSON schemas, and no text in pydantic": (
        {"filename": "\ud800"},
        "ml/UploadUrlRequest",
        True,
        False,
    ),
    "values of any form may be nested 200 levels deep in pydantic": (
        {"input": json.loads('{"a":' * 250 + "1" + "}" * 250)},
        "replicate/PredictionRequest",
        True,
        False,
    ),
}
"""Where they differ and why: body, form, whether the model refuses it, whether the schema does."""


def places(
    value: Any, schema: Any, spec: Spec
) -> Iterator[tuple[list[str | int], Mapping[str, Any]]]:
    """The parts of a body that the schema knows, with their schemas."""
    node = plain(schema, spec.resolve)
    yield [], node
    if isinstance(value, dict):
        for name, inner in node.get("properties", {}).items():
            if name in value:
                for path, found in places(value[name], inner, spec):
                    yield [name, *path], found
    if isinstance(value, list) and "items" in node:
        for index, item in enumerate(value):
            for path, found in places(item, node["items"], spec):
                yield [index, *path], found


def changed(body: Any, path: list[str | int], change: Callable[[Any], Any]) -> Any:
    """A copy of a body with one part replaced."""
    if not path:
        return change(body)
    found = copy.copy(body)
    found[path[0]] = changed(body[path[0]], path[1:], change)
    return found


def fitting(form: Form, seed: str, *, complete: bool) -> Any:
    return Inventor(form.spec.resolve, seed).value(form.schema, complete=complete)


def verdicts(form: Form, body: Any) -> tuple[bool, bool]:
    return form.is_refused_by_model(body), form.is_refused_by_schema(body)


@pytest.mark.parametrize("form", list(FORMS.values()), ids=repr)
@given(seed=st.text(max_size=3), complete=st.booleans())
@settings(max_examples=15, deadline=None)
def test_what_fits_the_schema_is_accepted_by_both(form: Form, seed: str, complete: bool) -> None:
    assert verdicts(form, fitting(form, seed, complete=complete)) == (False, False)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("form", list(FORMS.values()), ids=repr)
@given(data=st.data(), seed=st.text(max_size=3))
@settings(max_examples=10, deadline=None)
def test_a_part_that_is_something_else_is_the_same_to_both(
    form: Form, wrong: str, data: st.DataObject, seed: str
) -> None:
    body = fitting(form, seed, complete=True)
    path, node = data.draw(st.sampled_from(list(places(body, form.schema, form.spec))))
    other = changed(body, path, lambda value: WRONG[wrong](value, node))
    model, schema = verdicts(form, other)
    assert model is schema, other


@pytest.mark.parametrize("form", list(FORMS.values()), ids=repr)
@given(
    body=st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
@settings(max_examples=30, deadline=None)
def test_any_json_is_the_same_to_both(form: Form, body: Any) -> None:
    model, schema = verdicts(form, body)
    assert model is schema


def each_property() -> Iterator[tuple[Form, str]]:
    for form in FORMS.values():
        for name in plain(form.schema, form.spec.resolve).get("properties", {}):
            yield form, name


@pytest.mark.parametrize(("form", "name"), list(each_property()), ids=repr)
def test_a_part_that_is_left_out_is_the_same_to_both(form: Form, name: str) -> None:
    body = fitting(form, "0", complete=True)
    del body[name]
    required = name in plain(form.schema, form.spec.resolve).get("required", ())
    assert verdicts(form, body) == (required, required)


@pytest.mark.parametrize(("form", "name"), list(each_property()), ids=repr)
def test_null_is_refused_everywhere(form: Form, name: str) -> None:
    """By the schema alone where the value is optional: see `DIFFERENCES`."""
    body = {**fitting(form, "0", complete=True), name: None}
    required = name in plain(form.schema, form.spec.resolve).get("required", ())
    assert verdicts(form, body) == (required, True)


@pytest.mark.parametrize("form", list(FORMS.values()), ids=repr)
def test_another_key_is_refused_by_both_or_neither(form: Form) -> None:
    closed = plain(form.schema, form.spec.resolve).get("additionalProperties") is False
    body = {**fitting(form, "0", complete=True), "speed": 2}
    assert verdicts(form, body) == (closed, closed)


@pytest.mark.parametrize("reason", DIFFERENCES)
def test_differences_are_those_that_are_known(reason: str) -> None:
    body, form, model, schema = DIFFERENCES[reason]
    assert verdicts(FORMS[form], body) == (model, schema)


@pytest.mark.parametrize("form", list(FORMS.values()), ids=repr)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_no_refusal_quotes_a_text_that_was_sent(form: Form, data: st.DataObject) -> None:
    body = fitting(form, "0", complete=True)
    path, _ = data.draw(st.sampled_from(list(places(body, form.schema, form.spec))))
    private = data.draw(st.sampled_from(["Jane Roe", ["Jane Roe"], {"name": "Jane Roe"}]))
    other = changed(body, path, lambda _value: private)
    for models in ("", MODULES[form.spec.backend].__name__):
        found = list(Forms(form.spec, models).problems(other, form.schema))
        assert "Jane" not in " ".join(found)
        assert all(": " in text for text in found)
