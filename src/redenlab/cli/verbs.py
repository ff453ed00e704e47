"""The verbs that every backend has, at the root of the program and in each group."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperCommand

from redenlab.cli.backends import Backend, backend_of
from redenlab.cli.doctor import doctor
from redenlab.cli.jobs import jobs
from redenlab.cli.login import login, logout, whoami
from redenlab.cli.models import models
from redenlab.cli.options import model_names
from redenlab.cli.predict import predict, submit
from redenlab.cli.status import cancel, events, status
from redenlab.cli.wait import result, wait


class Verb(TyperCommand):
    """A command with the options that its backend has."""

    def get_params(self, ctx: Any) -> list[Any]:
        """All but those that no job of the backend has."""
        hidden = backend_of(ctx).hidden
        return [each for each in super().get_params(ctx) if each.name not in hidden]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """The example, and the models where one can be named: a name a line, never cut."""
        super().format_epilog(ctx, formatter)
        names = model_names(backend_of(ctx))
        if names and any(each.name == "model" for each in self.get_params(ctx)):
            with formatter.section("Models, or a newer one"):
                formatter.write_text("\n".join(("\b", *map(self._marked(ctx), names))))

    @staticmethod
    def _marked(ctx: Any) -> Callable[[str], str]:
        default = backend_of(ctx).profile.defaults.get("model_name")
        return lambda name: f"{name}  (default)" if name == default else name

    def invoke(self, ctx: Any) -> Any:
        """Run it; a usage error names the command."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.ctx = error.ctx or ctx
            raise


@dataclass(frozen=True, slots=True)
class Row:
    """A verb.

    Attributes:
        function: The command.
        example: Its arguments in the help; ``None`` are those of the backend's `predict`.
    """

    function: Callable[..., None]
    example: str | None = ""


VERBS: tuple[Row, ...] = (
    Row(predict, None),
    Row(submit, None),
    Row(wait, "JOB --timeout 15m"),
    Row(status, "JOB"),
    Row(result, "JOB -o json"),
    Row(cancel, "JOB"),
    Row(events, "JOB -o jsonl"),
    Row(jobs, "-n 5"),
    Row(models, "-o json"),
    Row(login),
    Row(logout),
    Row(whoami),
    Row(doctor),
)


def add_verbs(app: typer.Typer, backend: Backend) -> None:
    """Give a group its verbs."""
    for row in VERBS:
        app.command(cls=Verb, epilog=_epilog(row, backend))(row.function)


def group(backend: Backend) -> typer.Typer:
    """The group of a backend, with its verbs."""
    app = typer.Typer(help=backend.about)

    @app.callback()
    def root() -> None: ...

    root.__doc__ = backend.about
    add_verbs(app, backend)
    return app


def _epilog(row: Row, backend: Backend) -> str:
    example = backend.example if row.example is None else row.example
    command = " ".join((*backend.words, row.function.__name__, example)).strip()
    return f"\b\nExample:\n  {command}"
