"""The models of RedenLab ML as the sandbox has them: they measure recordings.

Results are measured with textbook methods where possible; other fields are made up. **No result of
the sandbox has a clinical meaning.**
"""

from redenlab.sandbox.ml.backend import BACKEND

__all__ = ["BACKEND"]
