"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:9de53810eca783a740d01a6773035dcef25ffb9fb9ac89f6de35dce169aec6ec"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
