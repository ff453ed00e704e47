"""Settings and where each of them came from.

    argument  >  environment  >  file  >  default

They are read when a client is made, never at import. A value remembers its source, so that an
error about it can say where to correct it.
"""

import copy
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from redenlab.core.auth.private_file import read_yaml
from redenlab.core.auth.secret import Secret
from redenlab.core.errors import ConfigurationError
from redenlab.core.spec.profile import Profile
from redenlab.core.transport.url_policy import problem_with

SECRETS = frozenset({"api_key", "client_secret"})
"""Settings that are wrapped as soon as they are read."""

CREDENTIALS = ("api_key", "client_id", "client_secret")
"""Settings that say who is calling."""

_FLAGS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}

MAX_SECONDS = 1e9
"""The longest time, 31 years; the system's own limits are reached by what is much longer."""

DEFAULT, FILE, ENVIRONMENT, ARGUMENT = range(4)
"""How near a source is to the caller."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One value and its source, e.g. ``the environment variable REDENLAB_ML_API_KEY``.

    The value stays out of the repr, because it may be a key.
    """

    value: Any = field(repr=False)
    source: str
    rank: int = DEFAULT


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
        """
        self.profile: Profile = profile
        self._path = profile.path if path is None else Path(path)
        if path is not None and not os.path.exists(self._path):  # noqa: PTH110 - never raises
            raise ConfigurationError(f"there is no configuration file {self._path}")
        self._values: dict[str, Setting] = {
            name: Setting(value, "default") for name, value in profile.defaults.items()
        }
        self._values |= self._from_file()
        self._environ: Mapping[str, str] = os.environ if environ is None else environ
        self._values |= self._from_environment()
        self._values |= _from_arguments(arguments)

    def changed(self, arguments: Mapping[str, Any], without: Iterable[str] = ()) -> "Settings":
        """These settings with other arguments, and without some that there were."""
        other = copy.copy(self)
        kept = {name: value for name, value in self._values.items() if name not in without}
        other._values = kept | _from_arguments(arguments)  # noqa: SLF001 - of the same class
        return other

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
        """The setting as a string; ``None`` when no source has it."""
        setting = self._values.get(name)
        if setting is None or isinstance(setting.value, str):
            return setting.value if setting else None
        raise ConfigurationError(f"{name} from {setting.source} is not a text; quote it")

    def secret(self, name: str) -> Secret:
        """The setting as a secret; it has to be there."""
        setting = self._values[name]
        if isinstance(setting.value, str):
            return Secret(setting.value)
        if isinstance(setting.value, Secret):
            return setting.value
        raise ConfigurationError(f"{name} from {setting.source} is not a text; quote it")

    def seconds(self, name: str) -> float:
        """The setting as a positive number of seconds, `MAX_SECONDS` at most."""
        value = self._number(name)
        if not 0 < value <= MAX_SECONDS:
            raise self._no_number(name, "a positive number of seconds")
        return value

    def factor(self, name: str) -> float:
        """The setting as a finite number that is not below 1."""
        value = self._number(name)
        if not 1 <= value < float("inf"):
            raise self._no_number(name, "a number of at least 1")
        return value

    def count(self, name: str) -> int:
        """The setting as a whole number that is not negative."""
        value = self._number(name)
        if not (0 <= value < float("inf") and value.is_integer()):
            raise self._no_number(name, "a whole number, 0 or more", "3")
        return int(value)

    def flag(self, name: str) -> bool:
        """The setting as yes or no; no when no source has it."""
        setting = self._values.get(name)
        value = setting.value if setting else False
        found = value if isinstance(value, bool) else _FLAGS.get(str(value).strip().lower())
        if found is None:
            problem = f"{name} from {self.source(name)} is neither true nor false"
            raise ConfigurationError(problem, hint="write true or false")
        return found

    def _number(self, name: str) -> float:
        """The setting as a number; what is none becomes one that no setting can be."""
        value = self._values[name].value
        try:
            return -1.0 if isinstance(value, bool) else float(value)
        except (OverflowError, TypeError, ValueError):
            return -1.0

    def _no_number(self, name: str, wanted: str, example: str = "1.5") -> ConfigurationError:
        problem = f"{name} from {self.source(name)} is not {wanted}"
        return ConfigurationError(problem, hint=f"write the number alone, such as {example}")

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
            found[name] = Setting(_wrapped(name, self._environ[variable]), source, ENVIRONMENT)
        return found

    def _from_file(self) -> dict[str, Setting]:
        values = read_yaml(self._path)
        known = self.profile.variables.keys() | self.profile.defaults.keys()
        if unknown := values.keys() - known:
            name = min(unknown)
            close = get_close_matches(name, known, 1)
            raise ConfigurationError(
                f"{self._path} has an unknown setting '{name}'",
                hint=f"did you mean '{close[0]}'?" if close else f"known: {sorted(known)}",
            )
        return {
            name: Setting(_wrapped(name, value), str(self._path), FILE)
            for name, value in values.items()
        }


def _from_arguments(arguments: Mapping[str, Any]) -> dict[str, Setting]:
    return {
        name: Setting(value, f"the argument {name}", ARGUMENT)
        for name, value in arguments.items()
        if value is not None
    }


def _wrapped(name: str, value: Any) -> Any:
    return Secret(value) if name in SECRETS and isinstance(value, str) else value


def checked_base_url(value: str, source: str) -> str:
    """Check and normalise the URL of an API; its path, such as a stage, is kept."""
    problem = problem_with(value, value) if value.isascii() else "is malformed"
    if problem is None and ("?" in value or "#" in value):
        problem = "has a query or a fragment"
    if problem is None:
        return value.rstrip("/")
    raise ConfigurationError(
        f"the base URL from {source} {problem}",
        hint="it looks like https://host/stage; plain http is for this machine alone",
    )
