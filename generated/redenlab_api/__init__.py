"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:dc46500de3a05fecfb7ef4158b5e75796fb78c3dd23e8321e694fbe000023043"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
