"""Low-level clients, one sub-package per backend."""
