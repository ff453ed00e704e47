"""Words, sizes and times as people read them, and the two streams that they are written to.

Names of files and responses of services are untrusted text: they pass `printable` before they
reach a terminal, and travel as `rich.text.Text`, so that nothing in them is taken for markup.
"""

from rich.console import Console
from rich.text import Text

NAME = 24
"""Letters of a name that a line of progress or a table has room for."""


def err() -> Console:
    """Standard error, for all that is said to people."""
    return Console(stderr=True, highlight=False, emoji=False)


def out() -> Console:
    """Standard output, for data."""
    return Console(highlight=False, emoji=False)


def printable(text: str) -> str:
    """`text` on one line, without control characters and lone surrogates."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )


def short(name: str, letters: int = NAME) -> str:
    """The end of a name, which tells more than its beginning: of paths, the file."""
    name = printable(name)
    return name if len(name) <= letters else f"…{name[1 - letters :]}"


def brief(job_id: str) -> str:
    """A job id to recognise, not to copy."""
    job_id = printable(job_id)
    return job_id if len(job_id) <= 8 else f"{job_id[:4]}…{job_id[-2:]}"


def clock(seconds: float) -> str:
    """Hours, minutes and seconds, such as 0:00:41."""
    whole = int(max(seconds, 0))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def span(seconds: float) -> str:
    """A short time such as 0.4 s or 41 s; a minute and more as `clock` has it."""
    if seconds >= 60:
        return clock(seconds)
    return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"


def count(number: int, noun: str) -> str:
    """A number of things."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def tell(happened: str, advice: str) -> None:
    """Say on standard error what happened and what to do: two lines, never wrapped."""
    console = err()
    for word, style, line in (("error", "bold red", happened), (" hint", "cyan", advice)):
        console.print(Text.assemble((word, style), "  ", printable(line)), soft_wrap=True)
