"""Webhooks in web frameworks: a dependency for FastAPI, and a decorator for Flask.

Requests that are not genuine are answered by 401, and genuine ones that cannot be read by 400. The
frameworks are those of the caller; nothing here imports them before it is used.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from redenlab.core.errors import InputError, WebhookSignatureError
from redenlab.webhooks import Webhook

T = TypeVar("T")


def fastapi_dependency(webhook: Webhook, read: Callable[[bytes], T]) -> Callable[..., Any]:
    """A dependency of FastAPI that returns what `read` makes of the body of a genuine request.

    Args:
        webhook: Verifies requests.
        read: Is given the body; raises `redenlab.InputError` for one that cannot be read.
    """
    from fastapi import HTTPException, Request  # noqa: PLC0415 - for those who have it

    async def verified(request: Request) -> T:
        try:
            return _received(webhook, read, await request.body(), request.headers)
        except _Refused as refused:
            raise HTTPException(refused.status, str(refused)) from None

    return verified


def flask_decorator(
    webhook: Webhook, read: Callable[[bytes], object]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A decorator for views of Flask, which are given what `read` makes of a body first.

    Args:
        webhook: Verifies requests.
        read: Is given the body; raises `redenlab.InputError` for one that cannot be read.
    """

    def decorated(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def received(*args: Any, **kwargs: Any) -> Any:
            from flask import abort, request  # noqa: PLC0415 - for those who have it

            try:
                found = _received(webhook, read, request.get_data(), dict(request.headers))
            except _Refused as refused:
                abort(refused.status, str(refused))
            return view(found, *args, **kwargs)

        return received

    return decorated


class _Refused(Exception):
    """A request that is no delivery; `status` is the HTTP status to answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status: int = status


def _received(
    webhook: Webhook, read: Callable[[bytes], T], body: bytes, headers: Mapping[str, str]
) -> T:
    try:
        if not webhook.verify(body, headers):
            raise _Refused(401, "the signature does not match")
        return read(body)
    except WebhookSignatureError as error:
        raise _Refused(401, error.message) from None
    except InputError as error:
        raise _Refused(400, error.message) from None
