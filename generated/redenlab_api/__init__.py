"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:dae8081dd9da6b82e08594735acf91130e9f7c1739c2f8a62c871049af16a117"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
