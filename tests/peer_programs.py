"""Programs of others, each in an environment of its own; `make peers` makes them."""

import os
from pathlib import Path

import pytest

PEERS = Path(os.environ.get("REDENLAB_PEERS") or Path(__file__).parents[1] / ".venv" / "peers")


def peer(name: str) -> Path:
    """The folder of a program; without one the test fails."""
    folder = PEERS / name
    if not folder.is_dir():
        pytest.fail(f"{folder} is missing; run `make peers`")
    return folder
