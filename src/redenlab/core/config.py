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

from redenlab.core.auth import Secret
from redenlab.core.errors import ConfigurationError

MOST_BYTES = 64 * 1024
DEEPEST = 20

SECRETS = frozenset({"api_key", "client_secret"})
"""Settings that are wrapped as soon as they are read, so that no traceback with locals shows them.
"""

DEFAULT, FILE, ENVIRONMENT, ARGUMENT = range(4)
"""How near a source is to the caller."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One value and its source, e.g. ``argument api_key`` or ``environment REDENLAB_ML_API_KEY``.

    The value stays out of the representation, because it may be a key.
    """

    value: Any = field(repr=False)
    source: str
    rank: int = DEFAULT


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a service signs programs and people in, where it uses OAuth 2.0.

    Attributes:
        discovery: URL of the document that says where the service is.
        hosts: Ends of the host names that the document may name.
        scopes: What programs ask to be allowed.
        login_scopes: What people ask to be allowed.
        callback: Where the browser comes back to; on this machine.
        tokens: Path below the home directory of a person's sign-in.
        cache: Path below the home directory of a copy of the document.
    """

    discovery: str
    hosts: tuple[str, ...]
    scopes: tuple[str, ...]
    login_scopes: tuple[str, ...]
    callback: str
    tokens: str
    cache: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Where one backend's settings live.

    Attributes:
        variables: Environment variable of each setting; of several, the first that is set.
        file: Path below the home directory.
        defaults: Values of settings that nobody gave.
        sign_in: ``None`` where there are only keys.
    """

    variables: Mapping[str, tuple[str, ...]]
    file: str
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])
    sign_in: SignIn | None = None

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
        self.profile: Profile = profile
        self._path = profile.path if path is None else Path(path)
        if path is not None and not self._path.exists():
            raise ConfigurationError(f"there is no configuration file {self._path}")
        self._values: dict[str, Setting] = {
            name: Setting(value, "default") for name, value in profile.defaults.items()
        }
        self._values |= self._from_file()
        self._environ: Mapping[str, str] = os.environ if environ is None else environ
        self._values |= self._from_environment()
        self._values |= {
            name: Setting(value, f"the argument {name}", ARGUMENT)
            for name, value in arguments.items()
            if value is not None
        }

    def get(self, name: str) -> Setting | None:
        """The setting, or ``None`` when no source has it."""
        return self._values.get(name)

    def given(self, *names: str) -> bool:
        """Whether any of them was given as an argument."""
        found = (self._values.get(name) for name in names)
        return any(setting is not None and setting.rank == ARGUMENT for setting in found)

    def source(self, name: str) -> str:
        """Where the setting came from, or every place that was looked at."""
        setting = self._values.get(name)
        return setting.source if setting else self.profile.sources(name, self._path)

    def text(self, name: str) -> str | None:
        """The setting as a string.

        Raises:
            ConfigurationError: It is something else, such as an unquoted number in the file.
        """
        setting = self._values.get(name)
        if setting is None or isinstance(setting.value, str):
            return setting.value if setting else None
        raise ConfigurationError(f"{name} from {setting.source} is not a text; quote it")

    def secret(self, name: str) -> Secret:
        """The setting as a secret; it has to be there.

        Raises:
            ConfigurationError: It is no text, such as an unquoted number in the file.
        """
        setting = self._values[name]
        if isinstance(setting.value, str):
            return Secret(setting.value)
        if isinstance(setting.value, Secret):
            return setting.value
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

    def _from_environment(self) -> dict[str, Setting]:
        found: dict[str, Setting] = {}
        for name, variables in self.profile.variables.items():
            variable = next((v for v in variables if v in self._environ), None)
            if variable is None:
                continue
            if not self._environ[variable].strip():
                raise ConfigurationError(
                    f"the environment variable {variable} is set but empty",
                    hint="unset it, or give it a value",
                )
            source = f"the environment variable {variable}"
            found[name] = Setting(_kept(name, self._environ[variable]), source, ENVIRONMENT)
        return found

    def _from_file(self) -> dict[str, Setting]:
        values = {name: _kept(name, value) for name, value in read(self._path).items()}
        known = self.profile.variables.keys() | self.profile.defaults.keys()
        strangers = values.keys() - known
        if not strangers:
            source = str(self._path)
            return {name: Setting(value, source, FILE) for name, value in values.items()}
        del values  # a key under a mistyped name must not show in a traceback with locals
        from difflib import get_close_matches  # noqa: PLC0415 - for those who mistype

        name = min(strangers)
        close = get_close_matches(name, known, 1)
        raise ConfigurationError(
            f"{self._path} has an unknown setting '{name}'",
            hint=f"did you mean '{close[0]}'?" if close else f"known: {sorted(known)}",
        )


def _kept(name: str, value: Any) -> Any:
    return Secret(value) if name in SECRETS and isinstance(value, str) else value


def read(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; empty when there is no file.

    Raises:
        ConfigurationError: It cannot be read safely (see `Settings`) or is no mapping.
    """
    found = _parsed(_content(path))
    if isinstance(found, str):
        raise ConfigurationError(f"{path} {found}")
    return found


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
        return os.read(descriptor, MOST_BYTES + 1)
    finally:
        os.close(descriptor)


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


def _parsed(content: bytes) -> dict[str, Any] | str:
    """The mapping in a file, or what is wrong with it; raised by a frame that has not seen it."""
    if not content:
        return {}
    if len(content) > MOST_BYTES:
        return f"is larger than {MOST_BYTES} bytes"
    import yaml  # noqa: PLC0415 - only those who have a file pay for it

    try:
        bomb = _bomb(content)
        value: Any = None if bomb else yaml.safe_load(content)
    except (yaml.YAMLError, ValueError, RecursionError):
        return "is not valid YAML"
    if bomb:
        return bomb
    if isinstance(value, dict) and all(isinstance(key, str) for key in _keys(value)):
        return _keys(value)
    return {} if value is None else "has to hold settings as 'name: value' lines"


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
