"""Programs that run at the same time, each in a fork of a process that has the package imported."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from faulty_server import PATIENCE
from processes import environment
from script_run import Ran

RUN = """
import json, os, sys
import redenlab.ml, redenlab.replicate
redenlab.ml.InferenceClient, redenlab.replicate.ReplicateClient
children, ended = {}, {}
for number, (code, folder, settings) in enumerate(json.load(sys.stdin)):
    while len(children) - len(ended) >= AT_ONCE:
        ended.update([os.wait()])
    if child := os.fork():
        children[child] = number
        continue
    os.chdir(folder)
    os.environ.update(settings)
    for stream, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{number}.{name}", os.O_CREAT | os.O_WRONLY, 0o600), stream)
    exec(compile(code, "<block>", "exec"), {"__name__": "__main__"})
    sys.exit()
while len(ended) < len(children):
    ended.update([os.wait()])
json.dump([os.waitstatus_to_exitcode(ended[child]) for child in children], sys.stdout)
"""
"""Imports once what takes longest, and forks for each program; warnings are errors in all."""

AT_ONCE = 8
"""Programs that run at the same time: more of them would starve each other of their time-outs."""


SECONDS_EACH = 5
"""Added to the time-out of the whole, which ends what hangs and not what waits for a processor."""


class Program(NamedTuple):
    """What is run, the folder for it and its output, and more of its environment."""

    code: str
    folder: Path
    settings: Mapping[str, str]


def run_together(programs: Sequence[Program]) -> list[Ran]:
    """How each of them ended."""
    given = [(code, str(folder), dict(settings)) for code, folder, settings in programs]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", f"AT_ONCE = {AT_ONCE}\n{RUN}"],
        env=environment(),
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=PATIENCE + SECONDS_EACH * len(programs),
        check=True,
    )
    return [
        Ran(status, *((program.folder / f"{number}.{name}").read_text() for name in ("out", "err")))
        for number, (program, status) in enumerate(
            zip(programs, json.loads(done.stdout), strict=True)
        )
    ]
