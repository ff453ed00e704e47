"""A client library for accessing ModelRed"""

from .client import Client

__all__ = ("Client",)
