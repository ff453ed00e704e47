"""Formatting of names, sizes and times, and the two output streams.

File names and responses of the service are untrusted text: they pass through `printable` before
they are printed, as `rich.text.Text`, so that nothing in them is parsed as markup.
"""

from rich.console import Console
from rich.text import Text

NAME = 24
"""Maximum characters of a name in a progress line or a table."""


def err() -> Console:
    """Standard error, for messages."""
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
    """The end of a name, which for a path is the file name."""
    name = printable(name)
    return name if len(name) <= letters else f"…{name[1 - letters :]}"


def brief(job_id: str) -> str:
    """A job id, abbreviated."""
    job_id = printable(job_id)
    return job_id if len(job_id) <= 8 else f"{job_id[:4]}…{job_id[-2:]}"


def clock(seconds: float) -> str:
    """Hours, minutes and seconds, such as 0:00:41."""
    whole = int(max(seconds, 0))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def span(seconds: float) -> str:
    """A short time such as 0.4 s or 41 s; from a minute on as `clock` formats it."""
    if seconds >= 60:
        return clock(seconds)
    return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"


def count(number: int, noun: str) -> str:
    """A number with its noun, in singular or plural."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def tell(happened: str, advice: str) -> None:
    """Print an error and a hint to standard error: two lines, never wrapped."""
    console = err()
    for label, style, line in (("error", "bold red", happened), (" hint", "cyan", advice)):
        console.print(Text.assemble((label, style), "  ", printable(line)), soft_wrap=True)
