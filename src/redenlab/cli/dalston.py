"""`redenlab dalston`: realtime transcription of a file, or of what is piped in."""

import json
import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.text import Text

from redenlab.cli import exits
from redenlab.cli.output import Format
from redenlab.cli.text import err, out, printable
from redenlab.core.live.audio import WIDTHS, format_of
from redenlab.dalston import (
    Dalston,
    LagWarning,
    RealtimeSession,
    Reconnect,
    TranscriptFinal,
    TranscriptPartial,
)


def live(  # noqa: PLR0913 - the options of the command
    file: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="A WAV or raw file; raw audio is piped in.")
    ] = "-",
    model: Annotated[str | None, typer.Option("-m", "--model", help="Model or engine.")] = None,
    language: Annotated[
        str, typer.Option("-l", "--language", help="Code of the language.")
    ] = "auto",
    encoding: Annotated[
        str, typer.Option(help=f"Of raw audio: {', '.join(WIDTHS)}.")
    ] = "pcm_s16le",
    sample_rate: Annotated[
        int | None,
        typer.Option(help="Of raw audio, in Hz; a WAV file has its own.", show_default="16000"),
    ] = None,
    *,
    speed: Annotated[
        float, typer.Option(min=0.1, help="How many times faster than in real time a file is sent.")
    ] = 1.0,
    reconnect: Annotated[
        bool, typer.Option("--reconnect", help="Go on after interruptions.")
    ] = False,
    output: Annotated[
        Format | None,
        typer.Option("-o", "--output", help="jsonl on a pipe, else lines of text as they come."),
    ] = None,
) -> None:
    """Transcribe while the audio comes; Ctrl-C ends the session, and prints its last finals."""
    is_piped = file == "-"
    source = sys.stdin.buffer if is_piped else file
    rate = sample_rate or 16000
    if not is_piped:
        form = format_of(Path(file), encoding, sample_rate)
        encoding, rate = form.encoding, form.sample_rate
    shown = _Shown(output or (Format.TABLE if sys.stdout.isatty() else Format.JSONL))
    with Dalston() as client:
        session = client.realtime(
            model=model,
            language=language,
            encoding=encoding,
            sample_rate=rate,
            reconnect=Reconnect() if reconnect else None,
        )
        session.on_partial(shown.partial)
        session.on_final(shown.final)
        session.on_warning(shown.warning)
        session.connect()
        _stream(session, source, speed)


def _stream(session: RealtimeSession, source: str | BinaryIO, speed: float) -> None:
    """Send all of it, and wait for the last finals; after Ctrl-C too."""
    try:
        session.send_file(source, speed=speed)
    except KeyboardInterrupt:
        raise typer.Exit(exits.Code.INTERRUPTED) from None
    finally:
        session.close()


class _Shown:
    """Prints partials and finals as they come."""

    def __init__(self, form: Format) -> None:
        self._form = form
        self._console = out()
        self._errors = err()

    def partial(self, message: TranscriptPartial) -> None:
        """Show it in grey; a program gets it as a line."""
        if self._form is not Format.TABLE:
            self._line(message)
        elif self._console.is_terminal:
            self._console.print(Text(f"… {printable(message.text)}", "dim"), end="\r")

    def final(self, message: TranscriptFinal) -> None:
        """Show when it was said, and what."""
        if self._form is not Format.TABLE:
            self._line(message)
            return
        start, end = message.start or 0.0, message.end or 0.0
        line = Text.assemble((f"{start:8.2f} {end:8.2f}  ", "dim"), printable(message.text))
        self._console.print(line, soft_wrap=True)

    def warning(self, message: LagWarning) -> None:
        """Show it on standard error."""
        text = printable(message.message or "the service is behind the audio")
        self._errors.print(Text(text, "yellow"))

    def _line(self, message: TranscriptPartial | TranscriptFinal) -> None:
        sys.stdout.write(f"{json.dumps(message.to_dict())}\n")
        sys.stdout.flush()


def add(app: typer.Typer) -> None:
    """Add the command to the group of Dalston."""
    app.command(epilog="\b\nExample:\n  redenlab dalston live call.wav -l en")(live)
