"""Files readable only by their owner (mode 0600), written atomically; YAML of a bounded size."""

import os
import stat
import tempfile
from pathlib import Path
from typing import Any, cast

from redenlab.core.errors import ConfigurationError

MAX_BYTES = 64 * 1024


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a private YAML file; empty when there is no file."""
    return parsed_yaml(_content(path), str(path))


def parsed_yaml(content: bytes, path: str) -> dict[str, Any]:
    """The mapping in the content of a private file; `path` is named in errors."""
    if not content:
        return {}
    if len(content) > MAX_BYTES:
        raise ConfigurationError(f"{path} is larger than {MAX_BYTES} bytes")
    import yaml  # noqa: PLC0415 - most clients have no file

    try:
        value: Any = yaml.safe_load(content)  # 64 KiB; aliases are references, not copies
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ConfigurationError(f"{path} is not valid YAML") from None
    if value is None:
        return {}
    if isinstance(value, dict):
        found = cast("dict[str, Any]", value)
        if set(map(type, found)) <= {str}:
            return found
    raise ConfigurationError(f"{path} has to hold settings as 'name: value' lines")


def _content(path: Path) -> bytes:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}") from None
    try:
        if os.name == "posix":
            refuse_unsafe(path, os.fstat(descriptor), user=os.getuid())
        return os.read(descriptor, MAX_BYTES + 1)
    finally:
        os.close(descriptor)


def refuse_unsafe(path: Path, status: os.stat_result, *, user: int) -> None:
    """Refuse a file that may hold a key and that others can read or have written."""
    if not stat.S_ISREG(status.st_mode):
        raise ConfigurationError(f"{path} is not a regular file", hint="put a file there")
    if status.st_uid not in {user, 0}:
        raise ConfigurationError(f"{path} belongs to another user", hint="create your own")
    if status.st_mode & 0o077:
        raise ConfigurationError(
            f"{path} can be read by others and may hold a key", hint=f"run: chmod 600 {path}"
        )


def write_private(path: Path, text: str) -> None:
    """Write `text` with mode 0600, all of it or nothing; missing folders get mode 0700."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp creates with mode 0600, and a rename is atomic (POSIX).
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
