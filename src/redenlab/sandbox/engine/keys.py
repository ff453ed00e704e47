"""Credentials of requests: the key of the spec's scheme, or a bearer token."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from redenlab.core.spec.profile import Key
from redenlab.sandbox.engine.messages import Received


class Keys:
    """What a service accepts.

    Attributes:
        hidden: The headers that carry credentials, in small letters.
    """

    def __init__(
        self,
        how: Key,
        key: str,
        schemes: Sequence[str] = (),
        knows: Callable[[str], bool] | None = None,
    ) -> None:
        """Accept `key` as `how` says, or after one of the words `schemes`."""
        self._how = how
        self._key = key
        self._schemes = {how.prefix, "Bearer", *schemes}
        self._knows = knows
        self._own = secrets.token_urlsafe()
        self.hidden: frozenset[str] = frozenset({"authorization", "cookie", how.name.lower()})

    def given(self, request: Received) -> str | None:
        """The credential of a request, right or wrong; ``None`` where there is none."""
        how = self._how
        own = request.query.get(how.name, [None])[0] if how.in_query else None
        return own or request.headers.get(how.name) or request.headers.get("authorization")

    def is_in(self, request: Received) -> bool:
        """Whether a request carries a credential that is accepted."""
        return bool(self._sent(request))

    def by_token(self, request: Received) -> bool:
        """Whether the credential of a request is a bearer token, and not the key."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme == "Bearer" and token != self._key

    def sent(self, *, by_token: bool) -> Mapping[str, str]:
        """The headers of a request that is made again, whose credential was not kept."""
        if by_token:
            return {"authorization": f"Bearer {self._own}"}
        how = self._how
        name = "authorization" if how.in_query else how.name
        return {
            name: f"Bearer {self._key}" if how.in_query else f"{how.prefix} {self._key}".strip()
        }

    def without(self, request: Received) -> Received:
        """A request without the key in its URL."""
        if not self._how.in_query:
            return request
        pattern = rf"(?<=[?&]){re.escape(self._how.name)}=[^&]*&?"
        return replace(request, url=re.sub(pattern, "", request.url).rstrip("?&"))

    def _sent(self, request: Received) -> bool | None:
        """Whether the credential is accepted; ``None`` where there is none."""
        how, found = self._how, request.headers.get("authorization")
        own = (
            request.query.get(how.name, [None])[0]
            if how.in_query
            else request.headers.get(how.name)
        )
        if own is None and found is None:
            return None
        if own == f"{how.prefix} {self._key}".strip() or own == self._key:
            return True
        scheme, _, token = (found or "").partition(" ")
        known = token in {self._key, self._own} or (self._knows is not None and self._knows(token))
        return scheme in self._schemes and known
