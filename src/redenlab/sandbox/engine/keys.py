"""Credentials of requests: the key of the spec's scheme, or a bearer token."""

from collections.abc import Callable, Sequence

from redenlab.core.spec.profile import Key
from redenlab.sandbox.engine.messages import Received, Refused


class Keys:
    """What a service accepts.

    Attributes:
        knows: Tells whether it is a bearer token that was issued.
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

    def check(self, request: Received) -> None:
        """Refuse a request without a credential.

        Raises:
            Refused: 401.
        """
        sent = self._sent(request)
        if sent is None:
            raise Refused(401, "the API key is missing", "Unauthenticated")
        if not sent:
            raise Refused(401, "the API key is wrong", "Unauthenticated")

    def is_in(self, request: Received) -> bool:
        """Whether a request carries a credential that is accepted."""
        return bool(self._sent(request))

    def by_token(self, request: Received) -> bool:
        """Whether the credential of a request is a bearer token, and not the key."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return scheme == "Bearer" and token != self._key

    def _sent(self, request: Received) -> bool | None:
        """Whether the credential is accepted; ``None`` where there is none."""
        how, found = self._how, request.headers.get("authorization")
        own = request.query.get(how.name, [None])[0] if how.in_query else request.headers.get(how.name)
        if own is None and found is None:
            return None
        if own == f"{how.prefix} {self._key}".strip() or own == self._key:
            return True
        scheme, _, token = (found or "").partition(" ")
        known = token == self._key or (self._knows is not None and self._knows(token))
        return scheme in self._schemes and known
