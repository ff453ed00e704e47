"""State and rules of the sandbox's Replicate API."""

import asyncio
import hashlib
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from redenlab.sandbox.folder import Folder
from redenlab.sandbox.replicate import lifecycle
from redenlab.sandbox.replicate.catalogue import MADE, MODELS, Model
from redenlab.sandbox.replicate.delivery import Sender, allowed
from redenlab.sandbox.replicate.limits import Limit
from redenlab.sandbox.replicate.problems import Problem, invalid_version, not_found
from redenlab.sandbox.replicate.store import Document, Store

if TYPE_CHECKING:
    from collections.abc import Iterable

ACCOUNT = {"type": "user", "username": "sandbox", "name": "Sandbox"}
FILE_SECONDS = 24 * 3600
CANCEL_INTERVAL = 0.03
"""Seconds between two checks for a cancellation."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A response that a test requested with `Replicate.fail`."""

    status: int
    body: str
    headers: dict[str, str]


class Replicate:
    """State and settings of the sandbox's Replicate.

    Attributes:
        url: Base URL, with ``/v1``.
        processing: Seconds that a prediction takes.
        page_size: Items per page.
        creates: Rate limit of new predictions.
        others: Rate limit of all other operations.
    """

    def __init__(self, folder: Folder, origin: str, api_key: str, processing: float) -> None:
        """Open the state in `folder`."""
        self.origin: str = origin
        self.url: str = f"{origin}/v1"
        self.api_key: str = api_key
        self.processing: float = processing
        self.page_size: int = 100
        self.creates: Limit = Limit(600)
        self.others: Limit = Limit(3000)
        self.store: Store = Store(folder.root)
        self.webhook_secret: str = folder.secret("replicate-webhook-secret", _new_secret)
        self.files_secret: str = folder.secret("replicate-files-secret")
        self._tasks: set[asyncio.Task[None]] = set()
        self._faults: dict[str, list[Fault]] = {}

    def fail(
        self, operation: str, status: int, body: str = "", *, times: int = 1, **headers: str
    ) -> None:
        """Make the next calls of an operation fail with this response.

        Args:
            operation: Its id in the spec, such as ``predictions.get``.
            status: HTTP status of the response.
            body: Body of the response, of any content type.
            times: Number of calls.
            headers: Response headers, with underscores for hyphens in names.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._faults.setdefault(operation, []).extend([Fault(status, body, named)] * times)

    def fault(self, operation: str) -> "Fault | None":
        """The fault for the next call of an operation, removed from the queue; ``None`` if none."""
        waiting = self._faults.get(operation)
        return waiting.pop(0) if waiting else None

    # -- models

    def model(self, owner: str, name: str) -> Document:
        """A model as the API returns it; raises `Problem`."""
        own = self.store.get("models", f"{owner}/{name}")
        known = MODELS.get(f"{owner}/{name}")
        if own is None and known is None:
            raise not_found()
        versions = self.versions(owner, name)
        shown = _catalogued(known) if known else dict(own or {})
        shown["url"] = f"https://replicate.com/{owner}/{name}"
        return shown | {"latest_version": versions[0] if versions else None}

    def versions(self, owner: str, name: str) -> list[Document]:
        """The versions of a model, the newest first: including those created by trainings."""
        full = f"{owner}/{name}"
        now = time.time()
        trained = [
            _version(lifecycle.trained(record), None, record["end"])
            for _, record in self.store.newest("trainings")
            if record["destination"] == full
            and lifecycle.status(record, now) == lifecycle.SUCCEEDED
        ]
        known = MODELS.get(full)
        gone = self.store.get("gone", full) or {}
        own = [_version(known.version, known.schema())] if known else []
        return [version for version in (*trained, *own) if version["id"] not in gone]

    def runnable(self, ref: str) -> tuple[Model, str]:
        """The model of a reference, and the id of its version; raises `Problem`."""
        full, _, version = ref.rpartition(":") if ":" in ref else (ref, "", "")
        for model in MODELS.values():
            if ref == model.version or (full == model.full_name and version == model.version):
                return model, model.version
            if full == model.full_name and not version and model.official:
                return model, "hidden"
        raise invalid_version()

    # -- predictions

    def create(
        self, model: Model, version: str, body: Document, cancel_after: float | None
    ) -> Document:
        """Create a prediction of `model`; raises `Problem`."""
        model.check(body["input"])
        record: Document = {
            "id": lifecycle.new_id(),
            "kind": "predictions",
            "model": model.full_name,
            "version": version,
            "urls": {},
            **body,
        }
        if model.streams:
            record["urls"]["stream"] = f"{self.url}/streams/{secrets.token_hex(26)}"
        return self.keep(lifecycle.begin(record, time.time(), self.processing, cancel_after))

    def keep(self, record: Document) -> Document:
        """Store a new prediction or training, and start its webhook deliveries if it has any."""
        self.store.put(record["kind"], record["id"], record)
        if allowed(record.get("webhook")):
            sender = Sender(
                self.webhook_secret,
                lambda moment: self.shown(self.present(record), moment),
                lambda moment: self.reached(record, moment),
            )
            task = asyncio.get_running_loop().create_task(sender.run(record))
            self._tasks.add(task)  # the event loop holds tasks weakly
            task.add_done_callback(self._tasks.discard)
        return record

    def present(self, record: Document) -> Document:
        """The stored state of `record`."""
        return self.store.get(record["kind"], record["id"]) or record

    async def reached(self, record: Document, moment: float | None) -> bool:
        """Wait for `moment` or the end of the job; true if `moment` came first.

        With ``None``, wait for the end.
        """
        now = time.time()  # once for both questions: the moment may be that of the end as well
        while moment is None or moment > now:
            if lifecycle.ended(self.present(record), now) is not None:
                return False
            await asyncio.sleep(
                CANCEL_INTERVAL if moment is None else min(CANCEL_INTERVAL, moment - now)
            )
            now = time.time()
        return True

    def shown(self, record: Document, at: float | None = None) -> dict[str, Any]:
        """A prediction or training as the API returns it, now or at a given time."""
        output = (
            lifecycle.trained_output(record) if "destination" in record else self.output(record)
        )
        return lifecycle.shown(record, time.time() if at is None else at, self.url, output)

    def output(self, record: Document, *, inline: bool = False) -> Any:
        """The output of the model; files as URLs, or as data URIs if `inline`."""
        output = MODELS[record["model"]].generate(record["input"])
        if isinstance(output, bytes):
            return self._file(record, output, "out.png", inline=inline)
        return [
            self._file(record, part, f"out-{index}.png", inline=inline)
            if isinstance(part, bytes)
            else part
            for index, part in enumerate(output)
        ]

    def _file(self, record: Document, content: bytes, name: str, *, inline: bool) -> str:
        if inline:
            return lifecycle.data_uri(content)
        return f"{self.origin}/delivery/{record['id']}/{name}"

    def delivered(self, prediction: str, name: str) -> bytes:
        """The bytes of an output file; raises `Problem`."""
        record = self.store.get("predictions", prediction)
        if record is None:
            raise not_found()
        output = MODELS[record["model"]].generate(record["input"])
        files = {"out.png": output} if isinstance(output, bytes) else {}
        if isinstance(output, list):
            several = cast("Iterable[Any]", output)
            files |= {f"out-{index}.png": part for index, part in enumerate(several)}
        content = files.get(name)
        if not isinstance(content, bytes):
            raise not_found()
        return content

    # -- files

    def add_file(self, name: str, content_type: str, content: bytes, metadata: Any) -> Document:
        """Store a file for 24 hours."""
        now = time.time()
        file_id = secrets.token_urlsafe(36)
        self.store.content(file_id).write_bytes(content)
        record = {
            "id": file_id,
            "name": name,
            "content_type": content_type,
            "size": len(content),
            "etag": hashlib.md5(content, usedforsecurity=False).hexdigest(),
            "checksums": {
                "sha256": hashlib.sha256(content).hexdigest(),
                "md5": hashlib.md5(content, usedforsecurity=False).hexdigest(),
            },
            "metadata": metadata,
            "created_at": lifecycle.stamp(now),
            "expires_at": lifecycle.stamp(now + FILE_SECONDS),
            "urls": {"get": f"{self.url}/files/{file_id}"},
        }
        self.store.put("files", file_id, record)
        return record

    def file(self, file_id: str) -> tuple[Document, Path]:
        """A file and the path of its bytes; raises `Problem`."""
        record = self.store.get("files", file_id)
        if record is None:
            raise Problem(404, "File not found")
        return record, self.store.content(file_id)

    def delete_file(self, file_id: str) -> None:
        """Delete a file; raises `Problem`."""
        _, path = self.file(file_id)
        self.store.delete("files", file_id)
        path.unlink(missing_ok=True)


def _catalogued(model: Model) -> Document:
    return {
        "owner": model.owner,
        "name": model.name,
        "description": model.description,
        "visibility": "public",
        "is_official": model.official,
        "github_url": None,
        "run_count": 0,
        "default_example": None,
    }


def _version(version: str, schema: Document | None, made: float | None = None) -> Document:
    return {
        "id": version,
        "created_at": lifecycle.stamp(made) or MADE,
        "cog_version": "0.9.0",
        "openapi_schema": schema,
    }


def _new_secret() -> str:
    return f"whsec_{secrets.token_hex(32)}"
