"""Specs for the engine, and requests to it, in few words."""

import json
from pathlib import Path
from typing import Any

from redenlab.core.spec.document import Spec
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.engine import Engine, Exchange, received
from redenlab.sandbox.engine.scenario import Scenario, Setting
from scripted_api import EXAMPLES

KEY = "sk-engine"
BASE = "https://api.example.com"


def spec_of(folder: Path, text: str) -> Spec:
    """A spec with this text."""
    path = folder / "mill.yaml"
    path.write_text(text)
    return Spec(path)


class Caller:
    """An engine, and someone who calls it."""

    def __init__(self, spec: Spec | str, sign: str = "Bearer {}", **scenario: Any) -> None:
        """`spec` may name one of the examples; `sign` makes the header ``Authorization``."""
        found = Spec(EXAMPLES / f"{spec}.yaml") if isinstance(spec, str) else spec
        self.engine = Engine(found, key=KEY, setting=Setting(BASE), scenario=Scenario(**scenario))
        self.exchanges: list[Exchange] = []
        self._sign = sign

    def __call__(
        self, method: str, path: str, body: Any = None, key: str | None = KEY, **headers: str
    ) -> RawResponse:
        """The response to a request; `path` may be a whole URL."""
        url = path if "://" in path else f"{BASE}{path}"
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            sent["Authorization"] = self._sign.format(key)
        content = body if isinstance(body, bytes) else b""
        if body is not None and not isinstance(body, bytes):
            sent.setdefault("Content-Type", "application/json")
            content = json.dumps(body).encode()
        made = self.engine.respond(received(method, url, sent, content))
        self.exchanges.append(made)
        assert isinstance(made.response, RawResponse)
        return made.response
