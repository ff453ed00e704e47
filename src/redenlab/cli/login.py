"""`redenlab login`, `logout` and `whoami`: the sign-in of a person, stored in a private file."""

import webbrowser
from typing import Annotated

import typer

from redenlab.cli.text import err, printable
from redenlab.core.auth import login as core
from redenlab.core.auth.oauth import revoked
from redenlab.core.auth.resolve import Credentials
from redenlab.core.auth.settings import Settings
from redenlab.core.auth.stores import store_of
from redenlab.core.errors import ConfigurationError
from redenlab.core.jobs.poll import PollSettings
from redenlab.core.spec.profile import SignIn
from redenlab.core.transport.io import run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab_api.ml.lifecycles import KEY, PROFILE


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
    sign_in, settings = _sign_in(), Settings(PROFILE, {})
    credentials = Credentials(settings, KEY)
    io = BlockingIo(Route(strict=settings.flag("strict")))
    store = store_of(settings, sign_in)

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


def logout() -> None:
    """Delete the stored sign-in, and revoke it where the service offers that.

    Where it does not, or cannot be reached, it may accept the token until that expires.
    """
    sign_in, settings = _sign_in(), Settings(PROFILE, {})
    store = store_of(settings, sign_in)
    io = BlockingIo(Route(strict=settings.flag("strict")))
    try:
        is_revoked = run(revoked(io, Credentials(settings, KEY), store))
    finally:
        io.close()
        forgotten = store.forget()
    if not forgotten:
        err().print("not signed in")
    elif is_revoked:
        err().print("signed out; the token is revoked")
    else:
        err().print("signed out; the service may accept the token until it expires")


def whoami() -> None:
    """Show which credential a client would use and where it comes from, never its value.

    And how often it would poll, where a setting says so.
    """
    settings = Settings(PROFILE, {})
    PollSettings.of(settings)
    store = store_of(settings, _sign_in())
    if settings.get("api_key") is not None:
        typer.echo(f"API key from {settings.source('api_key')}")
    elif settings.get("client_id") is not None:
        typer.echo(f"program {settings.text('client_id')} from {settings.source('client_id')}")
    elif store.exists():
        typer.echo(f"sign-in from {store.name}")
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
