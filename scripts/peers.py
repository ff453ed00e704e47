"""Make the environments of the tests in tests/peers: programs of others, each by itself.

    python scripts/peers.py

What they hold is pinned in scripts/peers. They lie below `.venv/peers`, or where the variable
REDENLAB_PEERS says; one that is there already is left alone until its pins change.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

PINS = Path(__file__).parent / "peers"
PEERS = Path(os.environ.get("REDENLAB_PEERS") or PINS.parents[1] / ".venv" / "peers")
MARK = ".pins"


def main() -> None:
    """See the module."""
    wanted: dict[Path, Callable[[Path, Path], None]] = {
        **dict.fromkeys(sorted(PINS.glob("*.txt")), _python),
        PINS / "node" / "package-lock.json": _node,
    }
    with ThreadPoolExecutor() as pool:
        list(pool.map(_make, wanted, wanted.values()))


def _make(pins: Path, install: Callable[[Path, Path], None]) -> None:
    name = pins.stem if pins.suffix == ".txt" else pins.parent.name
    folder, digest = PEERS / name, sha256(pins.read_bytes()).hexdigest()
    mark = folder / MARK
    if mark.exists() and mark.read_text() == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    install(pins, folder)
    mark.write_text(digest)


def _python(pins: Path, folder: Path) -> None:
    _run(sys.executable, "-m", "venv", str(folder))
    pip = (str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet")
    _run(*pip, "install", "--no-deps", "-r", str(pins))


def _node(pins: Path, folder: Path) -> None:
    for path in pins.parent.iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    _run("npm", "ci", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
