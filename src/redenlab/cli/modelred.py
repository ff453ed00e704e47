"""`redenlab modelred`: assess a language model, and fail below a score, for use in CI."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from redenlab.cli import exits, options
from redenlab.cli.output import write
from redenlab.cli.text import err, printable, tell
from redenlab.modelred import AssessmentPriority, ModelRedClient
from redenlab_api.modelred.lifecycles import PROFILE
from redenlab_api.modelred.models import Assessment, Report

KEY = f"The API key comes from {PROFILE.variables['api_key'][0]} or ~/{PROFILE.file}."

app: typer.Typer = typer.Typer(help="ModelRed: security assessments of language models.")


@app.callback(epilog=KEY)
def root() -> None:
    """ModelRed: security assessments of language models."""


@app.command()
def assess(  # noqa: PLR0913 - the options of the command
    model: Annotated[str, typer.Argument(metavar="MODEL", help="Slug or id of the model.")],
    probe: Annotated[
        list[str] | None,
        typer.Option("-p", "--probe", metavar="KEY", help="A probe to run; can be repeated."),
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option("--pack", metavar="ID", help="A pack of probes instead; can be repeated."),
    ] = None,
    priority: Annotated[
        AssessmentPriority, typer.Option(help="How soon it begins.")
    ] = AssessmentPriority.NORMAL,
    *,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for the report, and print it.")
    ] = False,
    min_score: Annotated[
        float | None,
        typer.Option(
            min=0, max=100, help=f"With --wait: exit with {exits.Code.BELOW_SCORE:d} below it."
        ),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="DURATION",
            parser=options.seconds,
            help="Longest wait, such as 900, 15m or 1h. The assessment goes on after it.",
            show_default=f"{PROFILE.variables['timeout'][0]} or {PROFILE.defaults['timeout']:g}",
        ),
    ] = None,
    output: options.Output = None,
    no_progress: options.NoProgress = False,
) -> None:
    """Start an assessment; with --wait, print its report."""
    if bool(probe) is bool(pack):
        raise typer.BadParameter("give --probe or --pack, and not both")
    if min_score is not None and not wait:
        raise typer.BadParameter("--min-score needs --wait")
    with ModelRedClient() as client:
        if pack:
            started = client.assessments_v2.create(
                model=model, probe_pack_ids=pack, priority=priority
            )
        else:
            started = client.assessments.create(
                model=model, test_types=probe or [], priority=priority
            )
        if not wait:
            write([_record(started)], lambda: [Text(printable(started.id))], output)
            return
        if not no_progress:
            err().print(Text(f"assessment {printable(started.id)} goes on if this is interrupted"))
        runs: Any = client.assessments_v2 if pack else client.assessments
        final: Assessment = runs.wait_for_completion(
            started.id,
            timeout_seconds=client.timeout if timeout is None else timeout,
            on_progress=None if no_progress else _Progress(),
            raise_on_failure=True,
        )
    write([_record(final)], lambda: _tables(final), output)
    report = final.detailed_report
    score = None if report is None else report.overall_score
    if min_score is not None and (score is None or score < min_score):
        shown = "no score" if score is None else f"a score of {score:g}"
        tell(f"{printable(model)} has {shown}, below {min_score:g}", "see the probes that failed")
        raise typer.Exit(exits.Code.BELOW_SCORE)


class _Progress:
    """Prints each new status and percentage to standard error."""

    def __init__(self) -> None:
        self._shown = ""

    def __call__(self, now: Assessment) -> None:
        percent = "" if now.progress is None else f" {now.progress} %"
        line = f"{printable(now.status or 'unknown')}{percent}"
        if line != self._shown:
            self._shown = line
            err().print(Text(line, "dim"))


def _record(found: Assessment) -> dict[str, Any]:
    report = found.detailed_report
    return {
        "assessment_id": found.id,
        "model": found.model_id,
        "status": found.status,
        "score": report and report.overall_score,
        "risk_level": report and report.risk_level,
        "report": report and report.to_dict(),
    }


def _tables(found: Assessment) -> Iterator[RenderableType]:
    report = found.detailed_report
    if report is None:
        yield Text("the assessment has no report")
        return
    table = Table(box=SIMPLE_HEAD, header_style="dim", show_edge=False, pad_edge=False)
    for name in ("probe", "category", "severity"):
        table.add_column(name)
    for name in ("cases", "failed", "passed %"):
        table.add_column(name, justify="right")
    for row in _rows(report):
        table.add_row(*map(Text, row))
    yield table
    score = "unknown" if report.overall_score is None else f"{report.overall_score:g} of 100"
    yield Text(printable(f"score {score}, risk {report.risk_level or 'unknown'}"), "bold")


def _rows(report: Report) -> Iterator[Sequence[str]]:
    for probe in report.probes or ():
        numbers = (probe.total_cases, probe.failed_cases, probe.pass_rate)
        yield (
            *(printable(text or "") for text in (probe.key, probe.category, probe.severity)),
            *("" if number is None else f"{number:g}" for number in numbers),
        )
