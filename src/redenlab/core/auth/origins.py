"""Where a credential may go: to one origin, named by somebody who may name it.

    the origin was named by               a credential of the caller    one of this machine
    an argument, the environment, a file  yes                           yes
    the spec of an installed package      yes                           yes
    a spec that was given to `connect`    yes                           no

A credential of the caller is an argument. One of this machine is in the environment, in a file or
in a store, and a spec that somebody else wrote must not choose who gets it. Which variables and
files such a spec may read, `redenlab.core.spec.x_client` says.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from redenlab.core.auth.settings import ARGUMENT, DEFAULT, Settings
from redenlab.core.errors import AuthenticationError, ConfigurationError, UntrustedURL
from redenlab.core.transport.url_policy import same_origin

_NAMING = ("base_url", "token_url", "discovery_url")
"""Settings that say where a credential goes."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a credential is.

    Attributes:
        source: Where it comes from, for errors.
        rank: How near that is to the caller; see `redenlab.core.auth.settings`.
    """

    source: str
    rank: int


def origin_of(url: str) -> str:
    """The origin of a URL without user info: scheme, host and port."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "no address"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def check_naming(settings: Settings, holder: Holder, *names: str) -> None:
    """Check that a credential goes where somebody wants it who may say so.

    Args:
        settings: Of the client.
        holder: Whose the credential is.
        names: Settings, one of which says where it goes.

    Raises:
        ConfigurationError: Only a spec that was given to `connect` says so.
    """
    by_caller = any(_is_named(settings, name) for name in names)
    if not settings.profile.given or holder.rank == ARGUMENT or by_caller:
        return
    name, profile = names[0], settings.profile
    place = settings.text(name) or (profile.sign_in.discovery if profile.sign_in else "")
    raise ConfigurationError(
        f"the credential from {holder.source} would go to {origin_of(place)}, "
        "which only the spec names",
        hint=f"if that is right, give {name}, or set {profile.variables[name][0]}",
    )


def _is_named(settings: Settings, name: str) -> bool:
    setting = settings.get(name)
    return setting is not None and setting.rank != DEFAULT


def check_bound(url: str, bound: str) -> None:
    """Check that a request with a credential goes to the origin that it is bound to.

    Raises:
        UntrustedURL: It does not.
    """
    begins = bool(bound) and url.startswith(bound) and url[len(bound) : len(bound) + 1] in "/?"
    if not begins and not same_origin(url, bound):
        raise UntrustedURL(
            f"a request to {origin_of(url)} would carry the credential of {origin_of(bound)}"
        )


def check_stored(url: str, stored: str | None, settings: Settings) -> None:
    """Check that a stored credential goes to the origin that it was stored for.

    Other tools store a sign-in without an origin; it is one for the place that the discovery
    document of the installed spec names.

    Args:
        url: Where it would go.
        stored: The origin that is stored beside it; ``None`` where there is none.
        settings: Of the client.

    Raises:
        AuthenticationError: It was stored for another one.
    """
    if stored is not None and same_origin(url, stored):
        return
    if stored is None and not any(_is_named(settings, name) for name in _NAMING):
        return
    whose = origin_of(stored) if stored is not None else "an unknown service"
    raise AuthenticationError(
        f"the stored sign-in is for {whose}, and not for {origin_of(url)}",
        hint="run: redenlab login, with the same settings",
    )
