"""Creates the clients of the commands.

`Clients` is the object of the typer context. Callers that run the program from Python may pass
their own, ``app(obj=Clients(poll=...))``, to change the poll intervals.
"""

import sys
from dataclasses import dataclass
from typing import Any

import typer

from redenlab.core.calls.retry import Retry
from redenlab.core.errors import AuthenticationError
from redenlab.core.jobs.poll import Poll
from redenlab.ml.client import AsyncInferenceClient

MAX_LINE = 4096


@dataclass(frozen=True, slots=True)
class Clients:
    """Creates clients.

    Attributes:
        poll: Poll intervals; ``None`` takes those of the spec.
        retry: Retry rules; ``None`` takes the default.
    """

    poll: Poll | None = None
    retry: Retry | None = None

    def make(
        self, base_url: str | None, model: str | None, *, key_from_stdin: bool
    ) -> AsyncInferenceClient[Any]:
        """A client for one run of a command.

        Args:
            base_url: ``None`` takes the environment's or the file's.
            model: ``None`` takes the environment's, the file's or the default one.
            key_from_stdin: Read the API key from standard input.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = read_key() if key_from_stdin else None
        try:
            return AsyncInferenceClient(
                key, base_url, model_name=model, poll=self.poll, retry=self.retry
            )
        except AuthenticationError as error:
            if key is None:
                error.hint = f"{error.hint}, or pipe the key in with --api-key-stdin"
            raise


def read_key() -> str:
    """The first line of standard input; on a terminal, prompted for without echo."""
    if sys.stdin.isatty():
        return str(typer.prompt("API key", hide_input=True, err=True))
    key = sys.stdin.readline(MAX_LINE).strip()
    if key:
        return key
    raise AuthenticationError(
        "no API key came on standard input", hint="pipe it in, on a line of its own"
    )
