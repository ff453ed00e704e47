"""Requests, answers and the absent value; shared by all backends."""

from redenlab_api.types import UNSET, Answer, Request, Response, Unset

__all__ = ["UNSET", "Answer", "Request", "Response", "Unset"]
