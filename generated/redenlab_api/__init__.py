"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:44281cc4d879fdc3a04d5d52221b6562cef38c12e5438bfffb57611559fbd0cd"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
