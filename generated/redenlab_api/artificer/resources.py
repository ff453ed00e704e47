"""Resources of this API: its operations as methods of a client, by the dots of their ids.

``models.versions.list`` is ``client.models.versions.list()``.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, Unpack

from redenlab.core import events as _events
from redenlab.core.calls import extras as _extras
from redenlab.core.clients import base as _base
from redenlab.core.clients import methods as _methods
from redenlab.core.clients import resources as _resources
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.spec import demands as _demands
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import streams as _x_stream
from redenlab.core.spec import ways as _ways

from . import models
from .api.auth import (
    auth_create_key,
    auth_delete_key,
    auth_get_status,
    auth_list_keys,
    auth_verify,
    auth_whoami,
)
from .api.batch import (
    batch_cancel,
    batch_cleanup_checkpoints,
    batch_create,
    batch_delete,
    batch_get,
    batch_get_analytics,
    batch_get_results,
    batch_list,
    batch_pause,
    batch_resume,
    batch_start,
)
from .api.chat import chat_get_messages, chat_stream
from .api.conversations import (
    conversations_create,
    conversations_delete,
    conversations_get,
    conversations_list,
    conversations_send_message,
    conversations_update,
    conversations_update_title,
)
from .api.export import export_export_all, export_export_conversation, export_get_formats
from .api.images import (
    images_analyze_image,
    images_check_pdf_needs_ocr,
    images_check_small_pdf_needs_ocr,
    images_extract_text_from_image,
    images_process_pdf,
)
from .api.messages import (
    messages_create,
    messages_delete,
    messages_get_by_conversation,
    messages_update,
)
from .api.models import (
    models_get_cache_status,
    models_get_fallback_models,
    models_list,
    models_refresh,
    models_test_selection,
)
from .api.monitoring import (
    monitoring_check_model_health,
    monitoring_get_capabilities,
    monitoring_get_health,
    monitoring_get_models,
    monitoring_get_usage,
)
from .api.orchestration import (
    orchestration_chat,
    orchestration_execute,
    orchestration_get_analytics,
    orchestration_process_text,
    orchestration_stream,
)
from .api.projects import (
    projects_associate_conversation,
    projects_create,
    projects_delete,
    projects_delete_document,
    projects_get,
    projects_get_conversations,
    projects_get_document,
    projects_get_document_stats,
    projects_get_documents,
    projects_list,
    projects_propose_document_update,
    projects_search_documents,
    projects_update,
    projects_update_document,
    projects_upload_document,
)
from .api.search import (
    search_get_embedding_stats,
    search_health_check,
    search_reindex_document,
    search_search_documents,
)
from .api.server import health
from .api.usage import usage_get_model_usage, usage_get_session_stats
from .demands import DEMANDS
from .ways import WAYS

if TYPE_CHECKING:
    from .models import (
        ApiKeyCreated,
        ApiKeyInfo,
        AuthStatus,
        BatchAnalytics,
        BatchItem,
        BatchJob,
        BatchJobResult,
        BatchJobStatus,
        CacheStatus,
        ChainChatReply,
        ChainExecutionResult,
        ChainProgress,
        ChatChunk,
        ChatMessage,
        ChatReply,
        Cleanup,
        CleanupStatus,
        Conversation,
        ConversationItem,
        Document,
        DocumentCreated,
        DocumentMatch,
        DocumentStats,
        DocumentSummary,
        DocumentUpdated,
        EmbeddingStats,
        ExportFormat,
        ExportFormatId,
        ExportResult,
        Health,
        Identity,
        ImageAnalysis,
        KeyVerification,
        Message,
        ModelHealth,
        ModelInfo,
        ModelMonitoring,
        ModelUsage,
        MonitoredCapabilities,
        MonitoredHealth,
        MonitoredUsage,
        OCRResult,
        PdfOcrCheck,
        PdfProcessingResult,
        PhaseConfig,
        Project,
        ProjectConversation,
        ProjectDetail,
        ProjectSummary,
        RefreshResult,
        ReindexResult,
        Role,
        RoutingAnalytics,
        SearchHealth,
        SearchResponse,
        SelectionResult,
        SessionStats,
        TextChainResult,
        TextPhase,
        UpdateProposal,
        ValidationConfig,
    )

C = TypeVar("C", bound=_base.Client, covariant=True)


class ConversationsResource(_methods.Resource[C]):
    """The `conversations` of the API."""

    @_methods.method
    def list(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[ConversationItem]]:
        """List all conversations.

        The one that was changed last comes first; there are no pages.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(conversations_list)
        return _resources.begun(self._client, "conversations.list", call, operation, {})

    @_methods.awaited(list)
    def list_async(self) -> None:
        """See `list`."""

    @_methods.method
    def create(
        self,
        title: str | None = None,
        model: str | None = None,
        system_prompt: str | None = None,
        temperature: float | None = None,
        max_tokens: int | None = None,
        project_id: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Conversation]:
        """Create a conversation.

        Args:
            title: What people call it; the first exchange replaces it. Left out, none.
            model: `provider/model`. Left out, the chat model of the server.
            system_prompt: What the model is told before anything else. Left out, a stock text.
            temperature: How freely the model answers, from 0 to 2. Left out, 0.7.
            max_tokens: Tokens of an answer at most. Left out, 1000.
            project_id: The project that it belongs to. Left out, none.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            conversations_create, _job_type.reader(models, "NewConversation")
        )
        return _resources.begun(
            self._client,
            "conversations.create",
            call,
            operation,
            {},
            {
                "title": title,
                "model": model,
                "systemPrompt": system_prompt,
                "temperature": temperature,
                "maxTokens": max_tokens,
                "projectId": project_id,
            },
        )

    @_methods.awaited(create)
    def create_async(self) -> None:
        """See `create`."""

    @_methods.method
    def get(
        self, conversation_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Conversation]:
        """Look at a conversation.

        Args:
            conversation_id: Names a conversation.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(conversations_get)
        return _resources.begun(
            self._client,
            "conversations.get",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
        )

    @_methods.awaited(get)
    def get_async(self) -> None:
        """See `get`."""

    @_methods.method
    def update(
        self,
        conversation_id: str,
        title: str | None = None,
        model: str | None = None,
        system_prompt: str | None = None,
        temperature: float | None = None,
        max_tokens: int | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Conversation]:
        """Change a conversation.

        Args:
            conversation_id: Names a conversation.
            title: What people call it.
            model: `provider/model`.
            system_prompt: What the model is told before anything else.
            temperature: How freely the model answers, from 0 to 2.
            max_tokens: Tokens of an answer at most.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            conversations_update, _job_type.reader(models, "ConversationChange")
        )
        return _resources.begun(
            self._client,
            "conversations.update",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
            {
                "title": title,
                "model": model,
                "systemPrompt": system_prompt,
                "temperature": temperature,
                "maxTokens": max_tokens,
            },
        )

    @_methods.awaited(update)
    def update_async(self) -> None:
        """See `update`."""

    @_methods.method
    def delete(
        self, conversation_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[None]:
        """Remove a conversation with its messages.

        Args:
            conversation_id: Names a conversation.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(conversations_delete)
        return _resources.begun(
            self._client,
            "conversations.delete",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
        )

    @_methods.awaited(delete)
    def delete_async(self) -> None:
        """See `delete`."""

    @_methods.method
    def update_title(
        self, conversation_id: str, first_message: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Call[Conversation]:
        """Make a title of the first message.

        Args:
            conversation_id: Names a conversation.
            first_message: A text; its first 50 characters become the title.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            conversations_update_title, _job_type.reader(models, "TitleRequest")
        )
        return _resources.begun(
            self._client,
            "conversations.update_title",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
            {
                "firstMessage": first_message,
            },
        )

    @_methods.awaited(update_title)
    def update_title_async(self) -> None:
        """See `update_title`."""

    @_methods.method
    def send_message(
        self, conversation_id: str, content: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Call[ChatReply]:
        """Send a message and wait for the answer.

        The first exchange replaces the title of the conversation. Where the model fails the server
        of today answers with an apology instead of an error.

        Args:
            conversation_id: Names a conversation.
            content: Up to 10,000 characters; not blank.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            conversations_send_message, _job_type.reader(models, "ChatMessageRequest")
        )
        return _resources.begun(
            self._client,
            "conversations.send_message",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
            {
                "content": content,
            },
        )

    @_methods.awaited(send_message)
    def send_message_async(self) -> None:
        """See `send_message`."""


class MessagesResource(_methods.Resource[C]):
    """The `messages` of the API."""

    @_methods.method
    def get_by_conversation(
        self, conversation_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[Message]]:
        """List the messages of a conversation, oldest first.

        Args:
            conversation_id: Names a conversation.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(messages_get_by_conversation)
        return _resources.begun(
            self._client,
            "messages.get_by_conversation",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
        )

    @_methods.awaited(get_by_conversation)
    def get_by_conversation_async(self) -> None:
        """See `get_by_conversation`."""

    @_methods.method
    def create(
        self, conversation_id: str, role: Role, content: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Call[Message]:
        """Store a message; no model answers it.

        Args:
            conversation_id: Names a conversation.
            role: Who says something.
            content: Up to 10,000 characters.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            messages_create, _job_type.reader(models, "NewMessage")
        )
        return _resources.begun(
            self._client,
            "messages.create",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
            {
                "role": role,
                "content": content,
            },
        )

    @_methods.awaited(create)
    def create_async(self) -> None:
        """See `create`."""

    @_methods.method
    def update(
        self, message_id: str, content: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Call[Message]:
        """Change the text of a message.

        Args:
            message_id: Names a message.
            content: Up to 10,000 characters.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            messages_update, _job_type.reader(models, "MessageChange")
        )
        return _resources.begun(
            self._client,
            "messages.update",
            call,
            operation,
            {
                "message_id": message_id,
            },
            {
                "content": content,
            },
        )

    @_methods.awaited(update)
    def update_async(self) -> None:
        """See `update`."""

    @_methods.method
    def delete(self, message_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[None]:
        """Remove a message.

        Args:
            message_id: Names a message.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(messages_delete)
        return _resources.begun(
            self._client,
            "messages.delete",
            call,
            operation,
            {
                "message_id": message_id,
            },
        )

    @_methods.awaited(delete)
    def delete_async(self) -> None:
        """See `delete`."""


class ChatResource(_methods.Resource[C]):
    """The `chat` of the API."""

    @_methods.streaming
    def stream(
        self, conversation_id: str, message: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Stream[ChatChunk]:
        """Send a message and read the answer while it is written.

        A stream that breaks is not resumed since the message would be sent twice.

        Args:
            conversation_id: The conversation that it belongs to.
            message: Up to 10,000 characters.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            NetworkError: The stream ended before its last event; it is not resumed.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            chat_stream, _job_type.reader(models, "ChatStreamRequest")
        )
        return _resources.streamed(
            self._client,
            "chat.stream",
            call,
            operation,
            {},
            {
                "conversationId": conversation_id,
                "message": message,
            },
            how=_x_stream.XStream(
                type="ChatChunk",
                events=("chunk", "message"),
                done="$response.body#/finished == true",
                failed="$response.body#/error != null",
                error="$response.body#/error",
            ),
            read=_job_type.reader(models, "ChatChunk"),
        )

    @_methods.awaited(stream)
    def stream_async(self) -> None:
        """See `stream`."""

    @_methods.method
    def get_messages(
        self, conversation_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[ChatMessage]]:
        """List what was said in a conversation, oldest first.

        Args:
            conversation_id: Names a conversation.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(chat_get_messages)
        return _resources.begun(
            self._client,
            "chat.get_messages",
            call,
            operation,
            {
                "conversation_id": conversation_id,
            },
        )

    @_methods.awaited(get_messages)
    def get_messages_async(self) -> None:
        """See `get_messages`."""


class BatchResource(_methods.Resource[C]):
    """The `batch` of the API."""

    @_methods.method
    def wait(
        self,
        batch_job: BatchJob | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> _methods.Call[BatchJob]:
        """Wait for the end, good or bad.

        Args:
            batch_job: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        name = batch_job if isinstance(batch_job, str) else batch_job.id
        return _resources.waiting(
            self._client, "run_batch", name, {"timeout": timeout, "on_event": on_event, **extra}
        )

    @_methods.method
    def create(
        self,
        name: str,
        items: Sequence[BatchItem | Mapping[str, Any]],
        phases: Sequence[PhaseConfig | Mapping[str, Any]],
        project_id: str | None = None,
        options: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[BatchJob]:
        """Create a batch job.

        The job is pending in the answer, and then starts by itself unless `autoStart` is false.

        Args:
            name: What people call it, up to 200 characters.
            items: From 1 to 10,000 texts.
            phases: From 1 to 10 phases; the output of each is the input of the next.
            project_id: The project that it belongs to. Left out, none.
            options: How a batch job is run.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            batch_create, _job_type.reader(models, "CreateBatchJob")
        )
        return _resources.begun(
            self._client,
            "batch.create",
            call,
            operation,
            {},
            {
                "name": name,
                "items": items,
                "phases": phases,
                "projectId": project_id,
                "options": options,
            },
        )

    @_methods.awaited(create)
    def create_async(self) -> None:
        """See `create`."""

    @_methods.method
    def list(
        self,
        project_id: str | None = None,
        status: BatchJobStatus | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[builtins.list[BatchJob]]:
        """List batch jobs, newest first.

        Args:
            project_id: Only those of this project. Left out, all.
            status: Where a batch job stands.
            limit: How many at most. Left out, 20 jobs, or 50 of anything else.
            offset: How many to leave out from the newest on. Left out, none.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_list)
        return _resources.begun(
            self._client,
            "batch.list",
            call,
            operation,
            {
                "project_id": project_id,
                "status": status,
                "limit": limit,
                "offset": offset,
            },
        )

    @_methods.awaited(list)
    def list_async(self) -> None:
        """See `list`."""

    @_methods.method
    def get(self, job_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[BatchJob]:
        """Look at a batch job.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_get)
        return _resources.begun(
            self._client,
            "batch.get",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.awaited(get)
    def get_async(self) -> None:
        """See `get`."""

    @_methods.method
    def delete(self, job_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[None]:
        """Remove a batch job that is not running.

        A running one is refused with `Conflict`.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_delete)
        return _resources.begun(
            self._client,
            "batch.delete",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.awaited(delete)
    def delete_async(self) -> None:
        """See `delete`."""

    @_methods.method
    def start(self, job_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[BatchJob]:
        """Start a pending batch job.

        In any other status it is refused with `Conflict`. Over tRPC the server of today answers
        only when the whole job has run.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_start)
        return _resources.begun(
            self._client,
            "batch.start",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.awaited(start)
    def start_async(self) -> None:
        """See `start`."""

    @_methods.method
    def pause(self, job_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[BatchJob]:
        """Pause a running batch job.

        In any other status it is refused with `Conflict`.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_pause)
        return _resources.begun(
            self._client,
            "batch.pause",
            call,
            operation,
            {
                "job_id": job_id,
            },
            command_of="run_batch",
        )

    @_methods.awaited(pause)
    def pause_async(self) -> None:
        """See `pause`."""

    @_methods.method
    def resume(self, job_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[BatchJob]:
        """Resume a batch job that is paused or has failed.

        In any other status it is refused with `Conflict`.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_resume)
        return _resources.begun(
            self._client,
            "batch.resume",
            call,
            operation,
            {
                "job_id": job_id,
            },
            command_of="run_batch",
        )

    @_methods.awaited(resume)
    def resume_async(self) -> None:
        """See `resume`."""

    @_methods.method
    def cancel(self, job_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[BatchJob]:
        """Cancel a batch job that has not ended.

        In any other status it is refused with `Conflict`.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_cancel)
        return _resources.begun(
            self._client,
            "batch.cancel",
            call,
            operation,
            {
                "job_id": job_id,
            },
            command_of="run_batch",
        )

    @_methods.awaited(cancel)
    def cancel_async(self) -> None:
        """See `cancel`."""

    @_methods.method
    def get_results(
        self, job_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[BatchJobResult]]:
        """Fetch the results of all items, in any status of the job.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_get_results)
        return _resources.begun(
            self._client,
            "batch.get_results",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.awaited(get_results)
    def get_results_async(self) -> None:
        """See `get_results`."""

    @_methods.method
    def get_analytics(
        self, job_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[BatchAnalytics]:
        """Look at cost, tokens and times of a batch job.

        Args:
            job_id: The id that the answer to its creation has.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(batch_get_analytics)
        return _resources.begun(
            self._client,
            "batch.get_analytics",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.awaited(get_analytics)
    def get_analytics_async(self) -> None:
        """See `get_analytics`."""

    @_methods.method
    def cleanup_checkpoints(
        self,
        older_than_days: int | None = None,
        status: CleanupStatus | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Cleanup]:
        """Remove checkpoints of old jobs.

        Args:
            older_than_days: Only of jobs that ended so many days ago. Left out, 30.
            status: The jobs whose checkpoints are removed.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            batch_cleanup_checkpoints, _job_type.reader(models, "CleanupRequest")
        )
        return _resources.begun(
            self._client,
            "batch.cleanup_checkpoints",
            call,
            operation,
            {},
            {
                "olderThanDays": older_than_days,
                "status": status,
            },
        )

    @_methods.awaited(cleanup_checkpoints)
    def cleanup_checkpoints_async(self) -> None:
        """See `cleanup_checkpoints`."""


class ImagesResource(_methods.Resource[C]):
    """The `images` of the API."""

    @_methods.method
    def extract_text_from_image(
        self,
        image_data: bytes | str,
        content_type: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[OCRResult]:
        """Read the text of an image.

        Args:
            image_data: The image in base64, up to 20 MB of bytes.
            content_type: Its media type. Left out, `image/png`.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            images_extract_text_from_image, _job_type.reader(models, "ImageRequest")
        )
        return _resources.begun(
            self._client,
            "images.extract_text_from_image",
            call,
            operation,
            {},
            {
                "imageData": image_data,
                "contentType": content_type,
            },
        )

    @_methods.awaited(extract_text_from_image)
    def extract_text_from_image_async(self) -> None:
        """See `extract_text_from_image`."""

    @_methods.method
    def analyze_image(
        self,
        image_data: bytes | str,
        content_type: str | None = None,
        prompt: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[ImageAnalysis]:
        """Describe an image.

        Args:
            image_data: The image in base64, up to 20 MB of bytes.
            content_type: Its media type. Left out, `image/png`.
            prompt: What to look at. Left out, everything.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            images_analyze_image, _job_type.reader(models, "AnalyzeRequest")
        )
        return _resources.begun(
            self._client,
            "images.analyze_image",
            call,
            operation,
            {},
            {
                "imageData": image_data,
                "contentType": content_type,
                "prompt": prompt,
            },
        )

    @_methods.awaited(analyze_image)
    def analyze_image_async(self) -> None:
        """See `analyze_image`."""

    @_methods.method
    def process_pdf(
        self,
        pdf_data: bytes | str,
        options: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[PdfProcessingResult]:
        """Read the text of a PDF, by OCR where it has none.

        Args:
            pdf_data: The PDF in base64, up to 50 MB of bytes.
            options: How a PDF is read.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            images_process_pdf, _job_type.reader(models, "PdfRequest")
        )
        return _resources.begun(
            self._client,
            "images.process_pdf",
            call,
            operation,
            {},
            {
                "pdfData": pdf_data,
                "options": options,
            },
        )

    @_methods.awaited(process_pdf)
    def process_pdf_async(self) -> None:
        """See `process_pdf`."""

    @_methods.method
    def check_pdf_needs_ocr(
        self,
        pdf_data: bytes | str,
        min_text_threshold: float | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[PdfOcrCheck]:
        """Tell whether a PDF needs OCR, and what that costs.

        Over tRPC the whole PDF stands in the URL; the server of today takes some 12 KB there.

        Args:
            pdf_data: The PDF in base64, up to 50 MB of bytes.
            min_text_threshold: Characters of a page from which on it needs no OCR. Left out, 100.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            images_check_pdf_needs_ocr, _job_type.reader(models, "PdfCheckRequest")
        )
        return _resources.begun(
            self._client,
            "images.check_pdf_needs_ocr",
            call,
            operation,
            {},
            {
                "pdfData": pdf_data,
                "minTextThreshold": min_text_threshold,
            },
        )

    @_methods.awaited(check_pdf_needs_ocr)
    def check_pdf_needs_ocr_async(self) -> None:
        """See `check_pdf_needs_ocr`."""

    @_methods.method
    def check_small_pdf_needs_ocr(
        self,
        pdf_data: str,
        min_text_threshold: float | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[PdfOcrCheck]:
        """Tell whether a small PDF needs OCR.

        The PDF stands in the URL; `check_pdf_needs_ocr` takes any.

        Args:
            pdf_data: A PDF in base64.
            min_text_threshold: Characters of a page from which on it needs no OCR. Left out, 100.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(images_check_small_pdf_needs_ocr)
        return _resources.begun(
            self._client,
            "images.check_small_pdf_needs_ocr",
            call,
            operation,
            {
                "pdf_data": pdf_data,
                "min_text_threshold": min_text_threshold,
            },
        )

    @_methods.awaited(check_small_pdf_needs_ocr)
    def check_small_pdf_needs_ocr_async(self) -> None:
        """See `check_small_pdf_needs_ocr`."""


class OrchestrationResource(_methods.Resource[C]):
    """The `orchestration` of the API."""

    @_methods.method
    def process_text(
        self,
        text: str,
        phases: Sequence[TextPhase | Mapping[str, Any]],
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[TextChainResult]:
        """Send a text through phases.

        Over tRPC only servers since 2025-11-21 have it.

        Args:
            text: From 1 to 100,000 characters.
            phases: From 1 to 10; the response of each is the text of the next.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            orchestration_process_text, _job_type.reader(models, "TextChainRequest")
        )
        return _resources.begun(
            self._client,
            "orchestration.process_text",
            call,
            operation,
            {},
            {
                "text": text,
                "phases": phases,
            },
        )

    @_methods.awaited(process_text)
    def process_text_async(self) -> None:
        """See `process_text`."""

    @_methods.method
    def execute(
        self,
        query: str,
        task_type: str | None = None,
        model: str | None = None,
        use_rag: bool | None = None,
        validation_config: ValidationConfig | Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[ChainExecutionResult]:
        """Answer a query by a chain of models.

        Over tRPC it is one phase of `process_text`, which knows neither the kind of task nor
        documents nor validation.

        Args:
            query: From 1 to 100,000 characters.
            task_type: What kind of task it is, such as `qa`. Left out, the server decides.
            model: `provider/model`. Left out, the server chooses.
            use_rag: Whether documents are looked at. Left out, they are not.
            validation_config: How the output of a model is judged.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            orchestration_execute, _job_type.reader(models, "ChainExecutionRequest")
        )
        return _resources.begun(
            self._client,
            "orchestration.execute",
            call,
            operation,
            {},
            {
                "query": query,
                "taskType": task_type,
                "model": model,
                "useRAG": use_rag,
                "validationConfig": validation_config,
            },
        )

    @_methods.awaited(execute)
    def execute_async(self) -> None:
        """See `execute`."""

    @_methods.method
    def chat(
        self, conversation_id: str, content: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Call[ChainChatReply]:
        """Send a message and let the server choose models.

        Args:
            conversation_id: The conversation that it belongs to.
            content: Up to 10,000 characters.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            orchestration_chat, _job_type.reader(models, "ChainChatRequest")
        )
        return _resources.begun(
            self._client,
            "orchestration.chat",
            call,
            operation,
            {},
            {
                "conversationId": conversation_id,
                "content": content,
            },
        )

    @_methods.awaited(chat)
    def chat_async(self) -> None:
        """See `chat`."""

    @_methods.streaming
    def stream(
        self, conversation_id: str, content: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Stream[ChainProgress]:
        """Follow the work of the models on a message.

        The answer itself is not sent, and nothing is stored.

        Args:
            conversation_id: The conversation that it belongs to.
            content: Up to 10,000 characters.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            NetworkError: The stream ended before its last event; it is not resumed.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            orchestration_stream, _job_type.reader(models, "ChainChatRequest")
        )
        return _resources.streamed(
            self._client,
            "orchestration.stream",
            call,
            operation,
            {},
            {
                "conversationId": conversation_id,
                "content": content,
            },
            how=_x_stream.XStream(
                type="ChainProgress",
                events=("progress", "message"),
                done="$response.body#/type == complete",
                failed="$response.body#/type == error",
                error="$response.body#/message",
            ),
            read=_job_type.reader(models, "ChainProgress"),
        )

    @_methods.awaited(stream)
    def stream_async(self) -> None:
        """See `stream`."""

    @_methods.method
    def get_analytics(
        self,
        limit: int | None = None,
        conversation_id: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[RoutingAnalytics]:
        """Look at the last decisions on models.

        Args:
            limit: How many at most. Left out, 20 jobs, or 50 of anything else.
            conversation_id: Only those of this conversation. Left out, all.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(orchestration_get_analytics)
        return _resources.begun(
            self._client,
            "orchestration.get_analytics",
            call,
            operation,
            {
                "limit": limit,
                "conversation_id": conversation_id,
            },
        )

    @_methods.awaited(get_analytics)
    def get_analytics_async(self) -> None:
        """See `get_analytics`."""


class ProjectsResource(_methods.Resource[C]):
    """The `projects` of the API."""

    @_methods.method
    def list(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[ProjectSummary]]:
        """List your projects.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_list)
        return _resources.begun(self._client, "projects.list", call, operation, {})

    @_methods.awaited(list)
    def list_async(self) -> None:
        """See `list`."""

    @_methods.method
    def create(
        self,
        name: str,
        description: str | None = None,
        settings: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Project]:
        """Create a project.

        Args:
            name: Up to 100 characters.
            description: Up to 500 characters. Left out, none.
            settings: Anything of yours. Left out, empty.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            projects_create, _job_type.reader(models, "NewProject")
        )
        return _resources.begun(
            self._client,
            "projects.create",
            call,
            operation,
            {},
            {
                "name": name,
                "description": description,
                "settings": settings,
            },
        )

    @_methods.awaited(create)
    def create_async(self) -> None:
        """See `create`."""

    @_methods.method
    def get(
        self, project_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[ProjectDetail]:
        """Look at a project.

        Args:
            project_id: Names a project.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_get)
        return _resources.begun(
            self._client,
            "projects.get",
            call,
            operation,
            {
                "project_id": project_id,
            },
        )

    @_methods.awaited(get)
    def get_async(self) -> None:
        """See `get`."""

    @_methods.method
    def update(
        self,
        project_id: str,
        name: str | None = None,
        description: str | None = None,
        settings: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Project]:
        """Change a project.

        Args:
            project_id: Names a project.
            name: Up to 100 characters.
            description: Up to 500 characters.
            settings: Anything of yours; replaces what there is.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            projects_update, _job_type.reader(models, "ProjectChange")
        )
        return _resources.begun(
            self._client,
            "projects.update",
            call,
            operation,
            {
                "project_id": project_id,
            },
            {
                "name": name,
                "description": description,
                "settings": settings,
            },
        )

    @_methods.awaited(update)
    def update_async(self) -> None:
        """See `update`."""

    @_methods.method
    def delete(self, project_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[None]:
        """Remove a project with its documents.

        Its conversations stay.

        Args:
            project_id: Names a project.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_delete)
        return _resources.begun(
            self._client,
            "projects.delete",
            call,
            operation,
            {
                "project_id": project_id,
            },
        )

    @_methods.awaited(delete)
    def delete_async(self) -> None:
        """See `delete`."""

    @_methods.method
    def get_conversations(
        self, project_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[ProjectConversation]]:
        """List the conversations of a project.

        Args:
            project_id: Names a project.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_get_conversations)
        return _resources.begun(
            self._client,
            "projects.get_conversations",
            call,
            operation,
            {
                "project_id": project_id,
            },
        )

    @_methods.awaited(get_conversations)
    def get_conversations_async(self) -> None:
        """See `get_conversations`."""

    @_methods.method
    def associate_conversation(
        self, project_id: str, conversation_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[ProjectConversation]:
        """Make a conversation one of a project.

        Args:
            project_id: Names a project.
            conversation_id: Names a conversation.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_associate_conversation)
        return _resources.begun(
            self._client,
            "projects.associate_conversation",
            call,
            operation,
            {
                "project_id": project_id,
                "conversation_id": conversation_id,
            },
        )

    @_methods.awaited(associate_conversation)
    def associate_conversation_async(self) -> None:
        """See `associate_conversation`."""

    @_methods.method
    def get_documents(
        self, project_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[DocumentSummary]]:
        """List the documents of a project.

        Args:
            project_id: Names a project.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_get_documents)
        return _resources.begun(
            self._client,
            "projects.get_documents",
            call,
            operation,
            {
                "project_id": project_id,
            },
        )

    @_methods.awaited(get_documents)
    def get_documents_async(self) -> None:
        """See `get_documents`."""

    @_methods.method
    def upload_document(
        self,
        project_id: str,
        filename: str,
        content: bytes | str,
        content_type: str,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[DocumentCreated]:
        """Add a document to a project.

        Args:
            project_id: Names a project.
            filename: Its name; what is unsafe in a path is removed.
            content: The text in base64.
            content_type: Its media type, such as `text/plain`.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            projects_upload_document, _job_type.reader(models, "NewDocument")
        )
        return _resources.begun(
            self._client,
            "projects.upload_document",
            call,
            operation,
            {
                "project_id": project_id,
            },
            {
                "filename": filename,
                "content": content,
                "contentType": content_type,
            },
        )

    @_methods.awaited(upload_document)
    def upload_document_async(self) -> None:
        """See `upload_document`."""

    @_methods.method
    def search_documents(
        self,
        project_id: str,
        query: str,
        limit: int | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[builtins.list[DocumentMatch]]:
        """Search in the documents of a project.

        Args:
            project_id: Names a project.
            query: Words to look for.
            limit: How many at most. Left out, 5.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_search_documents)
        return _resources.begun(
            self._client,
            "projects.search_documents",
            call,
            operation,
            {
                "project_id": project_id,
                "query": query,
                "limit": limit,
            },
        )

    @_methods.awaited(search_documents)
    def search_documents_async(self) -> None:
        """See `search_documents`."""

    @_methods.method
    def get_document_stats(
        self, project_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[DocumentStats]:
        """Count the documents of a project.

        Args:
            project_id: Names a project.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_get_document_stats)
        return _resources.begun(
            self._client,
            "projects.get_document_stats",
            call,
            operation,
            {
                "project_id": project_id,
            },
        )

    @_methods.awaited(get_document_stats)
    def get_document_stats_async(self) -> None:
        """See `get_document_stats`."""

    @_methods.method
    def get_document(
        self, document_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Document]:
        """Look at a document.

        Args:
            document_id: Names a document.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_get_document)
        return _resources.begun(
            self._client,
            "projects.get_document",
            call,
            operation,
            {
                "document_id": document_id,
            },
        )

    @_methods.awaited(get_document)
    def get_document_async(self) -> None:
        """See `get_document`."""

    @_methods.method
    def update_document(
        self,
        document_id: str,
        content: str,
        reason: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[DocumentUpdated]:
        """Replace the content of a document.

        Args:
            document_id: Names a document.
            content: The text.
            reason: Why it is changed. Left out, nothing is noted.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            projects_update_document, _job_type.reader(models, "DocumentChange")
        )
        return _resources.begun(
            self._client,
            "projects.update_document",
            call,
            operation,
            {
                "document_id": document_id,
            },
            {
                "content": content,
                "reason": reason,
            },
        )

    @_methods.awaited(update_document)
    def update_document_async(self) -> None:
        """See `update_document`."""

    @_methods.method
    def delete_document(
        self, document_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[None]:
        """Remove a document.

        Args:
            document_id: Names a document.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(projects_delete_document)
        return _resources.begun(
            self._client,
            "projects.delete_document",
            call,
            operation,
            {
                "document_id": document_id,
            },
        )

    @_methods.awaited(delete_document)
    def delete_document_async(self) -> None:
        """See `delete_document`."""

    @_methods.method
    def propose_document_update(
        self,
        document_id: str,
        conversation_context: str,
        user_request: str,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[UpdateProposal]:
        """Let a model propose a change of a document.

        Nothing is changed. Five of these a minute are allowed.

        Args:
            document_id: Names a document.
            conversation_context: What was said before.
            user_request: What the user wants.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            projects_propose_document_update, _job_type.reader(models, "ProposalRequest")
        )
        return _resources.begun(
            self._client,
            "projects.propose_document_update",
            call,
            operation,
            {
                "document_id": document_id,
            },
            {
                "conversationContext": conversation_context,
                "userRequest": user_request,
            },
        )

    @_methods.awaited(propose_document_update)
    def propose_document_update_async(self) -> None:
        """See `propose_document_update`."""


class ExportResource(_methods.Resource[C]):
    """The `export` of the API."""

    @_methods.method
    def get_formats(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[ExportFormat]]:
        """List the formats.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(export_get_formats)
        return _resources.begun(self._client, "export.get_formats", call, operation, {})

    @_methods.awaited(get_formats)
    def get_formats_async(self) -> None:
        """See `get_formats`."""

    @_methods.method
    def export_all(
        self,
        format: ExportFormatId,
        include_metadata: bool | None = None,
        include_timestamps: bool | None = None,
        include_costs: bool | None = None,
        group_by_conversation: bool | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[ExportResult]:
        """Export all conversations.

        Args:
            format: The name of a format.
            include_metadata: Whether models and settings are exported. Left out, they are.
            include_timestamps: Whether the moments of messages are exported. Left out, they are.
            include_costs: Whether costs are exported. Left out, they are.
            group_by_conversation: Whether messages stand below their conversations. Left out, they do.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(export_export_all)
        return _resources.begun(
            self._client,
            "export.export_all",
            call,
            operation,
            {
                "format": format,
                "include_metadata": include_metadata,
                "include_timestamps": include_timestamps,
                "include_costs": include_costs,
                "group_by_conversation": group_by_conversation,
            },
        )

    @_methods.awaited(export_all)
    def export_all_async(self) -> None:
        """See `export_all`."""

    @_methods.method
    def export_conversation(
        self,
        conversation_id: str,
        format: ExportFormatId,
        include_metadata: bool | None = None,
        include_timestamps: bool | None = None,
        include_costs: bool | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[ExportResult]:
        """Export a conversation.

        Args:
            conversation_id: Names a conversation.
            format: The name of a format.
            include_metadata: Whether models and settings are exported. Left out, they are.
            include_timestamps: Whether the moments of messages are exported. Left out, they are.
            include_costs: Whether costs are exported. Left out, they are.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(export_export_conversation)
        return _resources.begun(
            self._client,
            "export.export_conversation",
            call,
            operation,
            {
                "conversation_id": conversation_id,
                "format": format,
                "include_metadata": include_metadata,
                "include_timestamps": include_timestamps,
                "include_costs": include_costs,
            },
        )

    @_methods.awaited(export_conversation)
    def export_conversation_async(self) -> None:
        """See `export_conversation`."""


class SearchResource(_methods.Resource[C]):
    """The `search` of the API."""

    @_methods.method
    def search_documents(
        self,
        project_id: str,
        query: str,
        limit: int | None = None,
        min_score: float | None = None,
        document_ids: Sequence[str] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[SearchResponse]:
        """Search by meaning in the documents of a project.

        Args:
            project_id: Whose documents are searched.
            query: Up to 1,000 characters.
            limit: How many at most. Left out, 10.
            min_score: The score below which nothing is found. Left out, all are.
            document_ids: Only these documents. Left out, all.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            search_search_documents, _job_type.reader(models, "SearchRequest")
        )
        return _resources.begun(
            self._client,
            "search.search_documents",
            call,
            operation,
            {},
            {
                "projectId": project_id,
                "query": query,
                "limit": limit,
                "minScore": min_score,
                "documentIds": document_ids,
            },
        )

    @_methods.awaited(search_documents)
    def search_documents_async(self) -> None:
        """See `search_documents`."""

    @_methods.method
    def get_embedding_stats(
        self, project_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[EmbeddingStats]:
        """Tell which documents are indexed.

        Args:
            project_id: Names a project.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(search_get_embedding_stats)
        return _resources.begun(
            self._client,
            "search.get_embedding_stats",
            call,
            operation,
            {
                "project_id": project_id,
            },
        )

    @_methods.awaited(get_embedding_stats)
    def get_embedding_stats_async(self) -> None:
        """See `get_embedding_stats`."""

    @_methods.method
    def reindex_document(
        self, document_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[ReindexResult]:
        """Index a document anew.

        Args:
            document_id: Names a document.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(search_reindex_document)
        return _resources.begun(
            self._client,
            "search.reindex_document",
            call,
            operation,
            {
                "document_id": document_id,
            },
        )

    @_methods.awaited(reindex_document)
    def reindex_document_async(self) -> None:
        """See `reindex_document`."""

    @_methods.method
    def health_check(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[SearchHealth]:
        """Tell whether the search works.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(search_health_check)
        return _resources.begun(self._client, "search.health_check", call, operation, {})

    @_methods.awaited(health_check)
    def health_check_async(self) -> None:
        """See `health_check`."""


class UsageResource(_methods.Resource[C]):
    """The `usage` of the API."""

    @_methods.method
    def get_session_stats(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[SessionStats]:
        """Count conversations, messages, tokens and cost.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(usage_get_session_stats)
        return _resources.begun(self._client, "usage.get_session_stats", call, operation, {})

    @_methods.awaited(get_session_stats)
    def get_session_stats_async(self) -> None:
        """See `get_session_stats`."""

    @_methods.method
    def get_model_usage(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[ModelUsage]:
        """Count messages by their role.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(usage_get_model_usage)
        return _resources.begun(self._client, "usage.get_model_usage", call, operation, {})

    @_methods.awaited(get_model_usage)
    def get_model_usage_async(self) -> None:
        """See `get_model_usage`."""


class MonitoringResource(_methods.Resource[C]):
    """The `monitoring` of the API."""

    @_methods.method
    def get_models(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[ModelMonitoring]:
        """Look at usage, health and capabilities of all models.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(monitoring_get_models)
        return _resources.begun(self._client, "monitoring.get_models", call, operation, {})

    @_methods.awaited(get_models)
    def get_models_async(self) -> None:
        """See `get_models`."""

    @_methods.method
    def get_usage(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[MonitoredUsage]:
        """Look at the usage of all models.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(monitoring_get_usage)
        return _resources.begun(self._client, "monitoring.get_usage", call, operation, {})

    @_methods.awaited(get_usage)
    def get_usage_async(self) -> None:
        """See `get_usage`."""

    @_methods.method
    def get_health(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[MonitoredHealth]:
        """Look at the health of all models.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(monitoring_get_health)
        return _resources.begun(self._client, "monitoring.get_health", call, operation, {})

    @_methods.awaited(get_health)
    def get_health_async(self) -> None:
        """See `get_health`."""

    @_methods.method
    def get_capabilities(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[MonitoredCapabilities]:
        """Look at the capabilities of all models.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(monitoring_get_capabilities)
        return _resources.begun(self._client, "monitoring.get_capabilities", call, operation, {})

    @_methods.awaited(get_capabilities)
    def get_capabilities_async(self) -> None:
        """See `get_capabilities`."""

    @_methods.method
    def check_model_health(
        self, model_id: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Call[ModelHealth]:
        """Look at the health of one model; nothing is checked anew.

        Args:
            model_id: `provider/model`.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            monitoring_check_model_health, _job_type.reader(models, "ModelCheckRequest")
        )
        return _resources.begun(
            self._client,
            "monitoring.check_model_health",
            call,
            operation,
            {},
            {
                "modelId": model_id,
            },
        )

    @_methods.awaited(check_model_health)
    def check_model_health_async(self) -> None:
        """See `check_model_health`."""


class ModelsResource(_methods.Resource[C]):
    """The `models` of the API."""

    @_methods.method
    def refresh(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[RefreshResult]:
        """Read the list of models anew.

        Allowed once in five minutes.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_refresh)
        return _resources.begun(self._client, "models.refresh", call, operation, {})

    @_methods.awaited(refresh)
    def refresh_async(self) -> None:
        """See `refresh`."""

    @_methods.method
    def get_cache_status(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[CacheStatus]:
        """Tell how old the list of models is.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_get_cache_status)
        return _resources.begun(self._client, "models.get_cache_status", call, operation, {})

    @_methods.awaited(get_cache_status)
    def get_cache_status_async(self) -> None:
        """See `get_cache_status`."""

    @_methods.method
    def list(
        self,
        provider: str | None = None,
        limit: int | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[builtins.list[ModelInfo]]:
        """List models.

        Args:
            provider: Only models of this provider, such as `openai`. Left out, all.
            limit: How many at most. Left out, 20 jobs, or 50 of anything else.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_list)
        return _resources.begun(
            self._client,
            "models.list",
            call,
            operation,
            {
                "provider": provider,
                "limit": limit,
            },
        )

    @_methods.awaited(list)
    def list_async(self) -> None:
        """See `list`."""

    @_methods.method
    def test_selection(
        self,
        requirements: Mapping[str, Any],
        show_all: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[SelectionResult]:
        """Tell which model requirements would choose.

        Args:
            requirements: What a model has to be like; what is left out does not matter.
            show_all: Whether all that fit are returned. Left out, the best one is.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            models_test_selection, _job_type.reader(models, "SelectionRequest")
        )
        return _resources.begun(
            self._client,
            "models.test_selection",
            call,
            operation,
            {},
            {
                "requirements": requirements,
                "showAll": show_all,
            },
        )

    @_methods.awaited(test_selection)
    def test_selection_async(self) -> None:
        """See `test_selection`."""

    @_methods.method
    def get_fallback_models(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[ModelInfo]]:
        """List the models that are known without the list.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_get_fallback_models)
        return _resources.begun(self._client, "models.get_fallback_models", call, operation, {})

    @_methods.awaited(get_fallback_models)
    def get_fallback_models_async(self) -> None:
        """See `get_fallback_models`."""


class AuthResource(_methods.Resource[C]):
    """The `auth` of the API."""

    @_methods.method
    def get_status(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[AuthStatus]:
        """Tell that the server can be reached; needs no key.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(auth_get_status)
        return _resources.begun(self._client, "auth.get_status", call, operation, {})

    @_methods.awaited(get_status)
    def get_status_async(self) -> None:
        """See `get_status`."""

    @_methods.method
    def verify(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[KeyVerification]:
        """Tell what the key is good for.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(auth_verify)
        return _resources.begun(self._client, "auth.verify", call, operation, {})

    @_methods.awaited(verify)
    def verify_async(self) -> None:
        """See `verify`."""

    @_methods.method
    def whoami(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[Identity]:
        """Tell whose the key is.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(auth_whoami)
        return _resources.begun(self._client, "auth.whoami", call, operation, {})

    @_methods.awaited(whoami)
    def whoami_async(self) -> None:
        """See `whoami`."""

    @_methods.method
    def list_keys(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[builtins.list[ApiKeyInfo]]:
        """List API keys.

        Not over tRPC: keys are made by scripts of the server there.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(auth_list_keys)
        return _resources.begun(self._client, "auth.list_keys", call, operation, {})

    @_methods.awaited(list_keys)
    def list_keys_async(self) -> None:
        """See `list_keys`."""

    @_methods.method
    def create_key(
        self,
        name: str,
        expires_in_days: int | None = None,
        ip_whitelist: Sequence[str] | None = None,
        scopes: Sequence[str] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[ApiKeyCreated]:
        """Create an API key, which is shown once.

        Args:
            name: What people call it.
            expires_in_days: After so many days it is refused. Left out, never.
            ip_whitelist: Addresses that may use it. Left out, all.
            scopes: What it may do. Left out, everything.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            auth_create_key, _job_type.reader(models, "NewApiKey")
        )
        return _resources.begun(
            self._client,
            "auth.create_key",
            call,
            operation,
            {},
            {
                "name": name,
                "expiresInDays": expires_in_days,
                "ipWhitelist": ip_whitelist,
                "scopes": scopes,
            },
        )

    @_methods.awaited(create_key)
    def create_key_async(self) -> None:
        """See `create_key`."""

    @_methods.method
    def delete_key(self, key_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[None]:
        """Revoke an API key.

        Args:
            key_id: The id of a key; not the key itself.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(auth_delete_key)
        return _resources.begun(
            self._client,
            "auth.delete_key",
            call,
            operation,
            {
                "key_id": key_id,
            },
        )

    @_methods.awaited(delete_key)
    def delete_key_async(self) -> None:
        """See `delete_key`."""


class Resources(_base.Client):
    """The resources of the API, as attributes of its client."""

    ways: ClassVar[Mapping[str, _ways.Way]] = WAYS

    demands: ClassVar[_demands.Demands | None] = DEMANDS

    @property
    def conversations(self) -> ConversationsResource[Self]:
        """The `conversations` of the API."""
        return ConversationsResource(self)

    @property
    def messages(self) -> MessagesResource[Self]:
        """The `messages` of the API."""
        return MessagesResource(self)

    @property
    def chat(self) -> ChatResource[Self]:
        """The `chat` of the API."""
        return ChatResource(self)

    @property
    def batch(self) -> BatchResource[Self]:
        """The `batch` of the API."""
        return BatchResource(self)

    @property
    def images(self) -> ImagesResource[Self]:
        """The `images` of the API."""
        return ImagesResource(self)

    @property
    def orchestration(self) -> OrchestrationResource[Self]:
        """The `orchestration` of the API."""
        return OrchestrationResource(self)

    @property
    def projects(self) -> ProjectsResource[Self]:
        """The `projects` of the API."""
        return ProjectsResource(self)

    @property
    def export(self) -> ExportResource[Self]:
        """The `export` of the API."""
        return ExportResource(self)

    @property
    def search(self) -> SearchResource[Self]:
        """The `search` of the API."""
        return SearchResource(self)

    @property
    def usage(self) -> UsageResource[Self]:
        """The `usage` of the API."""
        return UsageResource(self)

    @property
    def monitoring(self) -> MonitoringResource[Self]:
        """The `monitoring` of the API."""
        return MonitoringResource(self)

    @property
    def models(self) -> ModelsResource[Self]:
        """The `models` of the API."""
        return ModelsResource(self)

    @property
    def auth(self) -> AuthResource[Self]:
        """The `auth` of the API."""
        return AuthResource(self)

    @_methods.method
    def health(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[Health]:
        """Tell whether the server is up.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(health)
        return _resources.begun(self, "health", call, operation, {})

    @_methods.awaited(health)
    def health_async(self) -> None:
        """See `health`."""
