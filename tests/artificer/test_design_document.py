"""Every usage of the design document, over both protocols, against the sandbox."""

import time
from pathlib import Path

import anyio
import pytest

from pdfs import LINE, pdf, png
from redenlab.artificer import (
    Artificer,
    ArtificerError,
    AsyncArtificer,
    RateLimitError,
    ValidationError,
)
from redenlab.artificer.models import BatchJob, PhaseConfig
from redenlab.artificer.models import BatchJob as JobOfBatch
from redenlab.sandbox import Sandbox

TEXTS = [
    {"input": "Translate this to Spanish: Hello"},
    {"input": "Translate this to Spanish: Goodbye"},
    {"input": "Translate this to Spanish: Thank you"},
]


def test_a_client_is_made_of_key_url_and_timeout(sandbox: Sandbox) -> None:
    client = Artificer(api_key=sandbox.api_key, base_url=sandbox.urls["artificer"], timeout=30.0)
    conversation = client.conversations.create(
        title="Python SDK Test", model="deepseek-chat", system_prompt="You are a helpful assistant"
    )
    client.close()
    assert conversation.model == "deepseek-chat"
    assert conversation.system_prompt == "You are a helpful assistant"


def test_a_message_is_answered(client: Artificer) -> None:
    conversation = client.conversations.create(title="Test")
    response = client.conversations.send_message(
        conversation_id=conversation.id, content="Hello from Python!"
    )
    assert response.content == "You said: Hello from Python!"
    assert [each.role for each in client.chat.get_messages(conversation.id)] == [
        "user",
        "assistant",
    ]


def test_a_pdf_with_text_needs_no_ocr_and_is_read_directly(
    client: Artificer, tmp_path: Path
) -> None:
    (tmp_path / "document.pdf").write_bytes(pdf([f"{LINE} {LINE}", f"{LINE} {LINE}"]))
    with (tmp_path / "document.pdf").open("rb") as file:
        pdf_data = file.read()
    check = client.images.check_pdf_needs_ocr(pdf_data=pdf_data, min_text_threshold=100)
    assert not check.needs_ocr
    assert check.estimated_ocr_cost is None
    result = client.images.process_pdf(pdf_data=pdf_data, options={"force_ocr": False})
    assert LINE in result.text
    assert result.metadata.method == "direct"
    assert result.metadata.pages == 2


def test_a_pdf_without_text_costs_ocr(client: Artificer) -> None:
    check = client.images.check_pdf_needs_ocr(pdf([""]), min_text_threshold=100)
    assert check.needs_ocr
    assert check.estimated_ocr_cost == pytest.approx(0.00015)
    forced = client.images.process_pdf(pdf([LINE]), options={"force_ocr": True})
    assert forced.metadata.method == "ocr"


def test_the_text_of_an_image_is_read_and_an_image_described(client: Artificer) -> None:
    image = png("Total: 12 EUR")
    found = client.images.extract_text_from_image(image_data=image, content_type="image/png")
    assert (found.text, found.confidence) == ("Total: 12 EUR", 0.95)
    assert "3 x 2 pixels" in client.images.analyze_image(image).description


def test_a_batch_runs_and_is_polled(client: Artificer) -> None:
    batch_job = client.batch.create(
        name="Document Processing Pipeline",
        items=TEXTS,
        phases=[
            PhaseConfig(name="translation", task_type="translate", model="gpt-4o-mini"),
            PhaseConfig(
                name="validation",
                task_type="validate",
                validation={"enabled": True, "min_score": 7},
            ),
        ],
        options={"concurrency": 3, "checkpoint_frequency": 10, "auto_start": True},
    )
    assert batch_job.status == "PENDING"
    while True:
        status = client.batch.get_status(batch_job.id)
        if status.status in ["COMPLETED", "FAILED"]:
            break
        time.sleep(0.02)
    assert (status.completed_items, status.total_items) == (3, 3)
    results = client.batch.get_results(batch_job.id)
    assert [item.input for item in results] == [each["input"] for each in TEXTS]
    assert [item.output for item in results] == ["Hola", "Adiós", "Gracias"]


def test_the_lifecycle_of_a_batch(client: Artificer) -> None:
    phases = [PhaseConfig(name="translation", task_type="translate", model="gpt-4o-mini")]
    job = client.batch.create(
        name="Test", items=TEXTS[:2], phases=phases, options={"auto_start": False}
    )
    assert job.id is not None
    assert job.status == "PENDING"
    assert job.total_items == 2
    job = client.batch.start(job.id)
    assert job.status == "RUNNING"
    while job.status == "RUNNING":
        job = client.batch.get_status(job.id)
        time.sleep(0.02)
    assert job.status == "COMPLETED"
    assert len(client.batch.get_results(job.id)) == 2
    assert BatchJob is JobOfBatch


def test_a_chain_is_executed(client: Artificer) -> None:
    result = client.orchestration.execute(
        query="What is the capital of France?",
        task_type="qa",
        model="gpt-4o",
        use_rag=True,
        validation_config={"enabled": True, "min_score": 8},
    )
    assert result.response == "The capital of France is Paris."
    assert f"{result.cost:.4f}" == "0.0000"
    assert result.model == "gpt-4o"


def test_a_story_is_streamed(client: Artificer) -> None:
    conversation = client.conversations.create()
    chunks = [
        chunk.content
        for chunk in client.chat.stream(conversation_id=conversation.id, message="Tell me a story")
    ]
    assert "".join(chunks).startswith("Once upon a time")
    assert [c.content for c in client.chat.stream(conversation.id, "Hi")][:2] == ["You ", "said: "]


@pytest.mark.parametrize("protocol", ["rest", "trpc"])
def test_the_sync_client_awaits_by_other_names(sandbox: Sandbox, protocol: str) -> None:
    async def main() -> list[str]:
        async with sandbox.artificer_client(protocol=protocol) as client:
            conversation = await client.conversations.create_async(title="Async Test")
            response = await client.conversations.send_message_async(
                conversation_id=conversation.id, content="Hello async world!"
            )
            story = client.chat.stream_async(conversation.id, "Tell me a story")
            job = await client.batch.create_async(
                name="a", items=[{"input": "b"}], phases=[{"name": "c"}]
            )
            done = await client.batch.wait_for_completion_async(job.id, poll_interval=0.02)
            again = await client.batch.get_status_async(job.id)
            chunks = [chunk.content async for chunk in story]
            return [response.content, "".join(chunks)[:4], done.status, again.status]

    assert anyio.run(main) == ["You said: Hello async world!", "Once", "COMPLETED", "COMPLETED"]


@pytest.mark.parametrize("protocol", ["rest", "trpc"])
def test_the_async_client_has_both_names(sandbox: Sandbox, protocol: str) -> None:
    async def main() -> None:
        client: AsyncArtificer
        async with sandbox.async_artificer_client(protocol=protocol) as client:
            one = await client.conversations.create(title="One")
            two = await client.conversations.create_async(title="Two")
            listed = [each.id for each in await client.conversations.list()]
            assert listed[:2] == [two.id, one.id]
            said = [chunk.content async for chunk in client.chat.stream(one.id, "Hello")]
            assert "".join(said) == "You said: Hello "

    anyio.run(main)


def test_errors_say_what_is_wrong(client: Artificer) -> None:
    with pytest.raises(ValidationError) as caught:
        client.batch.create(name="", items=[], phases=[])
    assert caught.value.errors
    assert issubclass(ValidationError, ArtificerError)
    assert issubclass(RateLimitError, ArtificerError)
    assert isinstance(caught.value.message, str)
