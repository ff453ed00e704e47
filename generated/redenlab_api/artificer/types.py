"""Requests and responses; shared by all backends."""

from redenlab.lowlevel.types import RawResponse, Request, Response

__all__ = ["RawResponse", "Request", "Response"]
