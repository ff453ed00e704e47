"""Low-level clients, one sub-package per backend."""

from typing import Final

SPEC_HASH: Final[str] = "sha256:d35276858924213a7c113af20cc59e99891309c7780d5315613edbbb325d06a4"
"""Names the specs that all of this was generated from: a digest of ``openapi/``."""
