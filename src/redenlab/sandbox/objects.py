"""What the storage of the sandbox holds: recordings that are uploaded, and files of results."""

import json
import time
from collections.abc import Mapping
from pathlib import Path

from redenlab.sandbox.folder import Folder
from redenlab.sandbox.records import Records
from redenlab.sandbox.shapes import shape


class Recordings:
    """The objects of the storage, by `Records`."""

    def __init__(self, records: Records, folder: Folder) -> None:
        """Keep recordings in `folder`."""
        self._records = records
        self._folder = folder

    def expects(self, key: str) -> bool:
        """Whether there is an upload of that key."""
        return self._upload(key) is not None

    def exists(self, key: str) -> bool:
        """Whether its recording is here."""
        return (upload := self._upload(key)) is not None and self._folder.recording(upload).exists()

    def arrived(
        self, key: str, path: Path, digest: str, etag: str, headers: Mapping[str, str]
    ) -> None:
        """Keep a recording."""
        del digest, etag, headers
        upload = self._upload(key) or ""
        path.replace(self._folder.recording(upload))
        with self._records.transaction() as transaction:
            transaction.arrived(upload, time.time())

    def content(self, key: str) -> tuple[bytes, str] | None:
        """A linked part of a result: ``results/<job>.<kind>``."""
        job_id, _, kind = key.removeprefix("results/").rpartition(".")
        with self._records.transaction() as transaction:
            job = transaction.job(job_id)
        if job is None or job.result is None or job.model is None:
            return None
        found = shape(job.model, json.loads(job.result), linked=job.linked)
        if kind == "json" and found.file is not None:
            return json.dumps(found.file).encode(), "application/json"
        text = found.subtitles.get(kind)
        return None if text is None else (text.encode(), "text/plain; charset=utf-8")

    def _upload(self, key: str) -> str | None:
        with self._records.transaction() as transaction:
            upload = transaction.upload_at(key)
        return None if upload is None else upload.upload_id
