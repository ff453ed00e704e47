"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:25f3500b25cbae8f11f35085cd5ec92201303431839dc428242b0e61ed2ddecf"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
