"""``x-ways``: other ways to make the calls of an API: remote procedures, or another server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from redenlab.core.spec.blocks import Block
from redenlab.core.spec.forms import Form
from redenlab.core.spec.steps import HttpStatus, Template

CALLS = ("query", "mutation", "get", "post")
"""The keys of a `Procedure` that say what is called; it has one of them."""

Path = Annotated[str, Form(r"/.*", "a path that begins with /")]


class Meaning(Block):
    """What the text of a failure means, where the service has one status for all failures.

    Attributes:
        text: Regular expression that is looked for in it.
        status: The HTTP status that it stands for.
    """

    text: str
    status: HttpStatus


class Procedure(Block):
    """How an operation is called on one way.

    Attributes:
        query: The remote procedure that reads.
        mutation: The remote procedure that changes something.
        get: A path instead, which is requested with GET.
        post: A path instead, which is posted to.
        input: Template of what is sent, over ``$request``; ``None`` for nothing.
        then: What is called after a success; its answer is that of the operation.
        output: Template of the body of the operation's response, over the ``$response``.
    """

    query: str | None = None
    mutation: str | None = None
    get: Path | None = None
    post: Path | None = None
    input: Template = None
    then: Procedure | None = None
    output: Template = "$response.body"

    @property
    def is_remote(self) -> bool:
        """Whether it is a remote procedure, and no path."""
        return self.query is not None or self.mutation is not None

    @property
    def name(self) -> str:
        """The remote procedure, or the path."""
        return str(next(found for key in CALLS if (found := getattr(self, key)) is not None))


class XWay(Block):
    """One entry of ``x-ways`` at the top of a spec.

    Attributes:
        protocol: How a call is wrapped: ``trpc`` as by tRPC 11 with SuperJSON, ``json`` not at all.
        key: Whether the calls are sent the key, or no credential.
        statuses: What failures mean; the first whose text is found counts.
    """

    protocol: Literal["trpc", "json"]
    key: Literal["own", "none"] = "own"
    statuses: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """An operation on one way.

    Attributes:
        procedure: How it is called there.
        path: Its own path, a template.
        status: Of its own success.
        types: Types of its query parameters that are no texts.
    """

    procedure: Procedure
    path: str
    status: int
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to make the calls of an API.

    Attributes:
        how: What all calls have in common.
        passages: The operations that can be called so, by ``operationId``.
    """

    how: XWay
    passages: Mapping[str, Passage]
