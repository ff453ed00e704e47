"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:5ab9a6efec6e9709449513ab6cd9538b597634e3295aa3e2d978da3151261e4a"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
