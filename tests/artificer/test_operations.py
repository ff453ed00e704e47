"""Every other operation, over both protocols: things are made, looked at, changed, removed."""

from base64 import b64encode

import pytest

from pdfs import LINE, pdf
from redenlab import InputError, NotFound
from redenlab.artificer import Artificer
from redenlab.sandbox import Sandbox


def test_conversations_and_messages(client: Artificer) -> None:
    made = client.conversations.create(title="One", temperature=0.5, max_tokens=7)
    assert (made.temperature, made.max_tokens) == (0.5, 7)
    changed = client.conversations.update(made.id, title="Two", system_prompt="Be brief")
    assert (changed.title, changed.system_prompt, changed.temperature) == ("Two", "Be brief", 0.5)
    assert client.conversations.update_title(made.id, first_message="x" * 60).title == (
        "x" * 47 + "..."
    )
    message = client.messages.create(made.id, role="user", content="Hello")
    assert client.messages.update(message.id, content="Bye").content == "Bye"
    (stored,) = client.messages.get_by_conversation(made.id)
    assert (stored.content, stored.tokens) == ("Bye", 1)
    listed = client.conversations.list()[0]
    assert (listed.message_count, listed.last_message_preview) == (1, "Bye")
    assert client.messages.delete(message.id) is None
    assert client.conversations.get(made.id).messages == []
    assert client.conversations.delete(made.id) is None
    with pytest.raises(NotFound):
        client.conversations.get(made.id)


def test_projects_and_documents(client: Artificer) -> None:
    project = client.projects.create("P", description="D", settings={"a": 1})
    assert client.projects.update(project.id, name="Q").name == "Q"
    conversation = client.conversations.create(title="In it")
    client.projects.associate_conversation(project.id, conversation.id)
    assert [c.id for c in client.projects.get_conversations(project.id)] == [conversation.id]
    made = client.projects.upload_document(project.id, "a.txt", b"sand and stone", "text/plain")
    assert made.size == 14
    assert [d.id for d in client.projects.get_documents(project.id)] == [made.id]
    assert client.projects.get_document(made.id).content == "sand and stone"
    assert client.projects.update_document(made.id, content="sand").updated_at is not None
    assert client.projects.get_document_stats(project.id).total_count == 1
    assert [d.id for d in client.projects.search_documents(project.id, query="sand")] == [made.id]
    wanted = client.projects.propose_document_update(
        made.id, conversation_context="c", user_request="more"
    )
    assert wanted.proposed_content == "sand\nmore"
    found = client.search.search_documents(project.id, "sand")
    assert [hit.document_id for hit in found.results] == [made.id]
    assert client.search.reindex_document(made.id).chunks_created == 1
    assert client.search.get_embedding_stats(project.id).total_documents == 1
    assert [d.id for d in client.projects.get(project.id).documents or ()] == [made.id]
    assert client.projects.delete_document(made.id) is None
    assert client.projects.delete(project.id) is None
    with pytest.raises(NotFound):
        client.projects.get(project.id)


def test_orchestration(client: Artificer) -> None:
    conversation = client.conversations.create()
    reply = client.orchestration.chat(conversation.id, "What is the capital of Spain?")
    assert reply.content == "The capital of Spain is Madrid."
    assert reply.chain_metadata is not None
    found = client.orchestration.process_text("Hello", [{"name": "translate"}, {"name": "echo"}])
    assert [each.response for each in found.chain_results] == ["Hola", "You said: Hola"]
    assert client.orchestration.get_analytics(limit=5).decisions is not None


@pytest.mark.parametrize("kind", ["markdown", "json", "html", "obsidian", "notion"])
def test_exports_have_one_of_three_forms(client: Artificer, kind: str) -> None:
    conversation = client.conversations.create()
    client.conversations.send_message(conversation.id, "Hello")
    found = client.export.export_conversation(conversation.id, kind, include_costs=False)
    forms = {"obsidian": found.files, "notion": found.pages}
    assert found.format == kind
    assert forms.get(kind, found.content)
    assert client.export.export_all(kind).format == kind
    assert kind in [each.id for each in client.export.get_formats()]


def test_what_is_known_of_models_usage_and_the_caller(client: Artificer) -> None:
    assert client.models.list(provider="sandbox", limit=5)[0].name == "Echo"
    assert client.models.list(provider="other") == []
    assert client.models.get_fallback_models()[0].id == "sandbox/echo-1"
    best = client.models.test_selection({"min_input_tokens": 10, "prefer_quality": True})
    assert best.selected is not None
    assert not client.models.test_selection({"min_input_tokens": 10**6}).success
    assert client.models.refresh().success is not None
    assert client.models.get_cache_status().cached is not None
    assert client.usage.get_model_usage().by_role is not None
    assert client.monitoring.get_models().health is not None
    assert client.monitoring.get_usage().usage is not None
    assert client.monitoring.get_health().health is not None
    assert client.monitoring.get_capabilities().capabilities is not None
    assert client.monitoring.check_model_health("sandbox/echo-1").model
    assert client.search.health_check().overall is not None
    assert client.auth.get_status().message
    assert client.auth.verify().message
    assert client.auth.whoami() is not None
    assert client.health().status == "ok"
    assert client.batch.cleanup_checkpoints(older_than_days=7).cleaned_count == 0


def test_keys_are_made_over_rest_alone(sandbox: Sandbox) -> None:
    with sandbox.artificer_client() as client:
        made = client.auth.create_key("ci", expires_in_days=7)
        assert made.key.startswith("sk_")
        assert made.key not in repr(made)
        assert [each.id for each in client.auth.list_keys()] == [made.id]
        client.auth.delete_key(made.id)
        assert client.auth.list_keys() == []
        assert client.images.check_small_pdf_needs_ocr(b64encode(pdf([LINE])).decode()).pages == 1
    with sandbox.artificer_client(protocol="trpc") as client, pytest.raises(InputError):
        client.auth.create_key("ci")
