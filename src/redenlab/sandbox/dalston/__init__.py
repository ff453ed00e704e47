"""What Dalston does beyond its spec: it transcribes what it hears, and finds personal data late."""

from redenlab.sandbox.dalston.backend import BACKEND

__all__ = ["BACKEND"]
