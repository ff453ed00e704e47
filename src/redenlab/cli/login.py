"""`redenlab login`, `logout` and `whoami`: the sign-in of a person, stored in a private file."""

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from redenlab.cli.text import err, printable
from redenlab.core.auth import login as core
from redenlab.core.auth.discovery import Discovery
from redenlab.core.auth.oauth import TokenStore
from redenlab.core.auth.settings import Settings
from redenlab.core.errors import ConfigurationError
from redenlab.core.jobs.poll import PollSettings
from redenlab.core.spec.profile import SignIn
from redenlab.core.transport.io import run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab_api.ml.lifecycles import PROFILE


def login(
    *,
    browser: Annotated[
        bool, typer.Option(help="Open the browser; else only print the address.")
    ] = True,
    timeout: Annotated[
        float, typer.Option(min=1.0, metavar="SECONDS", help="How long to wait for the sign-in.")
    ] = core.TIMEOUT,
) -> None:
    """Sign in with the browser. An API key, if there is one, still takes precedence."""
    sign_in = _sign_in()
    url = Settings(PROFILE, {}).text("discovery_url") or sign_in.discovery
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


def logout() -> None:
    """Delete the stored sign-in. The service may accept its token until it expires."""
    forgotten = _store(_sign_in()).forget()
    err().print("signed out" if forgotten else "not signed in")


def whoami() -> None:
    """Show which credential a client would use and where it comes from, never its value.

    And how often it would poll, where a setting says so.
    """
    settings = Settings(PROFILE, {})
    PollSettings.of(settings)
    store = _store(_sign_in())
    if settings.get("api_key") is not None:
        typer.echo(f"API key from {settings.source('api_key')}")
    elif settings.get("client_id") is not None:
        typer.echo(f"program {settings.text('client_id')} from {settings.source('client_id')}")
    elif store.path.exists():
        typer.echo(f"sign-in from {store.path}")
    else:
        raise typer.Exit(_not_signed_in())
    for name in ("poll_initial", "poll_factor", "poll_max"):
        if (found := settings.get(name)) is not None:
            typer.echo(f"{name} {found.value} from {found.source}")


def _not_signed_in() -> int:
    err().print("not signed in: there is no API key and no sign-in; run: redenlab login")
    return 3


def _sign_in() -> SignIn:
    if PROFILE.sign_in is None:
        raise ConfigurationError("this service has no sign-in; it uses API keys")
    return PROFILE.sign_in


def _store(sign_in: SignIn) -> TokenStore:
    return TokenStore(Path.home() / sign_in.tokens)
