"""The settings of an example backend, and where they come from."""

from typing import Any

from redenlab.core.auth.settings import Settings
from redenlab.core.spec.profile import Profile

PROFILE = Profile(
    variables={
        "api_key": ("ACME_API_KEY", "ACME_TOKEN"),
        "base_url": ("ACME_BASE_URL",),
        "timeout": ("ACME_TIMEOUT",),
    },
    file=".acme/settings.yaml",
    defaults={"timeout": 60.0},
)


def settings(environ: dict[str, str] | None = None, **arguments: Any) -> Settings:
    """Those of `arguments`, of `environ` alone, and of the file."""
    return Settings(PROFILE, arguments, environ=environ or {})
