"""Specs that are edited by a test, and what is generated from them."""

from pathlib import Path

import generate


def changed(text: str, *replacements: tuple[str, str]) -> str:
    """`text` with each first occurrence replaced; all have to be there."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def write(folder: Path, name: str, text: str) -> Path:
    """A spec alone in a folder ``openapi`` of `folder`."""
    path = folder / "openapi" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return path


def build(folder: Path, name: str, text: str) -> Path:
    """The package that is generated from a spec; building it proves it.

    Raises:
        SpecError: The spec is refused.
    """
    path = write(folder, name, text)
    generate.build(path.parent, folder / "generated")
    return folder / "generated" / generate.PACKAGE / path.stem
