"""A client library for accessing RedenLab ML"""

from .client import Client

__all__ = ("Client",)
