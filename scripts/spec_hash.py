"""The hash of all specs of a folder, which says what a wheel was made of."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from redenlab.core.spec.document import documents, messages_of


def spec_hash(folder: Path) -> str:
    """``sha256:`` and the digest of the names and contents of documents and what is beside them.

    Line ends do not count, since git may check out either kind.
    """
    found = hashlib.sha256()
    for path in _specs(folder):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        found.update(f"{path.name}\n{len(content)}\n".encode() + content)
    return f"sha256:{found.hexdigest()}"


def _specs(folder: Path) -> Iterator[Path]:
    for path in documents(folder):
        yield path
        overlay = path.with_name(f"{path.stem}.overlay.yaml")
        yield from (beside for beside in (overlay, messages_of(path)) if beside.exists())
