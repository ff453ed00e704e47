"""``x-client`` of a spec: the name of its clients, and where their settings come from."""

from collections.abc import Mapping
from typing import Any, cast

from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.profile import Profile, SignIn

SETTINGS = ("api_key", "base_url", "model_name", "timeout", "http_timeout")
"""Settings that every client can read from the environment."""

HTTP_TIMEOUT = 30.0
"""Seconds for one request, unless a setting says otherwise."""

_SIGN_IN = ("client_id", "client_secret", "discovery", "hosts", "callback", "tokens", "cache")


def profile(spec: Spec, first: JobSpec) -> Profile:
    """The profile of a spec; `first` is the job whose timeout and first model are the defaults.

    A spec without ``x-client`` uses its file name.
    """
    block: Node = spec.document.get("x-client", {})
    variables = {name: _variables(spec, block, name) for name in SETTINGS}
    defaults: dict[str, Any] = {
        **_base_url(spec),
        "timeout": float(first.x_job.poll.timeout),
        "http_timeout": HTTP_TIMEOUT,
    }
    if first.models:
        defaults["model_name"] = next(iter(first.models))
    sign_in = block.get("sign_in")
    if sign_in is not None:
        for key in _SIGN_IN:
            if key not in sign_in:
                raise spec.error(sign_in, f"sign_in needs the key '{key}'")
        variables |= {key: (sign_in[key],) for key in ("client_id", "client_secret")}
        variables |= {
            name: _variables(spec, block, name) for name in ("token_url", "discovery_url")
        }
    file = block.get("file", f".{spec.backend}/config.yaml")
    return Profile(variables, file, defaults, sign_in and _sign_in(spec, sign_in))


def _variables(spec: Spec, block: Node, setting: str) -> tuple[str, ...]:
    """The environment variables of a setting; of several, the first that is set counts."""
    prefix = block.get("environment", spec.backend.upper())
    name = "MODEL" if setting == "model_name" else setting.upper()
    return (f"{prefix}_{name}", *block.get("variables", {}).get(setting, ()))


def _base_url(spec: Spec) -> Mapping[str, str]:
    """The default base URL: that of the first server, if it has no variables."""
    servers = cast("list[Node]", spec.document.get("servers", []))
    url = str(servers[0]["url"]) if servers else ""
    return {"base_url": url.rstrip("/")} if "://" in url and "{" not in url else {}


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
