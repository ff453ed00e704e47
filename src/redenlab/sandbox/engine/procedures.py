"""The remote procedures of a spec: requests for its operations, by ``x-ways`` read backwards.

So they have the state of the operations, and nothing is written for a procedure.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import quote, urlencode

from redenlab.core.spec.expressions import MISSING, Headers, as_text, find, place, pointer
from redenlab.core.spec.ways import Passage
from redenlab.core.spec.x_ways import x_ways
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.messages import JSON_TYPE, Received, Refused, Response, mapping
from redenlab.sandbox.engine.service import Service

CODES: Mapping[int, tuple[str, int]] = {
    400: ("BAD_REQUEST", -32600),
    401: ("UNAUTHORIZED", -32001),
    403: ("FORBIDDEN", -32003),
    404: ("NOT_FOUND", -32004),
    405: ("METHOD_NOT_SUPPORTED", -32005),
    409: ("CONFLICT", -32009),
    412: ("PRECONDITION_FAILED", -32012),
    413: ("PAYLOAD_TOO_LARGE", -32013),
    415: ("UNSUPPORTED_MEDIA_TYPE", -32015),
    429: ("TOO_MANY_REQUESTS", -32029),
}
"""What tRPC calls the statuses of failures; others are internal errors."""

PREFIX = "/api/trpc"
"""Below it are the procedures as well as at the root."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")


@dataclass(frozen=True, slots=True)
class Entered:
    """A call of a procedure.

    Attributes:
        name: Of the procedure, or its path.
        request: The request for the operation.
        service: That serves it.
        passage: How both belong together.
    """

    name: str
    request: Received
    service: Service
    passage: Passage

    def left(self, response: Response) -> Response:
        """The response to the call, from that of the operation."""
        if not isinstance(response, RawResponse) or not self.passage.procedure.is_remote:
            return response
        if response.status_code >= 400:
            return self._failed(response)
        procedure = self.passage.procedure
        if procedure.then is not None:
            return _wrapped({"success": True, "message": f"{self.name} is done"})
        body = response.json() if response.content else MISSING
        if procedure.output == "$response.body":
            return _wrapped(body)
        found = _emptied(procedure.output, body, "$response.body", MISSING)
        return _wrapped({"success": True, **mapping(found)})

    def _failed(self, response: RawResponse) -> RawResponse:
        told = mapping(mapping(response.json()).get("error"))
        text = str(told.get("message", ""))
        issues = told.get("issues")
        status, text = self.service.backend.remote_failure(self.name, response.status_code, text)
        if status == 200:
            return _wrapped({"success": False, "error": text})
        code, number = CODES.get(status, ("INTERNAL_SERVER_ERROR", -32603))
        message = json.dumps(issues, indent=2) if issues else text
        data = {"code": code, "httpStatus": status, "path": self.name, "message": message}
        error = {"json": {"message": message, "code": number, "data": data}}
        headers = {k: v for k, v in response.headers.items() if k.lower() != "content-type"}
        return _json({"error": error}, status, {**headers, "content-type": JSON_TYPE})


class Procedures:
    """Everything that can be called another way than by its operation."""

    def __init__(self, service: Service) -> None:
        """Read the ways of the spec that go to the API itself."""
        self._service = service
        self._known: dict[str, Passage] = {}
        self._methods: dict[str, tuple[str, str]] = {}
        for way in x_ways(service.spec).values():
            if way.how.key == "own":
                for operation, passage in way.passages.items():
                    name = passage.procedure.name.removeprefix("/")
                    if name not in self._known and f"/{name}" != passage.path:
                        self._known[name] = passage
                        reads = passage.procedure.query is not None
                        route = service.routes[operation]
                        self._methods[name] = ("GET" if reads else "POST"), route.method

    def entered(self, request: Received) -> Entered | None:
        """The call that a request is; ``None`` where it is for an operation.

        Raises:
            Refused: It is no request for the procedure.
        """
        path = request.address.removeprefix(self._service.setting.base_url)
        name = path.removeprefix(PREFIX).removeprefix("/")
        passage = self._known.get(name)
        if passage is None:
            return None
        found = Entered(name, request, self._service, passage)
        wanted, method = self._methods[name]
        if request.method != wanted:
            raise Refused(405, f"Unsupported {request.method}-request to procedure at path {name}")
        carried: dict[str, Any] = {"path": {}, "query": {}}
        template = passage.procedure.input
        given = self._given(request, remote=passage.procedure.is_remote)
        if template is not None and given is not MISSING:
            _fill(template, given, carried)
        return replace(found, request=self._asked(request, method, passage, carried))

    def _given(self, request: Received, *, remote: bool) -> Any:
        """The input of a call; `MISSING` where it has none."""
        try:
            document = request.document if request.method == "POST" else _query(request)
        except ValueError as error:
            raise Refused(400, str(error)) from None
        if not remote or document is MISSING:
            return document
        return mapping(document).get("json", MISSING)

    def _asked(
        self, request: Received, method: str, passage: Passage, carried: Mapping[str, Any]
    ) -> Received:
        names: Mapping[str, Any] = carried["path"]
        path = re.sub(
            r"\{([^{}]+)\}",
            lambda match: quote(as_text(names.get(match[1]) or "-"), safe=""),
            passage.path,
        )
        query = urlencode({name: as_text(value) for name, value in carried["query"].items()})
        url = f"{self._service.setting.base_url}{path}{'?' if query else ''}{query}"
        body = carried.get("body", MISSING)
        content = b"" if body is MISSING else json.dumps(body).encode()
        headers = Headers({**request.headers, "content-type": JSON_TYPE})
        return Received(method, url, headers, content)


def _query(request: Received) -> Any:
    texts = request.query.get("input")
    return json.loads(texts[0]) if texts else MISSING


def _fill(template: Any, given: Any, carried: dict[str, Any]) -> None:
    """Put what was given where the expressions of a template take it from."""
    if isinstance(template, str) and template.startswith("$request."):
        kind, _, name = template.partition("#")[0].removeprefix("$request.").partition(".")
        if kind != "body":
            carried[kind][name] = given
        elif pointer(template):
            place(carried.setdefault("body", {}), pointer(template), given)
        else:
            carried["body"] = given
    elif isinstance(template, Mapping):
        for key, inner in cast("Mapping[str, Any]", template).items():
            if key in mapping(given):
                _fill(inner, given[key], carried)
    elif isinstance(template, list) and isinstance(given, list):
        pairs = zip(cast("Sequence[Any]", template), cast("Sequence[Any]", given), strict=False)
        for inner, value in pairs:
            _fill(inner, value, carried)


def _emptied(template: Any, value: Any, begin: str, found: Any) -> Any:
    """What a template was filled from, where `value` is what it was filled to."""
    if isinstance(template, str) and template.startswith(begin):
        return _placed(found, pointer(template), value)
    if isinstance(template, Mapping):
        inner = cast("Mapping[str, Any]", template)
        if "each" in inner:
            each = inner.get("as", "$entry")
            items = [_emptied(each, item, "$entry", MISSING) for item in value]
            return _placed(found, pointer(str(inner["each"])), items)
        for key, part in inner.items():
            if key in mapping(value):
                found = _emptied(part, value[key], begin, found)
    return found


def _placed(found: Any, at: str, value: Any) -> Any:
    if not at:
        return value
    target: dict[str, Any] = {} if found is MISSING else found
    steps = at.split("/")
    if any(step.isdecimal() for step in steps):  # the first of a list, as in /results/0/text
        return target
    if find(target, at) is MISSING:
        place(target, at, value)
    return target


def _wrapped(value: Any) -> RawResponse:
    """A success, with SuperJSON's notes of what JSON cannot say."""
    if value is MISSING:
        data: dict[str, Any] = {"json": None, "meta": {"values": ["undefined"]}}
    else:
        dates = {path: ["Date"] for path in _dates(value, "")}
        data = {"json": value, **({"meta": {"values": dates}} if dates else {})}
    return _json({"result": {"data": data}}, 200, {"content-type": JSON_TYPE})


def _dates(value: Any, at: str) -> Iterator[str]:
    """The dotted paths of what are dates for the server."""
    if isinstance(value, str):
        if at and _MOMENT.fullmatch(value):
            yield at
        return
    pairs: Iterable[tuple[Any, Any]] = mapping(value).items()
    if isinstance(value, list):
        pairs = enumerate(cast("Sequence[Any]", value))
    for key, inner in pairs:
        step = str(key).replace("\\", "\\\\").replace(".", "\\.")
        yield from _dates(inner, f"{at}.{step}" if at else step)


def _json(document: Any, status: int, headers: Mapping[str, str]) -> RawResponse:
    return RawResponse(status, headers, json.dumps(document).encode())
