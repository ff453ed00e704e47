"""`doctor`: what to look at first when something does not work, fit to be pasted into a report."""

import os
import platform
import shutil
import ssl
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

import typer
from rich.table import Table
from rich.text import Text

from redenlab.cli import exits, options
from redenlab.cli.backends import Backend, backend_of
from redenlab.cli.login import credential
from redenlab.cli.output import write
from redenlab.cli.text import printable
from redenlab.core.auth.settings import Settings
from redenlab.core.errors import ConfigurationError, RedenLabError
from redenlab.core.text import display_url
from redenlab.core.transport.io import OutgoingRequest, run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab.lowlevel.types import RawResponse
from redenlab.version import __version__

PATIENCE = 10.0
"""Seconds for the request."""

MAX_SKEW = 60.0
"""Seconds by which this machine's clock may differ from the service's."""

OPTIONAL = ("typer", "rich", "websockets", "soundfile", "starlette", "fsspec", "pypdf")
"""Packages of the extras."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report.

    Attributes:
        hint: What to do; empty where nothing is wrong.
        code: What the program ends with on its account.
    """

    name: str
    found: str
    hint: str = ""
    code: exits.Code = exits.Code.GOOD


def doctor(
    context: typer.Context, *, spec: options.Spec = None, output: options.Output = None
) -> None:
    """Check the settings and the network.

    Shows versions, the source of the credential, proxy and certificates, and sends one request
    without a credential. Nothing in the report is secret.
    """
    found = list(_checks(backend_of(context, spec)))
    records = [{"check": each.name, "found": each.found, "hint": each.hint} for each in found]
    write(records, lambda: [_table(found)], output)
    raise typer.Exit(next((each.code for each in found if each.code), exits.Code.GOOD))


def _checks(backend: Backend) -> Iterator[Check]:
    implementation = f"{platform.python_implementation()} {platform.python_version()}"
    yield Check("redenlab", __version__)
    yield Check("Python", f"{implementation} on {platform.system()} {platform.machine()}")
    yield Check("TLS", ssl.OPENSSL_VERSION)
    yield Check("extras", ", ".join(filter(None, map(_version, OPTIONAL))) or "none")
    yield Check("command", shutil.which("redenlab") or f"{sys.executable} -m redenlab")
    settings = Settings(backend.profile, {})
    try:
        yield Check("credential", credential(backend, settings))
    except RedenLabError as error:
        yield _failed("credential", error)
    yield from _network(settings)


def _network(settings: Settings) -> Iterator[Check]:
    url = settings.text("base_url")
    if url is None:
        hint = "set base_url, or sign in: the service then says where it is"
        yield Check("base URL", f"none; looked at {settings.source('base_url')}", hint)
        return
    yield Check("base URL", f"{display_url(url)} from {settings.source('base_url')}")
    route = Route()
    try:
        proxy = route.proxy_for(url)
        yield Check("proxy", display_url(proxy) if proxy else "none")
        yield Check("certificates", os.environ.get("SSL_CERT_FILE", "the usual ones"))
        yield from _request(url, route)
    except RedenLabError as error:
        yield _failed("request", error)


def _request(url: str, route: Route) -> Iterator[Check]:
    if not urlsplit(url).hostname:
        raise ConfigurationError("the base URL has no host", hint="write https://host/stage")
    io = BlockingIo(route)
    begun = time.monotonic()
    try:
        request = OutgoingRequest("GET", url, {"Accept": "application/json"}, to_api=False)
        response = run(io.send(request, io.now() + PATIENCE))
    finally:
        io.close()
    seconds = time.monotonic() - begun
    yield Check("request", f"HTTP {response.status_code} after {seconds:.2f} s")
    yield _clock(response)


def _clock(response: RawResponse) -> Check:
    """Compare the clocks: signed links and tokens depend on them."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        there = parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError):
        return Check("clock", "the service does not tell its time")
    skew = time.time() - there
    hint = "set this machine's clock" if abs(skew) > MAX_SKEW else ""
    return Check("clock", f"differs from the service's by {skew:+.0f} s", hint)


def _failed(name: str, error: RedenLabError) -> Check:
    return Check(name, exits.message(error), exits.hint(error), exits.code(error))


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return ""


def _table(found: list[Check]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for each in found:
        table.add_row(each.name, Text(printable(each.found), "yellow" if each.hint else ""))
        if each.hint:
            table.add_row("", Text(f"hint: {printable(each.hint)}", "cyan"))
    return table
