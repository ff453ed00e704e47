"""The models of Replicate as the sandbox has them."""

from redenlab.sandbox.replicate.backend import Replicate

BACKEND = Replicate()
