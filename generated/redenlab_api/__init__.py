"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:b7554f2f7cd3e6afd3730bee042bfbce14887c7d01814a74578c7ef08bab8482"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
