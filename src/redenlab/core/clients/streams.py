"""Server-sent events of an operation as typed values, as ``x-stream`` of the operation says.

A stream is requested once: what it answers is not sent twice, and nothing is resumed.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import APIError
from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import MISSING, Scope
from redenlab.core.spec.operations import Reader
from redenlab.core.spec.streams import XStream
from redenlab.core.text import sanitize
from redenlab.core.transport import gate
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.sse import ServerSentEvent
from redenlab.lowlevel.errors import DecodeError
from redenlab.lowlevel.types import RawResponse, Request

T = TypeVar("T")

FAILURE = "error"
"""The type of events that tell of a failure, beside those of the spec."""


@dataclass(frozen=True, slots=True)
class EventStream(Generic[T]):
    """Events of type `T` that can be requested.

    Attributes:
        how: ``x-stream`` in the spec.
        read: From the JSON of an event to its typed value.
    """

    context: CallContext
    request: Request
    how: XStream
    read: Reader

    async def values(self) -> AsyncGenerator[T, None]:
        """The values of the events, until the last one.

        Raises:
            APIError: The service told of a failure.
            NetworkError: The stream ended before its last event.
            UnexpectedResponse: An event is not as documented.
        """
        async with aclosing(self.context.listen(self.request)) as events:
            async for event in events:
                if event.event not in {*self.how.events, FAILURE}:
                    continue
                found, scope = self._read(event)
                if event.event == FAILURE or _holds(self.how.failed, scope):
                    raise self._failure(event, scope)
                yield cast("T", found)
                if _holds(self.how.done, scope):
                    return
        host = self.request.operation
        raise failed("lost", host, "the stream ended before its last event")

    def _read(self, event: ServerSentEvent) -> tuple[Any, Scope]:
        response = RawResponse(200, {}, event.data.encode())
        try:
            document = response.json()
            value = None if event.event == FAILURE else self.read(document)
        except DecodeError as error:
            raise gate.unexpected(response, error, self.context.redact) from None
        return value, Scope().responded(response)

    def _failure(self, event: ServerSentEvent, scope: Scope) -> APIError:
        places = (self.how.error, "$response.body#/error", "$response.body#/message")
        texts = (scope.value(place) for place in places if place is not None)
        text = next((each for each in texts if each not in (MISSING, None)), event.data)
        told = sanitize(str(text), self.context.redact)
        return APIError(f"the service ended the stream: {told}", hint="what came before is true")


def _holds(condition: str | None, scope: Scope) -> bool:
    return condition is not None and holds(condition, scope)
