"""A folder through a Dask cluster: parts of it in each worker, and one table at the end."""

# The workers read the key from their own environment; none is sent to them. The ledger has to be in
# a folder that all of them reach. Needs ``pip install redenlab distributed pandas``.

import sys

from distributed import Client, LocalCluster

from redenlab import InferenceClient


def main(folder: str, ledger: str, workers: int = 2) -> None:
    """Print how many recordings have a result."""
    with (
        LocalCluster(n_workers=workers, threads_per_worker=2, dashboard_address=None) as cluster,
        Client(cluster) as dask,
        InferenceClient(model_name="intelligibility") as client,
    ):
        run = client.map(folder, executor=dask.get_executor(), units=4, ledger=ledger)
        table = run.to_pandas()
        print(table["ok"].sum(), "of", len(table))


if __name__ == "__main__":
    main(*sys.argv[1:3])
