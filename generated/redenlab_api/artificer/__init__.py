"""A client library for accessing Artificer"""

from .client import Client

__all__ = ("Client",)
