"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:60b18aaa9df307a1dbbeb0e41db626b6eb05c1b074461060bbd32e1a6507b940"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
