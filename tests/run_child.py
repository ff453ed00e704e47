"""A process that runs a folder through a sandbox, so that a test can kill it.

Its arguments are the folder, the ledger, the file of results, and ``sync`` or ``async``. The client
comes from the environment. It prints a line as each item ends.
"""

import sys
from typing import Any

import anyio

from redenlab import AsyncInferenceClient, InferenceClient, Poll, Retry

FAST: dict[str, Any] = {
    "model_name": "intelligibility",
    "poll": Poll(initial=0.02, max_interval=0.2),
    "retry": Retry(initial=0.01, factor=1.5, max_delay=0.2, budget=10_000),
}


def say(outcome: Any) -> None:
    sys.stdout.write(f"{outcome.source} {outcome.ok}\n")
    sys.stdout.flush()


def main(folder: str, ledger: str, results: str, kind: str) -> None:
    given: Any = {"ledger": ledger, "results": results, "attempts": 20, "repeat": False}
    if kind == "sync":
        with InferenceClient(**FAST) as client:
            for outcome in client.map(folder, **given):
                say(outcome)
        return

    async def run() -> None:
        async with AsyncInferenceClient(**FAST) as client, client.map(folder, **given) as found:
            async for outcome in found:
                say(outcome)

    anyio.run(run)


if __name__ == "__main__":
    main(*sys.argv[1:])
