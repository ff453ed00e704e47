"""What Artificer does beyond its spec: batches that are processed, conversations, PDFs, streams."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.artificer import conversations, documents, operations
from redenlab.sandbox.artificer.model import (
    CANCELLED,
    COMPLETED,
    COST,
    FAILED,
    MODEL,
    PAUSED,
    PENDING,
    RUNNING,
    answer,
    processed,
    tokens,
    waiting,
)
from redenlab.sandbox.artificer.records import RECORDS
from redenlab.sandbox.engine.backend import Backend, Failure, Record, Work
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.messages import Live, Refused, Response, mapping
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.service import Service
from redenlab.sandbox.engine.store import Store

ALLOWED: Final[Mapping[str, Sequence[str]]] = {
    "start": (PENDING,),
    "pause": (RUNNING,),
    "resume": (PAUSED, FAILED),
    "cancel": (PENDING, RUNNING, PAUSED, FAILED),
    "delete": (PENDING, PAUSED, COMPLETED, FAILED, CANCELLED),
}
"""The statuses in which a job takes a command."""

CODES: Final[Mapping[int, str]] = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    429: "TOO_MANY_REQUESTS",
}
IMAGE_MB, PDF_MB = 20, 50
THRESHOLD = 100


class Artificer(Backend):
    """Batches, conversations and documents; the first model is built in."""

    models: str = "redenlab_api.artificer.server"
    running: Sequence[str] = (RUNNING,)
    paused: str = PAUSED
    commands: Mapping[str, Sequence[str]] = ALLOWED
    max_body: int = 96 * 1024 * 1024

    def records(self) -> Mapping[str, list[Record]]:
        """No conversations and projects; the model that is built in."""
        return RECORDS

    # -- refusals

    def wrong(self, service: Service, operation: str, call: Call, problem: str) -> Refused:
        """Name the part that is wrong."""
        del service, operation, call
        place, _, text = problem.partition(": ")
        path = [int(step) if step.isdecimal() else step for step in place.split(".")]
        issue = {"path": [] if place == "body" else path, "code": "invalid", "message": text}
        return Refused(400, problem, title=json.dumps([issue]))

    def refuse(self, operation: str | None, body: Record, refused: Refused) -> None:
        """Use the form that the contract has for all errors."""
        del operation
        code = CODES.get(refused.status, "INTERNAL_SERVER_ERROR")
        body.clear()
        body["error"] = {"code": code, "message": refused.text}
        if refused.title.startswith("["):
            body["error"]["issues"] = json.loads(refused.title)

    def remote_failure(self, name: str, status: int, text: str) -> tuple[int, str]:
        """Fail as procedures do: by 500 for what may not be done now, by a success for projects."""
        if name.startswith("projects.") and status not in {400, 401}:
            return 200, f"Not found: {text}" if status == 404 else text
        return (500, f"Operation failed: {text}") if status == 409 else (status, text)

    # -- batches

    def outcome(self, work: Work) -> Any:
        """The results of all items; a job fails where all of its items do."""
        sent = work.parameters
        found = [processed(n, item, sent["phases"]) for n, item in enumerate(sent["items"])]
        if all(each["status"] == FAILED for each in found):
            raise Failure("Every item failed")
        return found

    def shape(self, service: Service, operation: str, draft: Draft, call: Call) -> None:
        """Complete what the spec leaves open."""
        if operation == "batch.create":
            draft.body |= {"status": PENDING, "name": call.request.document["name"]}
        elif operation == "batch.list":
            draft.headers["x-total-count"] = str(len(draft.body))
            first, limit = (int(call.request.query.get(n, [d])[0]) for n, d in operations.PAGE)
            draft.body = draft.body[first : first + limit]
        else:
            operations.shape(service, operation, draft, call)

    def show(self, service: Service, draft: Draft, job: ServedJob) -> None:
        """Show how many items are done."""
        found, body = results(job), draft.body
        done = [each["status"] for each in found]
        failed = done.count(FAILED)
        body |= {
            "name": job.submit.known.value("$request.body")["name"],
            "totalItems": len(found),
            "completedItems": done.count(COMPLETED),
            "failedItems": failed,
            "percentComplete": round(100 * (done.count(COMPLETED) + failed) / len(found), 2),
            "costIncurred": round(sum(each["costIncurred"] for each in found), 6),
            "tokensUsed": sum(each["tokensUsed"] for each in found),
            "currentPhase": None,
            "estimatedTimeRemainingMs": None,
        }
        if body["status"] == RUNNING:
            body["currentPhase"] = job.submit.known.value("$request.body")["phases"][0]["name"]
        body.setdefault("projectId", None)
        begun = job.course.begun
        body["startedAt"] = None if begun is None else service.stamp(begun, {})
        if job.course.ended is None:
            body["completedAt"] = None
        if body["status"] != FAILED:
            body["error"] = None

    # -- everything else

    def serve(self, service: Service, operation: str, call: Call, store: Store) -> Response | None:
        """What is not just made, listed and looked at."""
        names, sent = call.matches[operation], call.request.document
        kind, _, verb = operation.partition(".")
        if kind == "batch" and "jobId" in names:
            return _of_job(store, verb, names["jobId"])
        if kind == "batch" and verb == "cleanup_checkpoints":
            return _json({"cleanedCount": 0})
        if operation in STREAMS:
            return Live(lambda count: (STREAMS[operation](service, sent)[count:], False))
        if operation in IMAGES:
            query = {name: each[0] for name, each in call.request.query.items()}
            return _json(IMAGES[operation]({**query, **mapping(sent)}))
        found = operations.served(service, operation, names, call)
        return None if found is None else _json(found, operations.STATUSES.get(operation, 200))


BACKEND: Final[Backend] = Artificer()


def results(job: ServedJob) -> list[Record]:
    """What became of each item of a job by now."""
    sent = job.submit.known.value("$request.body")
    items, phases = sent["items"], sent["phases"]
    status = job.course.look().name
    share = 1.0 if status in {COMPLETED, FAILED} else job.course.share
    done = 0 if job.course.begun is None else int(share * len(items))
    known = job.outcome
    if not isinstance(known, list) or len(cast("list[Record]", known)) != len(items):
        known = list[Record]()
    return [
        *(known[:done] or (processed(n, item, phases) for n, item in enumerate(items[:done]))),
        *(waiting(n, item) for n, item in enumerate(items[done:], done)),
    ]


def _of_job(store: Store, verb: str, job_id: str) -> Response | None:
    job = next((each for each in store.jobs if each.id == job_id), None)
    if job is None or "delete" in job.commands:
        raise Refused(404, f"Batch job not found: {job_id}")
    if verb == "get_results":
        return _json(results(job))
    if verb == "get_analytics":
        return _json(operations.analytics(job.now().body, results(job)))
    if verb in ALLOWED:
        raise Refused(409, f"Cannot {verb} job in status: {job.course.look().name}")
    return None


# -- images


def _extracted(sent: Record) -> Record:
    text = documents.read(documents.content(sent["imageData"], IMAGE_MB))
    used = {"processingTime": 1, "provider": "sandbox", "model": MODEL, "tokensUsed": tokens(text)}
    more = {**used, "cost": round(tokens(text) * COST, 6)}
    return {"text": text, "confidence": 0.95, "metadata": more}


def _analyzed(sent: Record) -> Record:
    text = documents.described(documents.content(sent["imageData"], IMAGE_MB))
    details = {"model": MODEL, "tokensUsed": tokens(text), "cost": round(tokens(text) * COST, 6)}
    return {"description": text, "details": details}


def _processed(sent: Record) -> Record:
    options = sent.get("options", {})
    texts = documents.pages(documents.content(sent["pdfData"], PDF_MB))
    force, least = options.get("forceOCR", False), options.get("minTextThreshold", THRESHOLD)
    return documents.processed(texts, force=force, threshold=least)


def _checked(sent: Record) -> Record:
    texts = documents.pages(documents.content(sent["pdfData"], PDF_MB))
    return documents.checked(texts, float(sent.get("minTextThreshold", THRESHOLD)))


IMAGES: Final[Mapping[str, Callable[[Record], Record]]] = {
    "images.extract_text_from_image": _extracted,
    "images.analyze_image": _analyzed,
    "images.process_pdf": _processed,
    "images.check_pdf_needs_ocr": _checked,
    "images.check_small_pdf_needs_ocr": _checked,
}


# -- streams


def _events(name: str, service: Service, documents_: Iterator[Record]) -> list[bytes]:
    moment = service.stamp(service.setting.now(), {})
    said = [("connection", {"type": "connected", "timestamp": moment})]
    said += [(name, each) for each in documents_]
    said.append(("complete", {"type": "complete", "timestamp": moment}))
    events = [f"event: {kind}\ndata: {json.dumps(each)}\n\n".encode() for kind, each in said]
    return [b": begins\n\n", *events, b": ends\n\n"]


def _chat(service: Service, sent: Record) -> list[bytes]:
    return _events("chunk", service, _chunks(service, sent))


def _chunks(service: Service, sent: Record) -> Iterator[Record]:
    try:
        reply = conversations.exchange(service, sent["conversationId"], sent["message"])
    except Refused as refused:
        yield {"content": "", "finished": True, "error": refused.text}
        return
    for word in reply["content"].split():
        yield {"content": f"{word} ", "finished": False, "metadata": {"model": MODEL}}
    more = {"tokenCount": reply["tokens"], "model": MODEL, "cost": 0.0, "messageId": reply["id"]}
    yield {"content": "", "finished": True, "metadata": more}


def _chain(service: Service, sent: Record) -> list[bytes]:
    moment = service.stamp(service.setting.now(), {})
    told = {"content": answer(sent["content"])[:100]}
    stages = ("analyzing", "routing", "executing", "complete")
    return _events(
        "progress",
        service,
        (
            {
                "type": stage,
                "stage": stage,
                "message": f"The chain is {stage}",
                "progress": number / (len(stages) - 1),
                "metadata": told if stage == "complete" else {},
                "timestamp": moment,
            }
            for number, stage in enumerate(stages)
        ),
    )


STREAMS: Final[Mapping[str, Callable[[Service, Record], list[bytes]]]] = {
    "chat.stream": _chat,
    "orchestration.stream": _chain,
}


def _json(document: Any, status: int = 200) -> RawResponse:
    if status == 204:
        return RawResponse(204, {}, b"")
    return RawResponse(status, {"content-type": "application/json"}, json.dumps(document).encode())
