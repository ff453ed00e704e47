"""The models of Replicate as the sandbox has them."""

from redenlab.sandbox.engine.backend import Backend

BACKEND = Backend()
