"""`redenlab modelred assess`: assess a language model, and fail below a score, for use in CI."""

from typing import Annotated, Any

import typer

from redenlab.cli import exits, options
from redenlab.cli.clients import Target, client_of
from redenlab.cli.predict import item_of, run
from redenlab.cli.text import printable, tell
from redenlab.modelred import AssessmentPriority


def assess(  # noqa: PLR0913 - the options of the command
    context: typer.Context,
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
        AssessmentPriority,
        typer.Option(metavar="WORD", help="How soon it begins: low, normal, high or critical."),
    ] = AssessmentPriority.NORMAL,
    *,
    min_score: Annotated[
        float | None,
        typer.Option(
            metavar="SCORE",
            min=0,
            max=100,
            help=f"Exit with {exits.Code.BELOW_SCORE:d} below it, from 0 to 100.",
        ),
    ] = None,
    timeout: options.Timeout = None,
    output: options.Output = None,
    no_progress: options.NoProgress = False,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Assess a model; fail below a score.

    `predict` does the same without a score to reach, and `submit` does not wait.
    """
    if bool(probe) is bool(pack):
        raise typer.BadParameter("give --probe or --pack, and not both")
    job = "assess_packs" if pack else "assess"
    target = Target.of(context, None, job, None, base_url, key_from_stdin=api_key_stdin)
    given: dict[str, Any] = {"probe_pack_ids": pack} if pack else {"test_types": probe}
    parameters = {"model": model, "priority": priority.value, **given}
    client = client_of(context, target)
    item = item_of(client, None, {"parameters": parameters})
    item.label = model
    code = run(client, [item], "model", output, timeout, quiet=no_progress)
    score = getattr(getattr(item.outcome, "result", None), "overall_score", None)
    if code is exits.Code.GOOD and min_score is not None and (score is None or score < min_score):
        shown = "no score" if score is None else f"a score of {score:g}"
        tell(f"{printable(model)} has {shown}, below {min_score:g}", "see the probes that failed")
        code = exits.Code.BELOW_SCORE
    raise typer.Exit(code)


def add(app: typer.Typer) -> None:
    """Add the command to the group of ModelRed."""
    example = "redenlab modelred assess support-bot -p jailbreak --min-score 80"
    app.command(epilog=f"\b\nExample:\n  {example}")(assess)
