"""Where the settings of a backend's clients come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Key:
    """How a credential is sent.

    Attributes:
        name: Of the header or the query parameter.
        prefix: Before the key in a header: ``Bearer``, ``Key``.
        in_query: Whether it is a query parameter.
        optional: Whether the service may be run without credentials.
    """

    name: str
    prefix: str = ""
    in_query: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a service signs programs and people in, where it uses OAuth 2.0.

    Attributes:
        discovery: URL of the document that says where the service is.
        hosts: Suffixes of the host names that the document may name.
        scopes: Scopes that programs request.
        login_scopes: Scopes that people request.
        callback: Redirect URL of a person's sign-in; on this machine.
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
    """Where one backend's settings come from.

    Attributes:
        variables: Environment variables of each setting; of several, the first that is set.
        file: Path of the configuration file below the home directory.
        defaults: Values of settings that no source has.
        headers: Of every request to the API.
        sign_in: ``None`` where there are only keys.
        base_path: The path of a base URL that has none; empty for none.
        retry: How failed requests are sent again, as arguments of
            `redenlab.core.calls.retry.Retry`.
        given: Whether it was read from a spec that was given to `redenlab.connect`, and so not
            part of an installed package; see `redenlab.core.auth.origins`.
    """

    variables: Mapping[str, tuple[str, ...]]
    file: str
    defaults: Mapping[str, Any] = field(default_factory=dict[str, Any])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    sign_in: SignIn | None = None
    base_path: str = ""
    retry: Mapping[str, Any] = field(default_factory=dict[str, Any])
    given: bool = False

    @property
    def path(self) -> Path:
        """The configuration file, which need not exist."""
        return Path.home() / self.file

    def sources(self, name: str, path: Path | None = None) -> str:
        """The places where setting `name` is looked for, for an error message."""
        variables = " or ".join(self.variables.get(name, ()))
        return f"the argument {name}, the environment variable {variables}, {path or self.path}"
