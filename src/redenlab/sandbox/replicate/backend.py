"""The Replicate of the sandbox: what it has, and how its parts are told of each other."""

import asyncio
import hashlib
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from redenlab.sandbox.folder import Folder
from redenlab.sandbox.replicate import lives
from redenlab.sandbox.replicate.catalogue import MADE, MODELS, Model
from redenlab.sandbox.replicate.delivery import Sender, allowed
from redenlab.sandbox.replicate.limits import Limit
from redenlab.sandbox.replicate.problems import Problem, invalid_version, not_found
from redenlab.sandbox.replicate.store import Store, Thing

if TYPE_CHECKING:
    from collections.abc import Iterable

ACCOUNT = {"type": "user", "username": "sandbox", "name": "Sandbox"}
FILE_SECONDS = 24 * 3600
PAUSE = 0.03
"""Seconds between two looks at whether something was cancelled."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that was ordered."""

    status: int
    body: str
    headers: dict[str, str]


class Replicate:
    """State and settings of the sandbox's Replicate.

    Attributes:
        url: Base URL, with ``/v1``.
        processing: Seconds that a prediction takes.
        page_size: Items of a page.
        creates: Limit of new predictions.
        others: Limit of everything else.
    """

    def __init__(self, folder: Folder, origin: str, api_key: str, processing: float) -> None:
        """Use what is in `folder`."""
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
        """Answer the next calls of an operation like this, whatever they ask for.

        Args:
            operation: Its id in the spec, such as ``predictions.get``.
            status: Of the answer.
            body: HTML, JSON, anything.
            times: How many calls.
            headers: By their names, with underscores for hyphens.
        """
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._faults.setdefault(operation, []).extend([Fault(status, body, named)] * times)

    def fault(self, operation: str) -> "Fault | None":
        """What the next call of an operation meets; ``None`` if it is a good one."""
        waiting = self._faults.get(operation)
        return waiting.pop(0) if waiting else None

    # -- models

    def model(self, owner: str, name: str) -> Thing:
        """A model as the API shows it; raises `Problem`."""
        own = self.store.get("models", f"{owner}/{name}")
        known = MODELS.get(f"{owner}/{name}")
        if own is None and known is None:
            raise not_found()
        versions = self.versions(owner, name)
        shown = _catalogued(known) if known else dict(own or {})
        shown["url"] = f"https://replicate.com/{owner}/{name}"
        return shown | {"latest_version": versions[0] if versions else None}

    def versions(self, owner: str, name: str) -> list[Thing]:
        """The versions of a model, the newest first: those that trainings made, and its own."""
        full = f"{owner}/{name}"
        now = time.time()
        trained = [
            _version(lives.trained(thing), None, thing["end"])
            for _, thing in self.store.newest("trainings")
            if thing["destination"] == full and lives.status(thing, now) == lives.SUCCEEDED
        ]
        known = MODELS.get(full)
        gone = self.store.get("gone", full) or {}
        own = [_version(known.version, known.schema())] if known else []
        return [version for version in (*trained, *own) if version["id"] not in gone]

    def runnable(self, ref: str) -> tuple[Model, str]:
        """The model that a version stands for, and the version's id; raises `Problem`."""
        full, _, version = ref.rpartition(":") if ":" in ref else (ref, "", "")
        for model in MODELS.values():
            if ref == model.version or (full == model.full_name and version == model.version):
                return model, model.version
            if full == model.full_name and not version and model.official:
                return model, "hidden"
        raise invalid_version()

    # -- predictions

    def create(self, model: Model, version: str, body: Thing, cancel_after: float | None) -> Thing:
        """Make a prediction of `model`; raises `Problem`."""
        model.check(body["input"])
        thing: Thing = {
            "id": lives.new_id(),
            "kind": "predictions",
            "model": model.full_name,
            "version": version,
            "urls": {},
            **body,
        }
        if model.streams:
            thing["urls"]["stream"] = f"{self.url}/streams/{secrets.token_hex(26)}"
        return self.keep(lives.begin(thing, time.time(), self.processing, cancel_after))

    def keep(self, thing: Thing) -> Thing:
        """Remember a new prediction or training, and send its webhook if it has one."""
        self.store.put(thing["kind"], thing["id"], thing)
        if allowed(thing.get("webhook")):
            sender = Sender(
                self.webhook_secret,
                lambda moment: self.shown(self.present(thing), moment),
                lambda moment: self.reached(thing, moment),
            )
            task = asyncio.get_running_loop().create_task(sender.run(thing))
            self._tasks.add(task)  # the loop itself holds tasks weakly
            task.add_done_callback(self._tasks.discard)
        return thing

    def present(self, thing: Thing) -> Thing:
        """`thing` as it is by now."""
        return self.store.get(thing["kind"], thing["id"]) or thing

    async def reached(self, thing: Thing, moment: float | None) -> bool:
        """Wait for `moment`, or for the end if it is ``None``; whether it came before the end."""
        while moment is None or moment > time.time():
            if lives.ended(self.present(thing), time.time()) is not None:
                return False
            await asyncio.sleep(PAUSE if moment is None else min(PAUSE, moment - time.time()))
        return True

    def shown(self, thing: Thing, at: float | None = None) -> dict[str, Any]:
        """A prediction or training as the API shows it, now or at a moment."""
        output = lives.trained_output(thing) if "destination" in thing else self.output(thing)
        return lives.shown(thing, time.time() if at is None else at, self.url, output)

    def output(self, thing: Thing, *, inline: bool = False) -> Any:
        """What the model answers; files as addresses, or `inline` as data URIs."""
        answer = MODELS[thing["model"]].answer(thing["input"])
        if isinstance(answer, bytes):
            return self._file(thing, answer, "out.png", inline=inline)
        return [
            self._file(thing, part, f"out-{index}.png", inline=inline)
            if isinstance(part, bytes)
            else part
            for index, part in enumerate(answer)
        ]

    def _file(self, thing: Thing, content: bytes, name: str, *, inline: bool) -> str:
        if inline:
            return lives.data_uri(content)
        return f"{self.origin}/delivery/{thing['id']}/{name}"

    def delivered(self, prediction: str, name: str) -> bytes:
        """A file of an output; raises `Problem`."""
        thing = self.store.get("predictions", prediction)
        if thing is None:
            raise not_found()
        answer = MODELS[thing["model"]].answer(thing["input"])
        files = {"out.png": answer} if isinstance(answer, bytes) else {}
        if isinstance(answer, list):
            several = cast("Iterable[Any]", answer)
            files |= {f"out-{index}.png": part for index, part in enumerate(several)}
        content = files.get(name)
        if not isinstance(content, bytes):
            raise not_found()
        return content

    # -- files

    def add_file(self, name: str, content_type: str, content: bytes, metadata: Any) -> Thing:
        """Keep a file for a day."""
        now = time.time()
        file_id = secrets.token_urlsafe(36)
        self.store.content(file_id).write_bytes(content)
        thing = {
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
            "created_at": lives.stamp(now),
            "expires_at": lives.stamp(now + FILE_SECONDS),
            "urls": {"get": f"{self.url}/files/{file_id}"},
        }
        self.store.put("files", file_id, thing)
        return thing

    def file(self, file_id: str) -> tuple[Thing, Path]:
        """A file and where its bytes are; raises `Problem`."""
        thing = self.store.get("files", file_id)
        if thing is None:
            raise Problem(404, "File not found")
        return thing, self.store.content(file_id)

    def delete_file(self, file_id: str) -> None:
        """Forget a file; raises `Problem`."""
        _, path = self.file(file_id)
        self.store.delete("files", file_id)
        path.unlink(missing_ok=True)


def _catalogued(model: Model) -> Thing:
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


def _version(version: str, schema: Thing | None, made: float | None = None) -> Thing:
    return {
        "id": version,
        "created_at": lives.stamp(made) or MADE,
        "cog_version": "0.9.0",
        "openapi_schema": schema,
    }


def _new_secret() -> str:
    return f"whsec_{secrets.token_hex(32)}"
