"""Prove that what a spec describes works: models, operations, and every job to each of its ends.

    python scripts/closed_loop.py SPEC...    the clients of `redenlab.connect`

The other side is an engine that is made from the spec as well, so a spec that contradicts itself,
or that cannot be generated from, is found before anything is written. Nothing is sent to a network.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import redenlab_api
from job_runs import JobProof, Report, Unproven
from operation_proof import dynamic, prove_operation
from package_proof import PackageProof, imported, prove_schemas
from redenlab.core.clients.base import BlockingClient
from redenlab.core.clients.dynamic import spec_class
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs


def prove(spec: Spec, package_folder: Path | None = None, report: Report | None = None) -> None:
    """Prove the clients that are made of a spec.

    Args:
        spec: The spec.
        package_folder: Of the package that was generated from it; ``None`` proves the clients of
            `redenlab.connect` alone.
        report: Is told of each run of a job.

    Raises:
        SpecError: Something does not do what the spec says; the text has file and line.
    """
    jobs = job_specs(spec)
    prove_schemas(spec)
    for name in spec.operations:
        prove_operation(spec, name, dynamic(spec, name), typed=False)
    for job in jobs:
        _run(
            spec,
            JobProof(spec, job, spec_class(spec, job, BlockingClient), typed=False, report=report),
        )
    if package_folder is None:
        return
    with imported(package_folder) as package:
        proof = PackageProof(spec, package)
        proof.prove()
        for job in jobs:
            client = proof.clients[job.name][0]
            _run(spec, JobProof(spec, job, client, typed=True, report=report))


def prove_tree(specs: Sequence[Path], tree: Path) -> None:
    """Prove every package below `tree`, each against its spec.

    Raises:
        SpecError: As `prove`.
    """
    for path in specs:
        prove(Spec(path), tree / redenlab_api.__name__ / path.stem)


def _run(spec: Spec, proof: JobProof) -> None:
    try:
        proof.prove()
    except Unproven as error:
        clients = "generated client" if proof.typed else "client of redenlab.connect"
        text = f"the {clients} cannot run the job {proof.job.name}: {error}"
        raise spec.error(spec.operations[proof.job.submit]["x-job"], text) from error


def main() -> int:
    """See the module."""
    options = argparse.ArgumentParser(description="Prove that what specs describe works.")
    options.add_argument("specs", nargs="+", type=Path, metavar="SPEC", help="an OpenAPI document")
    try:
        for path in options.parse_args().specs:
            prove(Spec(path))
    except SpecError as error:
        print(f"refused: {error.message}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
