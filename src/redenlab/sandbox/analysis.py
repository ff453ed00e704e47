"""Analyses submitted recordings in background threads, and stores the results."""

import hashlib
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from redenlab.sandbox import results
from redenlab.sandbox.folder import Folder
from redenlab.sandbox.records import Job, Records

WORKERS = 2

_log = logging.getLogger(__name__)


class Analysis:
    """A thread pool, and the queue of submitted jobs."""

    def __init__(self, records: Records, folder: Folder, seed: str = "") -> None:
        """Queue the jobs that an earlier sandbox on the same folder did not finish."""
        self._seed = seed
        self._records = records
        self._folder = folder
        self._pool = ThreadPoolExecutor(WORKERS, "redenlab-sandbox-analysis")
        with records.transaction() as transaction:
            unfinished = transaction.unfinished()
        for job in unfinished:
            self.start(job)

    def start(self, job: Job) -> None:
        """Queue the recording of a submitted job."""
        self._pool.submit(self._run, job)

    def close(self) -> None:
        """Finish running analyses; queued jobs are left to the next sandbox on the folder."""
        self._pool.shutdown(cancel_futures=True)

    def _run(self, job: Job) -> None:
        assert job.model is not None  # noqa: S101 - only submitted jobs are queued
        outcome = _outcome(job.model, self._folder.recording(job.upload_id), self._seed)
        with self._records.transaction() as transaction:
            transaction.settle(job.job_id, outcome, time.time())


def _outcome(model: str, recording: Path, seed: str) -> dict[str, Any] | str:
    """The result of `model`, or why there is none."""
    from redenlab.sandbox import speech  # noqa: PLC0415 - importing numpy is slow

    try:
        with recording.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return results.result(model, speech.analyse(recording), seed + digest)
    except speech.NotAudio:
        return "The recording cannot be decoded as audio"
    except Exception:  # noqa: BLE001 - a job must end, or its caller waits until its timeout
        _log.exception("the sandbox could not analyse a recording")
        return "The sandbox could not analyse the recording"
