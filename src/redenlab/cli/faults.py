"""`redenlab sandbox faults`: what goes wrong in a running sandbox."""

import shlex
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import httpx
import typer
from rich.table import Table
from rich.text import Text

from redenlab.cli import options
from redenlab.cli.output import write
from redenlab.cli.text import err, printable
from redenlab.core import errors
from redenlab.sandbox.faults import COMMON, KINDS, Meaning

URL_VARIABLE = "REDENLAB_SANDBOX_URL"

Url = Annotated[
    str, typer.Option(envvar=URL_VARIABLE, help="Of the sandbox, as `redenlab sandbox up` says it.")
]

app: typer.Typer = typer.Typer(help="What goes wrong in a running sandbox, on order.")


@app.command()
def add(
    order: Annotated[list[str], typer.Argument(help="status=503 times=3 at=ml/get_result")],
    url: Url,
    output: options.Output = None,
) -> None:
    """Order a fault; `redenlab sandbox faults kinds` lists the kinds."""
    text = order[0] if len(order) == 1 else shlex.join(order)
    _show([_call("POST", url, json={"order": text})], output)


@app.command("list")
def listed(url: Url, output: options.Output = None) -> None:
    """List the orders, with how often each matched and how often its fault applied."""
    _show(_call("GET", url), output)


@app.command()
def clear(
    url: Url,
    number: Annotated[
        int | None, typer.Argument(help="Number of the order.", show_default="all orders")
    ] = None,
) -> None:
    """Cancel one order, or all of them."""
    _call("DELETE", url, "" if number is None else f"/{number}")
    err().print("cancelled")


@app.command()
def kinds(output: options.Output = None) -> None:
    """List the kinds of faults, and their settings with defaults."""
    rows = [
        {"kind": kind, "settings": dict(meaning.settings), "does": meaning.text}
        for kind, meaning in KINDS.items()
    ]
    write(rows, lambda: [_kinds()], output)


def _kinds() -> Table:
    table = Table(box=None, header_style="dim", padding=(0, 2, 0, 0))
    table.caption = f"All kinds have: {', '.join(COMMON)}"
    for heading in ("kind", "settings", "what the sandbox does"):
        table.add_column(heading)
    for kind, meaning in KINDS.items():
        table.add_row(Text(kind), Text(settings(meaning)), Text(meaning.text))
    return table


def settings(meaning: Meaning) -> str:
    """The settings of a kind, with defaults that are not empty."""
    defaults = {n: "always" if v is None else v for n, v in meaning.settings.items()}
    return ", ".join(f"{name}={value}" if value else name for name, value in defaults.items())


def _show(orders: Iterable[Mapping[str, Any]], output: options.Output) -> None:
    def table() -> Table:
        shown = Table("number", "order", "matched", "met", box=None, header_style="dim")
        for order in orders:
            row = (order[name] for name in ("number", "order", "matched", "met"))
            shown.add_row(*(Text(printable(str(value))) for value in row))
        return shown

    write(orders, lambda: [table()], output)


def _call(method: str, url: str, path: str = "", json: Any = None) -> Any:
    """What the sandbox responds.

    Raises:
        NetworkError: No sandbox is there.
        NotFound: There is no such order.
        ConfigurationError: The order is malformed, or the URL is.
    """
    try:
        there = httpx.URL(url).join(f"/_sandbox/faults{path}")
        with httpx.Client(trust_env=False) as client:
            response = client.request(method, there, json=json)
            found: Any = response.json() if response.content else None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise errors.ConfigurationError(
            f"'{printable(url)}' is no URL", hint="write http://127.0.0.1:PORT"
        ) from None
    except (httpx.HTTPError, ValueError):
        raise errors.NetworkError(
            f"no sandbox responds at {printable(url)}", hint="start one: redenlab sandbox up"
        ) from None
    if response.is_success:
        return found
    kind = errors.NotFound if response.status_code == 404 else errors.ConfigurationError
    raise kind(found["error"], hint=found["hint"])
