"""``x-stream``: what is read of it, and what is refused with its line."""

from pathlib import Path

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.streams import XStream
from redenlab.core.spec.x_stream import x_stream

SPEC = """
openapi: 3.1.0
paths:
  /pots:
    post:
      operationId: watch
      responses: {{'200': {{description: ok}}}}
      x-stream: {stream}
    get:
      operationId: look
      responses: {{'200': {{description: ok}}}}
components:
  schemas:
    Pot: {{type: object, properties: {{done: {{type: boolean}}, why: {{type: string}}}}}}
"""


def read(tmp_path: Path, stream: str, name: str = "watch") -> XStream | None:
    path = tmp_path / "pots.yaml"
    path.write_text(SPEC.format(stream=stream))
    return x_stream(Spec(path), name)


WHOLE = "{type: Pot, events: [pot], done: $response.body#/done == true, error: $response.body#/why}"


def test_a_block_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert found == XStream(
        type="Pot",
        events=("pot",),
        done="$response.body#/done == true",
        error="$response.body#/why",
    )
    assert read(tmp_path, WHOLE, "look") is None


@pytest.mark.parametrize(
    ("stream", "problem"),
    [
        (WHOLE.replace("type: Pot", "type: Pan"), "there is no schema 'Pan'"),
        (WHOLE.replace("/done ", "/ready "), "points to nothing: there are done, why"),
        (WHOLE.replace("/why", "/reason"), "points to nothing"),
        (WHOLE.replace("== true", "=="), "done cannot be read"),
        ("{type: Pot, done: $response.body#/done}", "needs the key 'events'"),
    ],
)
def test_mistakes_are_refused_with_their_line(tmp_path: Path, stream: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem) as caught:
        read(tmp_path, stream)
    assert caught.value.message.startswith("pots.yaml:")
