"""Artificer as the sandbox has it: a model that is built in, and PDFs that are really read."""

from redenlab.sandbox.artificer.backend import BACKEND as BACKEND
