"""A hook of the build: the README as the page of the package, where relative links lead nowhere.

Links to files of the repository become their text with the path behind it; no address of a
repository is made up. Links to other hosts stay.
"""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

RELATIVE = re.compile(r"\[([^\]]+)\]\((?!\w+://|#)([^)\s]+)\)")


def standing_alone(text: str) -> str:
    """`text` without relative links: ``[its page](docs/a.md)`` is ``its page (docs/a.md)``."""

    def replace(match: re.Match[str]) -> str:
        words, target = match.groups()
        path = target.partition("#")[0]
        named = words if words.strip("`") == path else f"{words} ({path})"
        return words if path.removesuffix("/") in words else named

    return RELATIVE.sub(replace, text)


class CustomMetadataHook(MetadataHookInterface):
    """What hatchling calls for the fields that ``pyproject.toml`` declares as dynamic."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the text of the page."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": standing_alone(text)}
