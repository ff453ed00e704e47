"""The Replicate API as an ASGI application: every operation of the spec, streams and files."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from redenlab.replicate.operations import models_search
from redenlab.sandbox.replicate.backend import Replicate
from redenlab.sandbox.replicate.jobs import Jobs
from redenlab.sandbox.replicate.problems import Problem, error_response
from redenlab.sandbox.replicate.resources import Resources
from redenlab.sandbox.responses import Endpoint
from redenlab_api.replicate import api

CREATES = frozenset(
    {"predictions.create", "models.predictions.create", "deployments.predictions.create"}
)
"""Operations that count against the rate limit of new predictions."""


def app(backend: Replicate) -> ASGIApp:
    """The routes of all operations, streams and output files.

    Raises:
        AttributeError: An operation of the spec has no endpoint.
    """
    jobs, resources = Jobs(backend), Resources(backend)
    routes = [
        Route(
            f"/v1{operation.PATH}",
            _guarded(backend, operation.OPERATION, _endpoint(operation.OPERATION, jobs, resources)),
            methods=[operation.METHOD],
        )
        for operation in operations()
    ]
    search = _guarded(backend, models_search.OPERATION, resources.models_search)
    routes.append(Route("/v1/models", search, methods=["QUERY"]))
    routes.append(Route("/v1/streams/{name}", _guarded(backend, "streams", jobs.streams)))
    routes.append(Route("/delivery/{prediction}/{name}", _delivered(backend)))
    refusals: Any = dict.fromkeys((Problem, HTTPException, Exception), error_response)
    return Starlette(routes=routes, exception_handlers=refusals)


def operations() -> Iterator[Any]:
    """The modules of all generated operations."""
    for found in pkgutil.walk_packages(api.__path__, f"{api.__name__}."):
        module = import_module(found.name)
        if hasattr(module, "OPERATION"):
            yield module


def beside(replicate: ASGIApp, other: ASGIApp) -> ASGIApp:
    """Dispatch paths of Replicate to `replicate` and all others to `other`."""

    async def choose(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        chosen = replicate if path.startswith(("/v1/", "/delivery/")) else other
        await chosen(scope, receive, send)

    return choose


def _endpoint(operation: str, *owners: object) -> Endpoint:
    name = operation.replace(".", "_")
    found: Endpoint = next(getattr(owner, name) for owner in owners if hasattr(owner, name))
    return found


def _guarded(backend: Replicate, operation: str, endpoint: Endpoint) -> Endpoint:
    """`endpoint` with authentication and rate limit; ``search`` needs no token."""
    limit = backend.creates if operation in CREATES else backend.others

    async def guarded(request: Request) -> Response:
        if operation != "search":
            _authorise(request, backend.api_key)
        fault = backend.fault(operation)
        if fault is not None:
            return Response(fault.body, fault.status, fault.headers)
        left = limit.take()
        response = await endpoint(request)
        response.headers["ratelimit-remaining"] = str(left)
        response.headers["ratelimit-reset"] = "1"
        return response

    return guarded


def _authorise(request: Request, api_key: str) -> None:
    """Accept `api_key` with the scheme ``Bearer``, or the older ``Token``."""
    header = request.headers.get("authorization")
    if header is None:
        raise Problem(401, "You did not pass an authentication token", "Unauthenticated")
    scheme, _, token = header.partition(" ")
    if not token.strip():
        raise Problem(422, "The authentication token is blank")
    if scheme not in {"Bearer", "Token"} or token != api_key:
        raise Problem(401, "You did not pass a valid authentication token", "Unauthenticated")


def _delivered(backend: Replicate) -> Endpoint:
    async def deliver(request: Request) -> Response:
        content = backend.delivered(**request.path_params)
        return Response(content, media_type="image/png")

    return deliver
