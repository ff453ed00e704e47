"""``x-signature`` of a webhook: how its deliveries prove where they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from redenlab.core.spec.blocks import Block
from redenlab.core.spec.forms import Form

_PATTERNS = {
    "hex": "(?P<hex>[0-9a-f]+)",
    "base64": "(?P<base64>[A-Za-z0-9+/_=-]+)",
    "timestamp": r"(?P<timestamp>\d{1,12})",
    "secret": "(?P<secret>.+)",
}

Value = Annotated[
    str, Form(r".*\{(hex|base64|secret)\}.*", "a text with {hex}, {base64}, {secret}")
]
Signed = Annotated[str, Form(r".*\{body\}.*", "a text with {body}: {timestamp}.{body}")]


class Signature(Block):
    """An ``x-signature`` block.

    Attributes:
        header: The header that has the proof.
        value: Its form: ``{hex}`` or ``{base64}`` is an HMAC-SHA-256 of `signed`, ``{timestamp}``
            Unix seconds, ``{secret}`` the secret itself. A header may have several.
        signed: What is signed, of ``{id}``, ``{timestamp}`` and ``{body}``.
        timestamp: The header that has the Unix seconds, where `value` has none; ``None`` where
            deliveries have no time, so that a replay cannot be told.
        id: The header that has the id of the delivery.
    """

    header: str
    value: Value
    signed: Signed = "{body}"
    timestamp: str | None = None
    id: str | None = None

    def proofs(self, text: str) -> list[Mapping[str, str]]:
        """What is in a header: each with the groups of `value` that it has."""
        pattern = re.escape(self.value)
        for name, group in _PATTERNS.items():
            pattern = pattern.replace(re.escape(f"{{{name}}}"), group)
        if "{secret}" in self.value:
            found = re.fullmatch(pattern, text)
            return [found.groupdict()] if found else []
        return [match.groupdict() for match in re.finditer(pattern, text)]


STANDARD = Signature(
    header="webhook-signature",
    value="v1,{base64}",
    signed="{id}.{timestamp}.{body}",
    timestamp="webhook-timestamp",
    id="webhook-id",
)
"""Standard Webhooks."""
