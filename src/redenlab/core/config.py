"""Settings and where each of them came from.

    argument  >  environment  >  file  >  default

They are read when a client is made, never at import. A value remembers its source, so that an
error about it can say where to mend it.
"""

import ipaddress
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from redenlab.core.errors import ConfigurationError

MOST_BYTES = 64 * 1024
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Setting:
    """One value and its source, e.g. ``argument api_key`` or ``environment REDENLAB_ML_API_KEY``.

    The value stays out of the representation, because it may be a key.
    """

    value: Any = field(repr=False)
    source: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Where one backend's settings live.

    Attributes:
        variables: Environment variable of each setting; of several, the first that is set.
        file: Path below the home directory.
        defaults: Values of settings that nobody gave.
    """

    variables: Mapping[str, tuple[str, ...]]
    file: str
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])

    @property
    def path(self) -> Path:
        """The configuration file, which need not exist."""
        return Path.home() / self.file

    def sources(self, name: str, path: Path | None = None) -> str:
        """The places where setting `name` is looked for, for an error message."""
        variables = " or ".join(self.variables.get(name, ()))
        return f"the argument {name}, the environment variable {variables}, {path or self.path}"


class Settings:
    """The settings of one client, resolved once."""

    def __init__(
        self,
        profile: Profile,
        arguments: Mapping[str, Any],
        *,
        environ: Mapping[str, str] | None = None,
        path: str | os.PathLike[str] | None = None,
    ) -> None:
        """Resolve every setting of `profile`.

        Args:
            profile: What to look for, and where.
            arguments: Values given by the caller; ``None`` counts as not given.
            environ: Replaces the process environment.
            path: Replaces the profile's configuration file, and then has to exist.

        Raises:
            ConfigurationError: A variable is set but empty, or the file is malformed, too large,
                readable by others, or somebody else's.
        """
        self._profile = profile
        self._path = profile.path if path is None else Path(path)
        if path is not None and not self._path.exists():
            raise ConfigurationError(f"there is no configuration file {self._path}")
        self._values: dict[str, Setting] = {
            name: Setting(value, "default") for name, value in profile.defaults.items()
        }
        self._values |= self._from_file()
        self._values |= self._from_environment(os.environ if environ is None else environ)
        self._values |= {
            name: Setting(value, f"the argument {name}")
            for name, value in arguments.items()
            if value is not None
        }

    def get(self, name: str) -> Setting | None:
        """The setting, or ``None`` when no source has it."""
        return self._values.get(name)

    def source(self, name: str) -> str:
        """Where the setting came from, or every place that was looked at."""
        setting = self._values.get(name)
        return setting.source if setting else self._profile.sources(name, self._path)

    def text(self, name: str) -> str | None:
        """The setting as a string.

        Raises:
            ConfigurationError: It is something else, such as an unquoted number in the file.
        """
        setting = self._values.get(name)
        if setting is None or isinstance(setting.value, str):
            return setting.value if setting else None
        raise ConfigurationError(f"{name} from {setting.source} is not a text; quote it")

    def seconds(self, name: str) -> float:
        """The setting as a positive, finite number of seconds.

        Raises:
            ConfigurationError: It is not one.
        """
        setting = self._values[name]
        try:
            value = float(setting.value)
        except (TypeError, ValueError):
            value = -1.0
        if isinstance(setting.value, bool) or not 0 < value < float("inf"):
            raise ConfigurationError(
                f"{name} from {setting.source} is not a positive number of seconds"
            )
        return value

    def _from_environment(self, environ: Mapping[str, str]) -> dict[str, Setting]:
        found: dict[str, Setting] = {}
        for name, variables in self._profile.variables.items():
            variable = next((v for v in variables if v in environ), None)
            if variable is None:
                continue
            if not environ[variable].strip():
                raise ConfigurationError(
                    f"the environment variable {variable} is set but empty",
                    hint="unset it, or give it a value",
                )
            found[name] = Setting(environ[variable], f"the environment variable {variable}")
        return found

    def _from_file(self) -> dict[str, Setting]:
        values = read(self._path)
        known = self._profile.variables.keys() | self._profile.defaults.keys()
        for name in values.keys() - known:
            from difflib import get_close_matches  # noqa: PLC0415 - for those who mistype

            close = get_close_matches(name, known, 1)
            raise ConfigurationError(
                f"{self._path} has an unknown setting '{name}'",
                hint=f"did you mean '{close[0]}'?" if close else f"known: {sorted(known)}",
            )
        return {name: Setting(value, str(self._path)) for name, value in values.items()}


def read(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; empty when there is no file.

    Raises:
        ConfigurationError: It cannot be read safely (see `Settings`) or is no mapping.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigurationError(f"cannot read {path}: {error.strerror}") from None
    try:
        if os.name == "posix":
            refuse_unsafe(path, os.fstat(descriptor), user=os.getuid())
        content = os.read(descriptor, MOST_BYTES + 1)
    finally:
        os.close(descriptor)
    return _mapping(path, content)


def refuse_unsafe(path: Path, status: os.stat_result, *, user: int) -> None:
    """Refuse a file that may hold a key and that others can read or have written.

    Raises:
        ConfigurationError: It is no regular file, belongs to neither `user` nor root, or grants
            anything to group or others.
    """
    if not stat.S_ISREG(status.st_mode):
        raise ConfigurationError(f"{path} is not a regular file")
    if status.st_uid not in {user, 0}:
        raise ConfigurationError(f"{path} belongs to another user")
    if status.st_mode & 0o077:
        raise ConfigurationError(
            f"{path} can be read by others and may hold a key", hint=f"run: chmod 600 {path}"
        )


def _mapping(path: Path, content: bytes) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - only those who have a file pay for it

    if len(content) > MOST_BYTES:
        raise ConfigurationError(f"{path} is larger than {MOST_BYTES} bytes")
    try:
        bomb = _bomb(content)
        value: Any = None if bomb else yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError):
        raise ConfigurationError(f"{path} is not valid YAML") from None
    if bomb:
        raise ConfigurationError(f"{path} {bomb}")
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in _keys(value)):
        raise ConfigurationError(f"{path} has to hold settings as 'name: value' lines")
    return _keys(value)


def _keys(value: Any) -> dict[Any, Any]:
    return dict(value)


def _bomb(content: bytes) -> str | None:
    """Aliases can expand without bound, and deep nesting exhausts the stack."""
    import yaml  # noqa: PLC0415

    depth = 0
    for event in yaml.parse(content, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            return "uses YAML aliases, which are not allowed"
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return f"is nested more than {DEEPEST} deep"
    return None


def base_url(value: str, source: str) -> str:
    """Check and normalise the address of an API; its path, such as a stage, is kept.

    Raises:
        ConfigurationError: It is not https (http is for loopback addresses only), or has user
            info, a query, a fragment, white space, a backslash or no host.
    """
    problem = _address_problem(value)
    if problem is None:
        return value.rstrip("/")
    raise ConfigurationError(
        f"the base URL from {source} {problem}", hint="it looks like https://host/stage"
    )


def _address_problem(value: str) -> str | None:  # noqa: PLR0911 - one line a refusal
    if not value.isascii() or not value.isprintable() or " " in value or "\\" in value:
        return "has characters that no URL has"
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is malformed"
    if parts.scheme not in {"http", "https"} or not host:
        return "is not an https address"
    if parts.username is not None or parts.password is not None:
        return "has user info"
    if "?" in value or "#" in value:
        return "has a query or a fragment"
    if parts.scheme == "http" and not is_loopback(host):
        return "is plain http to another machine, which would show the key to the network"
    return None


def is_loopback(host: str | None) -> bool:
    """Whether `host` names this machine: ``localhost``, 127.0.0.0/8 or ``::1``."""
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
