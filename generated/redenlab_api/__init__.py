"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:141b19a59442c76b937feb1052eab02155f06975900b9c8e64b1df94f44f8d14"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
