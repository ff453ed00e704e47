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
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from redenlab.core.transport.url_policy import is_loopback

CODE_SECONDS: Final = 60
REFRESH_SECONDS: Final = 30 * 24 * 3600
LOGIN_CLIENT: Final = "sandbox-people"


@dataclass(frozen=True, slots=True)
class Client:
    """The only OAuth client, and the lifetime of its tokens in seconds."""

    client_id: str
    client_secret: str
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
        self._codes: dict[str, tuple[str, str, float]] = {}
        self._ended: set[str] = set()
        self.granted: int = 0

    def routes(self, base_path: str) -> list[Route]:
        """The endpoints; the API's own paths begin with `base_path`."""

        async def discovery(request: Request) -> Response:
            return self.discovery(request, base_path)

        return [
            Route("/endpoint.json", discovery),
            Route("/oauth2/authorize", self.authorize),
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
        """Redirect the browser back with an authorization code; every login succeeds."""
        query = request.query_params
        target = query.get("redirect_uri", "")
        parts = urlsplit(target)
        asked = (query.get("response_type"), query.get("client_id"))
        if asked != ("code", LOGIN_CLIENT) or not is_loopback(parts.hostname):
            return _refused("invalid_request")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            return _refused("invalid_request")
        code = secrets.token_urlsafe(24)
        self._codes[code] = (query["code_challenge"], target, time.time() + CODE_SECONDS)
        parameters = urlencode({"code": code, "state": query.get("state", "")})
        return Response(status_code=302, headers={"Location": f"{target}?{parameters}"})

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
        challenge, target, ends = self._codes.pop(form.get("code", ""), ("", "", 0.0))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        derived = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        good = hmac.compare_digest(derived, challenge) and time.time() < ends
        if not good or form.get("redirect_uri") != target:
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


def _refused(error: str, status: int = 400) -> Response:
    return JSONResponse({"error": error}, status)
