"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:19aa1da39b4d36f2212914b7c5fd2f4f0fa745bd720606b2c494edafa74abde3"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
