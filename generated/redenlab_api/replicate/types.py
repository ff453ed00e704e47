"""Requests, responses and the absent value; shared by all backends."""

from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

__all__ = ["UNSET", "RawResponse", "Request", "Response", "Unset"]
