"""What the operations of Artificer answer that the engine cannot know."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from redenlab.sandbox.artificer import conversations, projects
from redenlab.sandbox.artificer.model import COMPLETED, COST, MODEL, answer, tokens
from redenlab.sandbox.artificer.records import DOCUMENTS, INFO, now
from redenlab.sandbox.engine.backend import Record
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.messages import mapping
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.service import Service

PAGE: Final = (("offset", "0"), ("limit", "20"))
STATUSES: Final[Mapping[str, int]] = {
    "messages.create": 201,
    "projects.upload_document": 201,
    "messages.delete": 204,
    "projects.delete_document": 204,
}
CHAIN: Final[Record] = {"complexity": 2, "category": "chat", "strategy": "single", "retryCount": 0}


def shape(service: Service, operation: str, draft: Draft, call: Call) -> None:
    """Complete what is generic: conversations, projects and keys."""
    if operation == "conversations.create":
        usual = dict[str, Any](title=None, model=MODEL, systemPrompt="You are helpful")
        usual |= {"temperature": 0.7, "maxTokens": 1000, "projectId": None, "messages": []}
        draft.body = {**usual, **draft.body, "updatedAt": now(service)}
    elif operation == "conversations.list":
        draft.body = [conversations.listed(each) for each in draft.body]
    elif operation == "projects.create":
        usual = dict[str, Any](description=None, settings={}, userId=None)
        made = {**draft.body, **call.request.document}
        draft.body = {**usual, **made, "updatedAt": now(service)}
    elif operation == "auth.create_key":
        key = service.unique({"type": "string", "example": "0" * 64})
        usual = dict[str, Any](scopes=["*"], ipWhitelist=[], expiresAt=None)
        draft.body = {**usual, **draft.body, **call.request.document, "key": f"sk_{key}"}
    elif operation == "models.list":
        provider = call.request.query.get("provider")
        names = [each for each in draft.body if provider in (None, [each["id"].split("/")[0]])]
        draft.body = names
    elif operation == "projects.get":
        own = projects.documents_of(service, draft.body["id"])
        draft.body = {**draft.body, "documents": own[:5], "conversations": []}
    elif operation == "projects.delete":
        for each in projects.documents_of(service, call.matches[operation]["projectId"]):
            service.records[DOCUMENTS].remove(each)


def analytics(job: Record, results: Sequence[Record]) -> Record:
    """Cost, tokens and times of a job."""
    done = [each for each in results if each["status"] == COMPLETED]
    total = {"total": job["costIncurred"], "perItem": job["costIncurred"] / len(results)}
    used = {"total": job["tokensUsed"], "perItem": job["tokensUsed"] / len(results)}
    counts = {name: job[name] for name in ("totalItems", "completedItems", "failedItems")}
    times = [each["processingTimeMs"] for each in done] or [0]
    return {
        "jobId": job["id"],
        "name": job["name"],
        "status": job["status"],
        "overall": {**counts, "successRate": round(100 * len(done) / len(results), 2)},
        "cost": {**total, "byPhase": []},
        "tokens": {**used, "byPhase": []},
        "performance": {"avgProcessingTimeMs": sum(times) / len(times), "byPhase": []},
        "phases": [],
    }


def served(service: Service, operation: str, names: Mapping[str, str], call: Call) -> Any:
    """What an operation answers; ``None`` where the engine knows it better."""
    handler = HANDLERS.get(operation)
    if handler is None:
        return None
    query = {name: texts[0] for name, texts in call.request.query.items()}
    given: Record = {**names, **query, **mapping(call.request.document)}
    return handler(service, given)


def _executed(service: Service, given: Record) -> Record:
    del service
    said = answer(given["query"], given.get("taskType"))
    validated = given.get("validationConfig", {}).get("enabled", False)
    return {
        "response": said,
        "model": given.get("model", MODEL),
        "cost": round(tokens(said) * COST, 6),
        "tokens": tokens(said),
        "successful": True,
        "retryCount": 0,
        "latencyMs": 1,
        "validationScore": 9 if validated else None,
        "analysis": {"complexity": 2, "category": "chat"},
        "strategy": "single",
    }


def _chained(service: Service, given: Record) -> Record:
    reply = conversations.exchange(service, given["conversationId"], given["content"])
    more = {**CHAIN, "successful": True, "totalLatency": 1, "validationScore": None}
    return {**reply, "chainMetadata": more}


def _phased(service: Service, given: Record) -> Record:
    del service
    text, found, cost = given["text"], list[Record](), 0.0
    for phase in given["phases"]:
        text = answer(text, phase["name"])
        cost += tokens(text) * COST
        model = phase.get("model", MODEL)
        more = {"cost": tokens(text) * COST, "processingTime": 0.001, "cacheHit": False}
        found.append({"phase": phase["name"], "response": text, "model": model, "metadata": more})
    totals = {"totalCost": round(cost, 6), "totalTime": 0.001, "phaseCount": len(found)}
    return {"chainResults": found, "metadata": totals}


def _selected(service: Service, given: Record) -> Record:
    del service
    chosen = {**INFO, "score": 1.0, "reason": "the only one"}
    if given["requirements"].get("minInputTokens", 0) > INFO["contextLength"]:
        return {"success": False, "message": "No model fits"}
    if given.get("showAll"):
        return {"success": True, "matchCount": 1, "matches": [chosen]}
    return {"success": True, "selected": chosen}


HANDLERS: Final[Mapping[str, Callable[[Service, Record], Any]]] = {
    **conversations.HANDLERS,
    **projects.HANDLERS,
    "orchestration.execute": _executed,
    "orchestration.chat": _chained,
    "orchestration.process_text": _phased,
    "models.test_selection": _selected,
}
"""All of them."""
