"""The authorization server of the sandbox: client credentials, and a login without a password.

Tokens are signed, not stored: they contain their kind and expiry. Rules: RFC 6749 (grants
and errors), RFC 7636 (PKCE), RFC 6750 (bearer tokens).
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from redenlab.core.transport.url_policy import is_loopback

CODE_SECONDS: Final = 60
QUESTION_SECONDS: Final = 600
WAITING: Final = 1000  # questions and codes that are remembered at a time
REFRESH_SECONDS: Final = 30 * 24 * 3600
LOGIN_CLIENT: Final = "sandbox-people"


_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title>
<p>A program at {0} wants to use this sandbox in your name. No password is asked for here.
<form method="post" action="/oauth2/authorize"><input type="hidden" name="nonce" value="{1}">
<button>Sign in</button></form>"""

_CSP: Final = "content-security-policy"
_POLICY: Final = (
    "default-src 'none'; form-action 'self' {}; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Final = {
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class _Wish(NamedTuple):
    """What a browser was sent here for."""

    target: str
    challenge: str
    state: str


class _Once:
    """Wishes under random texts, each of which can be taken once, and in time."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[_Wish, float]] = {}

    def keep(self, name: str, wish: _Wish, seconds: float) -> None:
        """Remember `wish`; of too many, the oldest is forgotten."""
        self._kept[name] = (wish, time.monotonic() + seconds)
        if len(self._kept) > WAITING:
            del self._kept[next(iter(self._kept))]

    def take(self, name: str) -> _Wish | None:
        """What was kept under `name`, unless it has expired or was taken."""
        wish, ends = self._kept.pop(name, (None, 0.0))
        return wish if time.monotonic() < ends else None


@dataclass(frozen=True, slots=True)
class Client:
    """The only OAuth client, and the lifetime of its tokens in seconds."""

    client_id: str
    client_secret: str = field(repr=False)
    token_seconds: int


class Identity:
    """OAuth grants, and the discovery document.

    Attributes:
        granted: How many access tokens were issued.
    """

    def __init__(self, client: Client, secret: str, scopes: tuple[str, ...]) -> None:
        """Sign with `secret`."""
        self._client = client
        self._secret = secret.encode()
        self._scopes = frozenset(scopes)
        self._wishes = _Once()
        self._codes = _Once()
        self._ended: set[str] = set()
        self.granted: int = 0

    def routes(self, base_path: str) -> list[Route]:
        """The endpoints; the API's own paths begin with `base_path`."""

        async def discovery(request: Request) -> Response:
            return self.discovery(request, base_path)

        return [
            Route("/endpoint.json", discovery),
            Route("/oauth2/authorize", self.authorize, methods=["GET"]),
            Route("/oauth2/authorize", self.authorized, methods=["POST"]),
            Route("/oauth2/token", self.token, methods=["POST"]),
            Route("/oauth2/revoke", self.revoke, methods=["POST"]),
        ]

    def knows(self, token: str) -> bool:
        """Whether `token` is an access token of this server that has not expired."""
        return self._valid(token, "at")

    def discovery(self, request: Request, base_path: str) -> Response:
        """The discovery document (RedenLab contract, section 2.2)."""
        host = request.url.netloc
        return JSONResponse(
            {
                "base_url": f"{request.url.scheme}://{host}{base_path}",
                "updated_at": "2026-01-01T00:00:00Z",
                "version": "1",
                "cognito": {
                    "user_pool_id": "sandbox",
                    "client_id": LOGIN_CLIENT,
                    "domain": host,
                    "region": "local",
                    "revocation_endpoint": f"{request.url.scheme}://{host}/oauth2/revoke",
                },
            }
        )

    async def authorize(self, request: Request) -> Response:
        """Ask whether to sign in, so that no page that sends the browser here gets a code."""
        query = request.query_params
        target = query.get("redirect_uri", "")
        asked = (query.get("response_type"), query.get("client_id"))
        if asked != ("code", LOGIN_CLIENT) or not _is_callback(target):
            return _refused("invalid_request")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            return _refused("invalid_request")
        nonce = secrets.token_urlsafe(24)
        wish = _Wish(target, query["code_challenge"], query.get("state", ""))
        self._wishes.keep(nonce, wish, QUESTION_SECONDS)
        place = "{0.scheme}://{0.netloc}".format(urlsplit(target))
        policy = _POLICY.format(place)
        return HTMLResponse(_PAGE.format(place, nonce), headers=_HEADERS | {_CSP: policy})

    async def authorized(self, request: Request) -> Response:
        """Redirect the browser back with a code; every sign-in that was asked for succeeds."""
        form = dict(parse_qsl((await request.body()).decode("ascii", "replace")))
        wish = self._wishes.take(form.get("nonce", ""))
        if wish is None:
            return _refused("access_denied", 403)
        code = secrets.token_urlsafe(24)
        self._codes.keep(code, wish, CODE_SECONDS)
        parameters = urlencode({"code": code, "state": wish.state})
        return Response(status_code=302, headers={"Location": f"{wish.target}?{parameters}"})

    async def revoke(self, request: Request) -> Response:
        """End the sign-in that a token belongs to (RFC 7009); one that is unknown has ended."""
        form = dict(parse_qsl((await request.body()).decode("ascii", "replace")))
        if form.get("client_id") != LOGIN_CLIENT:
            return _refused("invalid_client", 401)
        token = form.get("token", "")
        if self._valid(token, "rt"):
            self._ended.add(token)
        return Response(status_code=200)

    async def token(self, request: Request) -> Response:
        """The token endpoint with all its grants."""
        form = dict(parse_qsl((await request.body()).decode("ascii", "replace")))
        match form.get("grant_type"):
            case "client_credentials":
                return self._program(request.headers.get("authorization", ""), form)
            case "authorization_code":
                return self._code(form)
            case "refresh_token":
                good = self._valid(form.get("refresh_token", ""), "rt")
                right = form.get("client_id") == LOGIN_CLIENT
                return self._granted() if good and right else _refused("invalid_grant")
            case _:
                return _refused("unsupported_grant_type")

    def _program(self, authorization: str, form: Mapping[str, str]) -> Response:
        pair = f"{self._client.client_id}:{self._client.client_secret}".encode()
        expected = f"Basic {base64.b64encode(pair).decode()}"
        if not hmac.compare_digest(authorization.encode(), expected.encode()):
            return _refused("invalid_client", 401)
        if not self._scopes.issuperset(form.get("scope", "").split()):
            return _refused("invalid_scope")
        return self._granted()

    def _code(self, form: Mapping[str, str]) -> Response:
        wish = self._codes.take(form.get("code", "")) or _Wish("", "", "")
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        derived = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        good = hmac.compare_digest(derived.encode(), wish.challenge.encode())
        if not good or form.get("redirect_uri") != wish.target:
            return _refused("invalid_grant")
        return self._granted(refresh_token=self._signed("rt", REFRESH_SECONDS))

    def _granted(self, **more: Any) -> Response:
        self.granted += 1
        seconds = self._client.token_seconds
        token = self._signed("at", seconds)
        body = {"access_token": token, "token_type": "Bearer", "expires_in": seconds, **more}
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    def _signed(self, kind: str, seconds: int) -> str:
        claim = f"{kind}_sandbox_{int(time.time()) + seconds}_{secrets.token_hex(8)}"
        return f"{claim}_{self._signature(claim)}"

    def _valid(self, token: str, kind: str) -> bool:
        claim, _, signature = token.rpartition("_")
        if not hmac.compare_digest(signature.encode(), self._signature(claim).encode()):
            return False
        found, _, ends, _ = claim.split("_")
        return found == kind and time.time() < int(ends) and token not in self._ended

    def _signature(self, claim: str) -> str:
        return hmac.digest(self._secret, claim.encode(), "sha256").hex()


def _is_callback(url: str) -> bool:
    """Whether a code may be sent there: to a server on this machine (RFC 8252, section 7.3)."""
    try:
        parts = urlsplit(url)
        good = (
            parts.scheme in {"http", "https"} and is_loopback(parts.hostname) and bool(parts.port)
        )
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and not set(url) & set(" <>\"'`#?@;,\\")
    return good and plain


def _refused(error: str, status: int = 400) -> Response:
    return JSONResponse({"error": error}, status)
