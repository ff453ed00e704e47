"""Conversations of the sandbox, what is said in them, and numbers about that."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from redenlab.sandbox.artificer.model import COST, Refusal, answer, tokens
from redenlab.sandbox.artificer.records import CONVERSATIONS, ID, now
from redenlab.sandbox.engine.backend import Record
from redenlab.sandbox.engine.messages import Refused
from redenlab.sandbox.engine.service import Service


def exchange(service: Service, conversation_id: str, text: str) -> Record:
    """Say something in a conversation, and return the answer; raises `Refused`."""
    conversation = conversation_of(service, conversation_id)
    if not text.strip():
        raise Refused(400, "The message is blank")
    first = not conversation["messages"]
    say(service, conversation, "user", text)
    try:
        said = answer(text)
    except Refusal as refusal:
        said = f"Sorry: {refusal}."
    reply = say(service, conversation, "assistant", said)
    if first:
        conversation["title"] = _title(text)
    return {
        **_with_cost(reply),
        "conversationTitle": conversation["title"] if first else None,
    }


def say(service: Service, conversation: Record, role: str, text: str) -> Record:
    """Store a message."""
    message: Record = {
        "id": service.unique(ID),
        "role": role,
        "content": text,
        "tokens": tokens(text),
        "createdAt": now(service),
        "conversationId": conversation["id"],
        "parentId": None,
    }
    conversation["messages"].append(message)
    conversation["updatedAt"] = message["createdAt"]
    return message


def conversation_of(service: Service, conversation_id: str) -> Record:
    """The one of an id; raises `Refused`."""
    for each in service.records[CONVERSATIONS]:
        if each["id"] == conversation_id:
            return each
    raise Refused(404, f"Conversation not found: {conversation_id}")


def listed(conversation: Record) -> Record:
    """A conversation as lists have it."""
    messages = conversation["messages"]
    found = {name: value for name, value in conversation.items() if name != "messages"}
    preview = messages[0]["content"][:100] if messages else None
    return {**found, "messageCount": len(messages), "lastMessagePreview": preview}


def _message(service: Service, message_id: str) -> tuple[Record, Record]:
    for conversation in service.records[CONVERSATIONS]:
        for message in conversation["messages"]:
            if message["id"] == message_id:
                return conversation, message
    raise Refused(404, f"Message not found: {message_id}")


def _with_cost(message: Record) -> Record:
    more = {"cost": round(message["tokens"] * COST, 6), "model": None}
    return {**message, **more, "timestamp": message["createdAt"]}


def _title(text: str) -> str:
    title = " ".join(text.split())
    return title if len(title) <= 50 else f"{title[:47]}..."


def _titled(service: Service, given: Record) -> Record:
    conversation = conversation_of(service, given["conversationId"])
    conversation["title"] = _title(given["firstMessage"])
    return conversation


def _sent(service: Service, given: Record) -> Record:
    return exchange(service, given["conversationId"], given["content"])


def _said(service: Service, given: Record) -> list[Record]:
    messages = conversation_of(service, given["conversationId"])["messages"]
    return [_with_cost(each) for each in messages]


def _stored(service: Service, given: Record) -> Record:
    conversation = conversation_of(service, given["conversationId"])
    return say(service, conversation, given["role"], given["content"])


def _rewritten(service: Service, given: Record) -> Record:
    _, message = _message(service, given["messageId"])
    message |= {"content": given["content"], "tokens": tokens(given["content"])}
    return message


def _unsaid(service: Service, given: Record) -> Record:
    conversation, message = _message(service, given["messageId"])
    conversation["messages"].remove(message)
    return {}


def _exported(service: Service, given: Record) -> Record:
    listed = service.records[CONVERSATIONS]
    if "conversationId" in given:
        listed = [conversation_of(service, given["conversationId"])]
    texts = {
        f"{each['id']}.md": "\n\n".join(m["content"] for m in each["messages"]) for each in listed
    }
    whole, kind = "\n\n".join(texts.values()), given["format"]
    shapes: Record = {
        "obsidian": {"files": texts},
        "notion": {"pages": [{"title": name} for name in texts]},
    }
    count = sum(len(each["messages"]) for each in listed)
    metadata = {"exportDate": now(service), "totalMessages": count}
    return {"format": kind, "metadata": metadata, **shapes.get(kind, {"content": whole})}


def _usage(service: Service, given: Record) -> Record:
    del given
    every = service.records[CONVERSATIONS]
    messages = [message for each in every for message in each["messages"]]
    used = sum(each["tokens"] for each in messages)
    counts = {"conversationCount": len(every), "messageCount": len(messages)}
    return {**counts, "totalTokens": used, "totalCost": round(used * COST, 6)}


def _roles(service: Service, given: Record) -> Record:
    del given
    said = [m["role"] for each in service.records[CONVERSATIONS] for m in each["messages"]]
    share = {role: 100 * said.count(role) / len(said) for role in sorted(set(said))}
    by_role = [{"role": r, "count": said.count(r), "percentage": s} for r, s in share.items()]
    return {"totalMessages": len(said), "byRole": by_role}


HANDLERS: Final[Mapping[str, Callable[[Service, Record], Any]]] = {
    "conversations.send_message": _sent,
    "conversations.update_title": _titled,
    "messages.get_by_conversation": _said,
    "chat.get_messages": _said,
    "messages.create": _stored,
    "messages.update": _rewritten,
    "messages.delete": _unsaid,
    "export.export_all": _exported,
    "export.export_conversation": _exported,
    "usage.get_session_stats": _usage,
    "usage.get_model_usage": _roles,
}
"""What is answered to the operations about them."""
