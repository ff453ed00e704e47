"""Which credential a client uses, and where the API is: from settings, nothing is sent.

    token=              a bearer token, or a callable that returns one
    api_key             a key in a header of its own
    client_id, client_secret    the sign-in of a program
    (nothing)           the sign-in of a person, if there is one, or no credential where a service
                        may be run without

The nearest source wins: an argument, then the environment, then the file. In the same source a
key comes before a sign-in.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from inspect import iscoroutinefunction
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from redenlab.core.auth.discovery import BaseUrlProvider, Discovery, Endpoints, StaticBaseUrl
from redenlab.core.auth.origins import Holder, check_naming
from redenlab.core.auth.schemes import (
    ApiKey,
    Auth,
    Bearer,
    NoCredential,
    TokenProvider,
    checked_key,
)
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.settings import FILE, Settings, checked_base_url
from redenlab.core.errors import ConfigurationError, MissingKey
from redenlab.core.spec.profile import Key, SignIn
from redenlab.core.transport.io import Io

if TYPE_CHECKING:
    from redenlab.core.auth.stores import Store


@dataclass(frozen=True)
class Credentials:
    """What the settings of a client say of its credential.

    Attributes:
        key: How an API key is sent.
    """

    settings: Settings
    key: Key

    def auth(self, token: Secret | TokenProvider | None, *, blocking: bool) -> Auth:
        """The credential; it goes nowhere but where `redenlab.core.auth.origins` lets it."""
        found = self.settings.get("api_key")
        pair = self._pair()
        if token is not None:
            return self._bearer(token, blocking=blocking)
        if found is not None and (pair is None or found.rank >= pair):
            secret = self.settings.secret("api_key")
            checked = checked_key(secret, found.source)
            check_naming(self.settings, Holder(found.source, found.rank), "base_url")
            return ApiKey(checked, self.key.name, self.key.prefix, self.key.in_query)
        if pair is not None:
            return self._program(pair)
        store = self.store()
        if store is not None and store.exists():
            return self._person(store)
        if self.key.optional:
            return NoCredential(self.key.name)
        raise self._missing()

    def base_url(self) -> BaseUrlProvider:
        """Where the API is."""
        value = self.settings.text("base_url")
        if value is not None:
            found = checked_base_url(value, self.settings.source("base_url"))
            usual = self.settings.profile.base_path
            return StaticBaseUrl(found if urlsplit(found).path else f"{found}{usual}")
        if self.discovery is not None and self.settings.get("api_key") is None:
            return self.discovery
        raise ConfigurationError(
            f"there is no base URL; looked at {self.settings.source('base_url')}",
            hint="an API-key client needs base_url; ask the service's operators for it",
        )

    @cached_property
    def discovery(self) -> Discovery | None:
        """The document that says where the service is, where there is one."""
        sign_in = self._sign_in
        url = self.settings.text("discovery_url") or (sign_in and sign_in.discovery)
        if sign_in is None or not url:
            return None
        return Discovery(url, sign_in.hosts, Path.home() / sign_in.cache)

    async def endpoints(self, io: Io, deadline: float) -> Endpoints:
        """Where a person signs in, and the API that the sign-in is for.

        Raises:
            ConfigurationError: The service has only keys.
        """
        if self.discovery is None:
            raise ConfigurationError("this service has no sign-in; it uses API keys")
        found, base_url = (
            await self.discovery.endpoints(io, deadline),
            self.settings.text("base_url"),
        )
        return found if base_url is None else replace(found, base_url=base_url)

    async def token_url(self, io: Io, deadline: float) -> str:
        """The token endpoint; raises as `Discovery.endpoints`."""
        configured = self.settings.text("token_url")
        if configured is not None:
            return checked_base_url(configured, self.settings.source("token_url"))
        return f"{(await self.endpoints(io, deadline)).sign_in_url}/oauth2/token"

    async def login_client(self, io: Io, deadline: float) -> str:
        """The client id of people's sign-ins."""
        return (await self.endpoints(io, deadline)).client_id

    def store(self) -> "Store | None":
        """Where a person's sign-in is stored; ``None`` where the service has only keys."""
        from redenlab.core.auth.stores import store_of  # noqa: PLC0415 - not for keys

        return store_of(self.settings, self._sign_in) if self._sign_in is not None else None

    @property
    def _sign_in(self) -> SignIn | None:
        return self.settings.profile.sign_in

    def _bearer(self, token: Secret | TokenProvider, *, blocking: bool) -> Bearer:
        if self.settings.given("api_key", "client_id", "client_secret"):
            raise ConfigurationError(
                "there are several credentials",
                hint="give one of: token; api_key; client_id and client_secret",
            )
        if isinstance(token, Secret):
            return Bearer(token.reveal)
        if not callable(token):
            raise ConfigurationError("token is neither a text nor a function that returns one")
        if blocking and iscoroutinefunction(token):
            raise ConfigurationError(
                "the sync client cannot await a token provider",
                hint="give it a plain function, or use the async client",
            )
        return Bearer(token)

    def _pair(self) -> int | None:
        """The rank of the sign-in of a program; ``None`` when there is none."""
        found = [self.settings.get(name) for name in ("client_id", "client_secret")]
        ranks = [setting.rank for setting in found if setting is not None]
        if len(ranks) == 1:
            missing = "client_secret" if found[0] is not None else "client_id"
            raise ConfigurationError(
                f"a program signs in with client_id and client_secret; there is no {missing}",
                hint=f"looked at {self.settings.source(missing)}",
            )
        return min(ranks, default=None)

    def _program(self, rank: int) -> Auth:
        from redenlab.core.auth.oauth import ClientCredentials, OAuth  # noqa: PLC0415 - not for keys

        client_id = self.settings.text("client_id")
        secret = self.settings.secret("client_secret")
        sign_in = self._sign_in
        assert client_id is not None  # noqa: S101 - `_pair` has looked
        assert sign_in is not None  # noqa: S101 - else there are no such settings
        self._check_naming(Holder(self.settings.source("client_secret"), rank))
        return OAuth(ClientCredentials(self.token_url, client_id, secret, sign_in.scopes))

    def _person(self, store: "Store") -> Auth:
        from redenlab.core.auth.oauth import OAuth, StoredLogin  # noqa: PLC0415

        self._check_naming(Holder(store.name, FILE))
        base_url = self.base_url().locate
        return OAuth(StoredLogin(self.token_url, self.login_client, base_url, store, self.settings))

    def _check_naming(self, holder: Holder) -> None:
        """A sign-in has two places to go to: the authorization server, and the API."""
        check_naming(self.settings, holder, "token_url", "discovery_url")
        check_naming(self.settings, holder, "base_url", "discovery_url")

    def _missing(self) -> MissingKey:
        places = self.settings.source("api_key")
        if self._sign_in is None:
            return MissingKey(f"there is no API key; looked at {places}")
        return MissingKey(
            f"there is no API key and no sign-in; looked at {places}, "
            f"{' and '.join(self.settings.profile.variables['client_id'])}",
            hint="set one of them, or run: redenlab login",
        )
