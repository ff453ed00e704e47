"""ModelRed as the sandbox has it: probes attack a tiny model that is built in."""

from redenlab.sandbox.modelred.backend import BACKEND as BACKEND
