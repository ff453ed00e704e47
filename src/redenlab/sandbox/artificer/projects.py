"""Projects of the sandbox, their documents, and the search in those."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, Final

from redenlab.sandbox.artificer.conversations import conversation_of, listed
from redenlab.sandbox.artificer.records import CONVERSATIONS, DOCUMENTS, ID, PROJECTS, now
from redenlab.sandbox.engine.backend import Record
from redenlab.sandbox.engine.messages import Refused
from redenlab.sandbox.engine.service import Service


def _project(service: Service, project_id: str) -> Record:
    for each in service.records[PROJECTS]:
        if each["id"] == project_id:
            return each
    raise Refused(404, f"Project not found: {project_id}")


def _documents(service: Service, given: Record) -> list[Record]:
    _project(service, given["projectId"])
    return documents_of(service, given["projectId"])


def documents_of(service: Service, project_id: str) -> list[Record]:
    """The documents of a project, the newest first."""
    return [each for each in service.records[DOCUMENTS] if each["projectId"] == project_id]


def _document(service: Service, given: Record) -> Record:
    for each in service.records[DOCUMENTS]:
        if each["id"] == given["documentId"]:
            return each
    raise Refused(404, f"Document not found: {given['documentId']}")


def _uploaded(service: Service, given: Record) -> Record:
    _project(service, given["projectId"])
    try:
        text = b64decode(given["content"]).decode()
    except ValueError:
        raise Refused(400, f"Failed to extract content from {given['filename']}") from None
    moment = now(service)
    made = {name: given[name] for name in ("projectId", "filename", "contentType")}
    size, own = len(text.encode()), service.unique(ID)
    more: Record = {"id": own, "size": size, "content": text, "metadata": {}}
    found: Record = {**made, **more, "uploadedAt": moment, "updatedAt": moment}
    service.records[DOCUMENTS].insert(0, found)
    return found


def _edited(service: Service, given: Record) -> Record:
    found = _document(service, given)
    found |= {"content": given["content"], "updatedAt": now(service)}
    return found


def _dropped(service: Service, given: Record) -> Record:
    service.records[DOCUMENTS].remove(_document(service, given))
    return {}


def _matching(service: Service, given: Record) -> list[Record]:
    words = given["query"].lower().split()
    found = _documents(service, given)
    hits = [each for each in found if any(word in each["content"].lower() for word in words)]
    return [{**each, "similarity": 0.8} for each in hits[: int(given.get("limit", 5))]]


def _counted(service: Service, given: Record) -> Record:
    found = _documents(service, given)
    kinds = [each["contentType"] for each in found]
    each_kind = [{"contentType": kind, "count": kinds.count(kind)} for kind in sorted(set(kinds))]
    sizes = sum(each["size"] for each in found)
    return {"totalCount": len(found), "totalSize": sizes, "typeBreakdown": each_kind}


def _proposed(service: Service, given: Record) -> Record:
    found, wanted = _document(service, given), given["userRequest"]
    return {
        "documentId": found["id"],
        "documentName": found["filename"],
        "originalContent": found["content"],
        "proposedContent": f"{found['content']}\n{wanted}",
        "reason": wanted,
        "changeSummary": "One line is added",
    }


def _joined(service: Service, given: Record) -> Record:
    _project(service, given["projectId"])
    conversation = conversation_of(service, given["conversationId"])
    conversation["projectId"] = given["projectId"]
    return listed(conversation)


def _members(service: Service, given: Record) -> list[Record]:
    _project(service, given["projectId"])
    every = service.records[CONVERSATIONS]
    return [listed(each) for each in every if each["projectId"] == given["projectId"]]


def _found(service: Service, given: Record) -> Record:
    hits = [
        {
            "id": f"{each['id']}_chunk_0",
            "documentId": each["id"],
            "projectId": each["projectId"],
            "content": each["content"],
            "filename": each["filename"],
            "score": each["similarity"],
            "metadata": {"chunkIndex": 0, "totalChunks": 1},
        }
        for each in _matching(service, given)
    ]
    return {"query": given["query"], "results": hits, "count": len(hits)}


def _reindexed(service: Service, given: Record) -> Record:
    found = _document(service, given)
    chunks = max(1, -(-len(found["content"]) // 800))
    return {"documentId": found["id"], "filename": found["filename"], "chunksCreated": chunks}


def _embedded(service: Service, given: Record) -> Record:
    found = _documents(service, given)
    count = {"totalChunks": len(found), "totalDocuments": len(found)}
    return {**count, "indexedDocuments": len(found), "unindexedDocuments": 0}


HANDLERS: Final[Mapping[str, Callable[[Service, Record], Any]]] = {
    "projects.get_documents": _documents,
    "projects.upload_document": _uploaded,
    "projects.search_documents": _matching,
    "projects.get_document_stats": _counted,
    "projects.get_document": _document,
    "projects.update_document": _edited,
    "projects.delete_document": _dropped,
    "projects.propose_document_update": _proposed,
    "projects.associate_conversation": _joined,
    "projects.get_conversations": _members,
    "search.search_documents": _found,
    "search.reindex_document": _reindexed,
    "search.get_embedding_stats": _embedded,
}
"""What is answered to the operations about them."""
