"""Where a person's sign-in is stored: in a private file, or in the keyring of the system.

Beside the tokens stands whose they are: the origins of the API and of the authorization server,
which are the only ones that they are sent to.
"""

import os
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from redenlab.core.auth.private_file import parsed_yaml, read_yaml, write_private
from redenlab.core.auth.schemes import checked_token
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.settings import Settings
from redenlab.core.errors import AuthenticationError, ConfigurationError, MissingExtra
from redenlab.core.spec.profile import SignIn
from redenlab.core.transport.io import Io

if TYPE_CHECKING:
    from typing import BinaryIO

WAIT = 0.05
"""Seconds between two attempts to take the lock of a store."""

ACCOUNT = "sign-in"
"""Under which name a keyring has it."""


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token.

    Attributes:
        expires: Monotonic seconds of the `Io` at which it expires.
        refresh: The refresh token; ``None`` where there is none.
        origin: Of the API that it is for; ``None`` where that is not known.
        issuer: Origin of the authorization server; ``None`` where that is not known.
    """

    value: Secret
    expires: float
    refresh: Secret | None = None
    origin: str | None = None
    issuer: str | None = None


class Store(Protocol):
    """Keeps one sign-in."""

    @property
    def name(self) -> str:
        """Where it is, for people."""
        ...

    @property
    def lock(self) -> Path:
        """A file whose lock a process holds while it renews the token."""
        ...

    def read(self, now: float) -> Token | None:
        """The token; ``None`` when there is none. `now` is the time of the `Io`.

        Raises:
            AuthenticationError: What is stored is no token.
            ConfigurationError: The store is unsafe, or cannot be read.
        """
        ...

    def write(self, token: Token, now: float) -> None:
        """Store `token`; `now` is the time of the `Io`.

        Raises:
            ConfigurationError: The store cannot be written.
        """
        ...

    def exists(self) -> bool:
        """Whether there is a sign-in."""
        ...

    def forget(self) -> bool:
        """Delete it; whether there was one."""
        ...


def store_of(settings: Settings, sign_in: SignIn) -> Store:
    """The store that the setting ``token_store`` names: ``file``, unless it is ``keyring``.

    Raises:
        ConfigurationError: It names something else.
        MissingExtra: The package for keyrings is not installed.
    """
    kind, path = settings.text("token_store") or "file", Path.home() / sign_in.tokens
    if kind == "file":
        return FileStore(path)
    if kind == "keyring":
        return KeyringStore(f"redenlab {sign_in.tokens}", path)
    raise ConfigurationError(
        f"token_store from {settings.source('token_store')} is '{kind}'",
        hint="write file or keyring",
    )


@dataclass(frozen=True, slots=True)
class FileStore:
    """A file, mode 0600 (RedenLab contract, section 2.2)."""

    path: Path

    @property
    def name(self) -> str:
        """See `Store`."""
        return str(self.path)

    @property
    def lock(self) -> Path:
        """See `Store`."""
        return self.path.with_name(f".{self.path.name}.lock")

    def read(self, now: float) -> Token | None:
        """See `Store`."""
        return _read(read_yaml(self.path), now, self.name)

    def write(self, token: Token, now: float) -> None:
        """See `Store`."""
        try:
            write_private(self.path, _written(token, now))
        except OSError as error:
            raise ConfigurationError(
                f"cannot write {self.path}: {error.strerror or type(error).__name__}",
                hint="check the permissions of the folder, and the free space",
            ) from None

    def exists(self) -> bool:
        """See `Store`."""
        return self.path.exists()

    def forget(self) -> bool:
        """See `Store`."""
        found = self.path.exists()
        self.path.unlink(missing_ok=True)
        return found


@dataclass(frozen=True, slots=True)
class KeyringStore:
    """The keyring of the system: Keychain, Credential Locker, Secret Service.

    Attributes:
        service: Under which it stands there.
        path: Where a file would be; its lock is beside it.
    """

    service: str
    path: Path

    @property
    def name(self) -> str:
        """See `Store`."""
        return f"the keyring of the system, under '{self.service}'"

    @property
    def lock(self) -> Path:
        """See `Store`."""
        return FileStore(self.path).lock

    def read(self, now: float) -> Token | None:
        """See `Store`."""
        return _read(self._kept(), now, self.name)

    def write(self, token: Token, now: float) -> None:
        """See `Store`."""
        self._called("set_password", self.service, ACCOUNT, _written(token, now))

    def exists(self) -> bool:
        """See `Store`."""
        return self._called("get_password", self.service, ACCOUNT) is not None

    def forget(self) -> bool:
        """See `Store`."""
        found = self.exists()
        if found:
            self._called("delete_password", self.service, ACCOUNT)
        return found

    def _kept(self) -> Mapping[str, Any]:
        found = self._called("get_password", self.service, ACCOUNT)
        return parsed_yaml(str(found).encode(), self.name) if found else {}

    def _called(self, name: str, *arguments: str) -> object:
        try:
            keyring: Any = import_module("keyring")  # an extra
        except ImportError:
            raise MissingExtra(
                "the keyring of the system needs the package keyring",
                hint="pip install 'redenlab[keyring]'",
            ) from None
        try:
            return getattr(keyring, name)(*arguments)
        except Exception as error:  # noqa: BLE001 - backends raise what their systems do
            problem = f"the keyring of the system failed: {type(error).__name__}"
        raise ConfigurationError(problem, hint="unlock it, or set token_store to file")


def _written(token: Token, now: float) -> str:
    import yaml  # noqa: PLC0415 - for those who sign in

    ends = datetime.fromtimestamp(time.time() + token.expires - now, UTC)
    kept = {"access_token": token.value.reveal(), "token_expiry": ends.isoformat()}
    if token.refresh is not None:
        kept["refresh_token"] = token.refresh.reveal()
    more = {"origin": token.origin, "issuer": token.issuer}
    return yaml.safe_dump(kept | {name: value for name, value in more.items() if value})


def _read(kept: Mapping[str, Any], now: float, place: str) -> Token | None:
    """What is stored, checked as if it had been given."""
    if kept.get("access_token") is None:
        return None
    token = _token(kept, now)
    del kept  # debuggers that show locals must not show it
    if token is None:
        raise AuthenticationError(f"{place} holds no bearer token", hint="run: redenlab login")
    return token


def _token(kept: Mapping[str, Any], now: float) -> Token | None:
    value, renews = (checked_token(kept.get(name)) for name in ("access_token", "refresh_token"))
    if value is None or (renews is None and kept.get("refresh_token") is not None):
        return None
    left = _epoch(kept.get("token_expiry")) - time.time()
    origin, issuer = (str(kept.get(name) or "") or None for name in ("origin", "issuer"))
    return Token(value, now + left, renews, origin, issuer)


def _epoch(value: object) -> float:
    """Seconds since the epoch, from a number, an ISO 8601 text or what YAML makes of one."""
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime):
            return value.replace(tzinfo=value.tzinfo or UTC).timestamp()
        return float(cast("Any", value))
    except (TypeError, ValueError, OverflowError):
        return 0.0  # long expired, so it is renewed


@asynccontextmanager
async def renewing(io: Io, path: Path, deadline: float) -> AsyncGenerator[None]:
    """A block that one process runs at a time: a refresh token may be good for one use alone.

    It is run without the lock where there are no locks, where the file cannot be made, and when
    `deadline` comes first.
    """
    file = await io.run_in_thread(_opened, path)
    try:
        while file is not None and not _locked(file) and io.now() + WAIT < deadline:
            await io.sleep(WAIT)
        yield
    finally:
        if file is not None:
            file.close()


def _opened(path: Path) -> "BinaryIO | None":
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except OSError:
        return None


def _locked(file: "BinaryIO") -> bool:
    """Whether the lock was taken; it is released when the file is closed."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system without locks
    return True
