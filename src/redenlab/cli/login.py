"""`login`, `logout` and `whoami`: a key or the sign-in of a person, stored in a private file."""

import webbrowser
from typing import Annotated

import typer

from redenlab.cli.backends import Backend, backend_of
from redenlab.cli.clients import read_key
from redenlab.cli.text import err, printable
from redenlab.core.auth import login as core
from redenlab.core.auth.oauth import revoked
from redenlab.core.auth.private_file import read_yaml, write_private
from redenlab.core.auth.resolve import Credentials
from redenlab.core.auth.schemes import checked_key
from redenlab.core.auth.settings import DEFAULT, Settings
from redenlab.core.auth.stores import store_of
from redenlab.core.errors import ConfigurationError, MissingKey
from redenlab.core.jobs.poll import PollSettings
from redenlab.core.spec.profile import Profile, SignIn
from redenlab.core.transport.io import run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo


def login(
    context: typer.Context,
    *,
    browser: Annotated[
        bool, typer.Option(help="Open the browser; else only print the address.")
    ] = True,
    timeout: Annotated[
        float, typer.Option(min=1.0, metavar="SECONDS", help="How long to wait for the sign-in.")
    ] = core.TIMEOUT,
    api_key_stdin: Annotated[
        bool,
        typer.Option("--api-key-stdin", help="Store an API key from standard input instead."),
    ] = False,
) -> None:
    """Sign in, or store an API key.

    Services that sign people in do so in the browser; of others the key is asked for. What is
    stored is in the home directory, in a file that only you can read. An API key takes precedence.
    """
    backend = backend_of(context)
    sign_in = backend.profile.sign_in
    if api_key_stdin or sign_in is None:
        _store_key(backend.profile)
    else:
        _sign_in(sign_in, _credentials(backend), browser=browser, timeout=timeout)


def _store_key(profile: Profile) -> None:
    """Ask for the key, check its form, and write it beside the other settings of the file."""
    import yaml  # noqa: PLC0415 - for those who store a key

    key = checked_key(read_key(), "standard input")
    try:
        settings = {**read_yaml(profile.path), "api_key": key.reveal()}
        write_private(profile.path, yaml.safe_dump(settings))
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError(f"cannot write {profile.path}: {problem}") from None
    err().print(f"kept in {printable(str(profile.path))}", markup=False, soft_wrap=True)


def _sign_in(sign_in: SignIn, credentials: Credentials, *, browser: bool, timeout: float) -> None:
    io = _io(credentials.settings)
    store = store_of(credentials.settings, sign_in)

    def show(address: str) -> None:
        opened = browser and webbrowser.open(address)
        lead = "The browser shows where to sign in; if not, open" if opened else "Open"
        err().print(f"{lead}:\n\n  {address}\n", markup=False, soft_wrap=True)

    try:
        place = run(credentials.endpoints(io, io.now() + core.TIMEOUT))
        token = run(core.sign_in(io, place, sign_in, show, timeout))
        store.write(token, io.now())
    finally:
        io.close()
    err().print(f"signed in; kept in {printable(store.name)}", markup=False, soft_wrap=True)


def logout(context: typer.Context) -> None:
    """Forget the sign-in and the stored key.

    The sign-in is revoked where the service offers that. Where it does not, or cannot be reached,
    it may accept the token until that expires.
    """
    backend = backend_of(context)
    sign_in, forgot_key = backend.profile.sign_in, _forget_key(backend.profile)
    ended = None if sign_in is None else _forget_sign_in(sign_in, _credentials(backend))
    err().print(ended or ("signed out" if forgot_key else "not signed in"))


def _forget_sign_in(sign_in: SignIn, credentials: Credentials) -> str | None:
    """Delete the stored sign-in; what became of it, ``None`` if there is none."""
    store, io = store_of(credentials.settings, sign_in), _io(credentials.settings)
    try:
        is_revoked = run(revoked(io, credentials, store))
    finally:
        io.close()
        forgotten = store.forget()
    if not forgotten:
        return None
    if is_revoked:
        return "signed out; the token is revoked"
    return "signed out; the service may accept the token until it expires"


def _forget_key(profile: Profile) -> bool:
    """Remove the key from the file; whether there was one."""
    import yaml  # noqa: PLC0415 - for those who sign out

    settings = read_yaml(profile.path)
    if settings.pop("api_key", None) is None:
        return False
    write_private(profile.path, yaml.safe_dump(settings) if settings else "")
    return True


def whoami(context: typer.Context) -> None:
    """Show which credential would be used.

    It says where the credential comes from, never its value, and how often a client would poll
    where a setting says so.
    """
    backend = backend_of(context)
    profile = backend.profile
    settings = Settings(profile, {})
    PollSettings.of(settings)
    typer.echo(credential(backend, settings) or "")
    for name in ("poll_initial", "poll_factor", "poll_max"):
        found = settings.get(name)
        if found is not None and found.rank > DEFAULT:
            typer.echo(f"{name} {found.value} from {found.source}")


def credential(backend: Backend, settings: Settings) -> str:
    """Which credential a client would use, and where it comes from, in one line.

    Raises:
        MissingKey: There is none, and the service needs one.
    """
    sign_in = settings.profile.sign_in
    if settings.get("api_key") is not None:
        return f"API key from {settings.source('api_key')}"
    if settings.get("client_id") is not None:
        return f"program {settings.text('client_id')} from {settings.source('client_id')}"
    if sign_in is not None and (store := store_of(settings, sign_in)).exists():
        return f"sign-in from {store.name}"
    if backend.client_class(None).key.optional:
        return "no credential, which the service may allow"
    command = " ".join((*backend.words, "login"))
    raise MissingKey(
        f"not signed in: there is no {'API key' if sign_in is None else 'API key and no sign-in'}; "
        f"looked at {settings.source('api_key')}",
        hint=f"run: {command}",
    )


def _credentials(backend: Backend) -> Credentials:
    return Credentials(Settings(backend.profile, {}), backend.client_class(None).key)


def _io(settings: Settings) -> BlockingIo:
    return BlockingIo(Route(strict=settings.flag("strict")))
