"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:14fe713d27d49f10464a8a0d626d71effc789bd255662d2289f0d24afd82aa45"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
