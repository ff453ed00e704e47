"""Types that callers of Artificer see; checked, never run."""

from collections.abc import AsyncGenerator, Generator
from typing import assert_type

from redenlab import AsyncJob, Job
from redenlab.artificer import Artificer, AsyncArtificer
from redenlab.artificer.models import (
    BatchJob,
    BatchJobResult,
    ChatChunk,
    Conversation,
    OCRResult,
    PdfProcessingResult,
    PhaseConfig,
)
from redenlab_api.artificer.jobs import Batch


def sync(client: Artificer) -> None:
    assert_type(client.conversations.create(title="a", max_tokens=7), Conversation)
    assert_type(client.chat.stream("c", "Hi"), Generator[ChatChunk, None, None])
    phases = [PhaseConfig(name="p", task_type="qa"), {"name": "q"}]
    job = client.batch.create("n", [{"input": "a"}], phases, options={"auto_start": False})
    assert_type(job, BatchJob)
    assert_type(client.batch.get_status(job.id), BatchJob)
    assert_type(client.batch.start(job.id).completed_items, int)
    assert_type(client.batch.get_results(job.id), list[BatchJobResult])
    assert_type(client.batch.wait_for_completion(job.id, on_progress=print), BatchJob)
    assert_type(client.images.extract_text_from_image(b"", "image/png"), OCRResult)
    assert_type(client.images.process_pdf(b"").metadata.pages, int)
    run = client.run_batch(name="n", items=[{"input": "a"}], phases=[PhaseConfig(name="p")])
    assert_type(run, Batch[list[BatchJobResult]])
    assert_type(client.submit(name="n", items=[], phases=[]), Job[Batch[list[BatchJobResult]]])


async def by_other_names(client: Artificer) -> None:
    assert_type(await client.conversations.create_async(), Conversation)
    assert_type(client.chat.stream_async("c", "Hi"), AsyncGenerator[ChatChunk, None])
    assert_type(await client.batch.get_status_async("j"), BatchJob)
    assert_type(await client.images.process_pdf_async(b""), PdfProcessingResult)


async def awaited(client: AsyncArtificer) -> None:
    assert_type(await client.conversations.create(), Conversation)
    assert_type(await client.conversations.create_async(), Conversation)
    assert_type(client.chat.stream("c", "Hi"), AsyncGenerator[ChatChunk, None])
    assert_type(await client.batch.get_results("j"), list[BatchJobResult])
    started = await client.submit(name="n", items=[], phases=[])
    assert_type(started, AsyncJob[Batch[list[BatchJobResult]]])


def a_misspelt_option_is_a_mistake(client: Artificer) -> None:
    client.conversations.create(titel="a")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
