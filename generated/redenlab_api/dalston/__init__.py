"""A client library for accessing Dalston"""

from .client import Client

__all__ = ("Client",)
