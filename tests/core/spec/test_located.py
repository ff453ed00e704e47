"""Documents as text: YAML by version 1.2, JSON, and the line of everything in them."""

import contextlib
import json
import string
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.errors import SpecError
from redenlab.core.spec.located import MAX_DEPTH, MAX_DIGITS, Place, read

VALUES: dict[str, Any] = {
    "no": "no",
    "on": "on",
    "12:30:00": "12:30:00",
    "2026-01-01": "2026-01-01",
    "0o17": 15,
    "0x1f": 31,
    "017": 17,
    "1_000": "1_000",
    "+5": 5,
    "-0.5": -0.5,
    ".5": 0.5,
    "1e-08": 1e-08,
    "1.0": 1.0,
    ".inf": ".inf",
    "null": None,
    "~": None,
    "": None,
    "True": True,
    "FALSE": False,
    "'5'": "5",
    "!!str 5": "5",
    "!!int 5": 5,
    '"\\u00e9"': "é",
}


@pytest.mark.parametrize("text", VALUES)
def test_a_value_is_what_version_1_2_of_yaml_says(text: str) -> None:
    found = read(f"a: {text}\n".encode(), "x.yaml")["a"]
    assert (found, type(found)) == (VALUES[text], type(VALUES[text]))


def test_every_key_is_a_text() -> None:
    assert list(read(b"{200: a, null: b, true: c, 1.5: d}", "x.yaml")) == [
        *("200", "null", "true", "1.5"),
    ]


def test_mappings_and_keys_know_where_they_stand() -> None:
    found = read(b"a:\n  b: 1\n  c:\n  - d: 2\n", "x.yaml")
    assert (found.place, found.places["a"]) == (Place("x.yaml", 1), Place("x.yaml", 1))
    assert found["a"].places["c"] == Place("x.yaml", 3)
    assert found["a"]["c"][0].place == Place("x.yaml", 4)


def test_json_knows_its_lines_as_well() -> None:
    item = '{"b\\n": "\\ud83d\\ude00,}", "n": -1.5e3, "t": true, "z": null}'
    text = f'\ufeff{{\n\t"a": [\n\t\t{item}\n\t]\n}}'
    found = read(text.encode(), "x.json")
    assert found == json.loads(text[1:])
    assert found["a"][0].place == Place("x.json", 3)
    assert found["a"][0].places["n"] == Place("x.json", 3)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=12,
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(string.printable[:95], max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=5), JSON, max_size=4), st.sampled_from([None, 1, "\t"]))
def test_json_is_read_as_the_standard_library_reads_it(value: Any, indent: Any) -> None:
    assert read(json.dumps(value, indent=indent).encode(), "x.json") == value
    assert read(json.dumps(value, indent=indent).encode(), "x") == value


@given(st.dictionaries(st.from_regex("[a-z]{1,5}", fullmatch=True), PLAIN, max_size=4))
def test_what_is_written_as_yaml_is_read_back(value: Any) -> None:
    assert read(yaml.safe_dump(value, default_style='"').encode(), "x.yaml") == value


def test_an_alias_is_what_its_anchor_names() -> None:
    text = b"a: &one {b: 1}\nc: *one\nd: {<<: *one, e: 2}\nf: {<<: [*one, {b: 3, g: 4}], b: 5}\n"
    found = read(text, "x.yaml")
    assert found["c"] == {"b": 1}
    assert found["d"] == {"b": 1, "e": 2}
    assert found["f"] == {"b": 5, "g": 4}
    assert found["d"].places["b"] == Place("x.yaml", 1)


BOMB = b"a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + b"".join(
    b"%c: &%c [%s]\n" % (after, after, b", ".join([b"*%c" % before] * 10))
    for before, after in zip(b"abcdefg", b"bcdefgh", strict=True)
)

REFUSED: dict[str, tuple[bytes, str]] = {
    "a key twice": (b"a: 1\nb: 2\na: 3\n", "x.yaml:3: the key 'a' is here twice; it is in line 1"),
    "a key twice, JSON": (b'{"a": 1,\n"a": 2}', "x.yaml:2: the key 'a' is here twice"),
    "no YAML": (b"a: [1,\nb: {", "x.yaml:[23]: this is not valid YAML: "),
    "a tab": (b"a:\n\t- b", "x.yaml:2: this is not valid YAML"),
    "no UTF-8": (b"a: \xff\xfe\xfa", "x.yaml: this is not valid YAML"),
    "a tag": (b"a: !!python/name:os.system", "x.yaml:1: the tag '.*' is none of JSON's types"),
    "a tag of a list": (b"a: 1\nb: !!set [1]", "x.yaml:2: the tag '.*' is none of JSON's types"),
    "a key that is a list": (b"a: 1\n[1]: 2", "x.yaml:2: a key has to be a text"),
    "two documents": (b"a: 1\n---\nb: 2", "x.yaml:2: a second document begins here"),
    "an unknown anchor": (b"a: 1\nb: *c", "x.yaml:2: this is not valid YAML: .*c|.*'c' does not"),
    "an anchor in itself": (b"a: &a\n  b: *a", "x.yaml:2: the anchor 'a' stands within itself"),
    "a merged text": (b"a: &a text\nb: {<<: *a}", "x.yaml:2: '<<' takes a mapping"),
    "a long number": (b"a: " + b"9" * 400, f"x.yaml:1: this number has more than {MAX_DIGITS}"),
    "half a character": (b'{"a":\n"\\ud83d"}', "x.yaml:2: this text has half a character"),
    "depth": (b"[" * 500 + b"]" * 500, f"x.yaml:1: this is nested deeper than {MAX_DEPTH}"),
    "depth, JSON": (b'{"a":' * 5000 + b"1" + b"}" * 5000, "x.yaml:?1?: this is nested deeper"),
    "a bomb": (BOMB, "x.yaml:7: its aliases stand for more values"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_text_that_is_no_document_is_refused_with_its_line(what: str) -> None:
    content, problem = REFUSED[what]
    with pytest.raises(SpecError, match=problem):
        read(content, "x.yaml")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"a": 1,\n}', "x.json:2: this is not valid JSON"),
        (b'{"a": NaN}', "x.json: this is not valid JSON: NaN is no JSON number"),
        (b"a: 1", "x.json:1: this is not valid JSON"),
        (b'{"a": "\xff"}', "x.json: this is not valid JSON"),
    ],
)
def test_a_json_file_has_to_be_json(content: bytes, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        read(content, "x.json")


@given(st.binary(max_size=60) | st.text("{}[]:,-&*!\"' \n\tab1", max_size=40).map(str.encode))
def test_no_text_whatever_ends_in_another_error(content: bytes) -> None:
    for name in ("x.yaml", "x.json"):
        with contextlib.suppress(SpecError):
            read(content, name)
