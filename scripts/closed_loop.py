"""Prove that every job of a spec runs to each of its ends."""

import sys
import time
from pathlib import Path

from job_runs import JobProof, Unproven
from redenlab.core.clients.dynamic import SpecClient, client_class
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs


def prove(spec: Spec, package_folder: Path | None = None) -> None:
    for job in job_specs(spec):
        client = client_class(spec.path, job.name, SpecClient)
        try:
            JobProof(spec, job, client, typed=False).prove()
        except Unproven as error:
            block = spec.operations[job.submit]["x-job"]
            raise spec.error(block, f"the job {job.name} cannot be run: {error}") from error


if __name__ == "__main__":
    for name in sys.argv[1:]:
        t = time.process_time()
        try:
            prove(Spec(Path(name)))
            print(name, "ok", round(time.process_time() - t, 2))
        except SpecError as error:
            print(error)
            if "-v" in sys.argv or len(sys.argv) == 2:
                import traceback

                traceback.print_exc()
