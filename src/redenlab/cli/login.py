"""`login`, `logout` and `whoami`: a key or the sign-in of a person, stored in a private file."""

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from redenlab.cli.backends import Backend, backend_of
from redenlab.cli.clients import read_key
from redenlab.cli.text import err, printable
from redenlab.core.auth import login as core
from redenlab.core.auth.discovery import Discovery
from redenlab.core.auth.oauth import TokenStore
from redenlab.core.auth.private_file import read_yaml, write_private
from redenlab.core.auth.schemes import checked_key
from redenlab.core.auth.settings import DEFAULT, Settings
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
    profile = backend_of(context).profile
    if api_key_stdin or profile.sign_in is None:
        _store_key(profile)
    else:
        _sign_in(profile.sign_in, profile, browser=browser, timeout=timeout)


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


def _sign_in(sign_in: SignIn, profile: Profile, *, browser: bool, timeout: float) -> None:
    url = Settings(profile, {}).text("discovery_url") or sign_in.discovery
    discovery = Discovery(url, sign_in.hosts, Path.home() / sign_in.cache)
    io = BlockingIo(Route())
    store = _store(sign_in)

    def show(address: str) -> None:
        opened = browser and webbrowser.open(address)
        lead = "The browser shows where to sign in; if not, open" if opened else "Open"
        err().print(f"{lead}:\n\n  {address}\n", markup=False, soft_wrap=True)

    try:
        place = run(discovery.endpoints(io, io.now() + core.TIMEOUT))
        token = run(core.sign_in(io, place, sign_in, show, timeout))
        store.write(token, io.now())
    finally:
        io.close()
    err().print(f"signed in; kept in {printable(str(store.path))}", markup=False, soft_wrap=True)


def logout(context: typer.Context) -> None:
    """Forget the sign-in and the stored key.

    The service may accept a token until it expires.
    """
    profile = backend_of(context).profile
    forgotten = profile.sign_in is not None and _store(profile.sign_in).forget()
    err().print("signed out" if _forget_key(profile) or forgotten else "not signed in")


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
    if sign_in is not None and _store(sign_in).path.exists():
        return f"sign-in from {_store(sign_in).path}"
    if backend.client_class(None).key.optional:
        return "no credential, which the service may allow"
    command = " ".join((*backend.words, "login"))
    raise MissingKey(
        f"not signed in: there is no {'API key' if sign_in is None else 'API key and no sign-in'}; "
        f"looked at {settings.source('api_key')}",
        hint=f"run: {command}",
    )


def _store(sign_in: SignIn) -> TokenStore:
    return TokenStore(Path.home() / sign_in.tokens)
