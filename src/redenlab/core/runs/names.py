"""Where ledgers are, and the command that resumes a run, which has at most 120 characters.

A run of the command line that names no ledger has it in a folder of the user's state, so that its
name is all that is needed. A ledger elsewhere is named by its path, or, where that is too long, by
a name in that folder that leads to it.
"""

import hashlib
import os
import re
import shlex
from pathlib import Path

from redenlab.core.auth.private_file import write_private
from redenlab.core.errors import ConfigurationError

LONGEST = 120
"""Characters of a command."""

VERB = "redenlab run resume"
_LEDGER, _LINK = ".sqlite", ".ledger"


def folder() -> Path:
    """Where ledgers are that have only a name."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "redenlab" / "runs"


def path_of(name: str) -> Path:
    """The ledger of a run: `name` is that of a run, or the path of the ledger."""
    if re.fullmatch(r"[\w.-]+", name) and not Path(name).exists():
        link = folder() / f"{name}{_LINK}"
        if link.is_file():
            return Path(link.read_text(encoding="utf-8"))
        return folder() / f"{name}{_LEDGER}"
    return Path(name).expanduser().absolute()


def found(name: str) -> Path:
    """The ledger of a run that there is.

    Raises:
        ConfigurationError: There is none.
    """
    path = path_of(name)
    if not path.is_file():
        known = ", ".join(names()) or "none"
        raise ConfigurationError(f"there is no run {name}", hint=f"runs on this machine: {known}")
    return path


def names() -> list[str]:
    """Every run that has a name."""
    here = folder()
    kinds = {_LEDGER, _LINK}
    return (
        sorted(path.stem for path in here.iterdir() if path.suffix in kinds)
        if here.is_dir()
        else []
    )


def name_for(stem: str, digest: str) -> str:
    """A name for a run: the same for the same sources, model and parameters."""
    kept = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-")[:40]
    return f"{kept or 'run'}-{digest[:6]}"


def resume_command(ledger: Path) -> str:
    """What resumes the run of a ledger, from the current folder."""
    return f"{VERB} {shlex.quote(short_name(ledger))}"


def short_name(ledger: Path) -> str:
    """The shortest name of a ledger, from the current folder."""
    if ledger.parent == folder() and ledger.suffix == _LEDGER:
        return ledger.stem
    ways = [str(ledger)]
    if ledger.is_relative_to(Path.cwd()):
        ways.append(str(ledger.relative_to(Path.cwd())))
    best = min(ways, key=len)
    if len(f"{VERB} {shlex.quote(best)}") <= LONGEST:
        return best
    name = name_for(ledger.stem, hashlib.sha256(os.fsencode(ledger)).hexdigest())
    write_private(folder() / f"{name}{_LINK}", str(ledger))
    return name


def forget(ledger: Path) -> None:
    """Remove the name of a ledger, if it has one."""
    for name in names():
        link = folder() / f"{name}{_LINK}"
        if link.is_file() and Path(link.read_text(encoding="utf-8")) == ledger:
            link.unlink()
