"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:a97c6ff26982f8d76c08e13eb178cdb01f7f5657f1e2b4c62a16ecf4954be799"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
