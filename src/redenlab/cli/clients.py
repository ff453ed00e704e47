"""Where commands get their client from.

`Clients` is the object of the program's context. Callers that run the program from Python may pass
another one, ``app(obj=Clients(poll=...))``, to look at jobs at another pace.
"""

import sys
from dataclasses import dataclass
from typing import Any

import typer

from redenlab.core.calls.retry import Retry
from redenlab.core.errors import AuthenticationError
from redenlab.core.jobs.poll import Poll
from redenlab.ml.client import AsyncInferenceClient

LONGEST_LINE = 4096


@dataclass(frozen=True, slots=True)
class Clients:
    """Makes clients.

    Attributes:
        poll: How often jobs are looked at; ``None`` goes by the API's description.
        retry: How often a request is sent again; ``None`` means as usual.
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
        key = _key() if key_from_stdin else None
        try:
            return AsyncInferenceClient(
                key, base_url, model_name=model, poll=self.poll, retry=self.retry
            )
        except AuthenticationError as error:
            if key is None:
                error.hint = f"{error.hint}, or pipe the key in with --api-key-stdin"
            raise


def _key() -> str:
    """The first line of standard input, asked for without echo when somebody sits there."""
    if sys.stdin.isatty():
        return str(typer.prompt("API key", hide_input=True, err=True))
    key = sys.stdin.readline(LONGEST_LINE).strip()
    if key:
        return key
    raise AuthenticationError(
        "no API key came on standard input", hint="pipe it in, on a line of its own"
    )
