"""Where the settings of a backend's clients come from, by ``x-client`` in its spec."""

from collections.abc import Mapping
from typing import Any

from redenlab.core.blueprints import Blueprint
from redenlab.core.config import Profile, SignIn
from redenlab.core.spec import SETTINGS, Node, Spec

HTTP_TIMEOUT = 30.0

_SIGN_IN = ("client_id", "client_secret", "discovery", "hosts", "callback", "tokens", "cache")


def profile(spec: Spec, first: Blueprint) -> Profile:
    """The profile; `first` is the job whose timeout and first model are the defaults.

    A spec without ``x-client`` is named by its file.

    Raises:
        SpecError: ``sign_in`` lacks something.
    """
    block: Node = spec.document.get("x-client", {})
    variables = {name: spec.variables(name) for name in SETTINGS}
    defaults: dict[str, Any] = {
        **spec.defaults,
        "timeout": float(first.block["poll"]["timeout"]),
        "http_timeout": HTTP_TIMEOUT,
    }
    if first.models:
        defaults["model_name"] = next(iter(first.models))
    sign_in = block.get("sign_in")
    if sign_in is not None:
        for key in _SIGN_IN:
            if key not in sign_in:
                raise spec.refuse(sign_in, f"sign_in needs the key '{key}'")
        variables |= {key: (sign_in[key],) for key in ("client_id", "client_secret")}
        variables |= {name: spec.variables(name) for name in ("token_url", "discovery_url")}
    file = block.get("file", f".{spec.backend}/config.yaml")
    return Profile(variables, file, defaults, sign_in and _sign_in(spec, sign_in))


def _sign_in(spec: Spec, block: Mapping[str, Any]) -> SignIn:
    flows = spec.oauth
    return SignIn(
        discovery=block["discovery"],
        hosts=tuple(block["hosts"]),
        scopes=_scopes(flows, "clientCredentials"),
        login_scopes=_scopes(flows, "authorizationCode"),
        callback=block["callback"],
        tokens=block["tokens"],
        cache=block["cache"],
    )


def _scopes(flows: Node, name: str) -> tuple[str, ...]:
    return tuple(flows.get(name, {}).get("scopes", ()))
