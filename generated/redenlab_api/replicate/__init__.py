"""A client library for accessing Replicate"""

from .client import Client

__all__ = ("Client",)
