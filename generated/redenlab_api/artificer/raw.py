"""Every operation of this API as it is: its arguments in, the whole response out."""

from typing import Final

from redenlab.core.clients import raw as _raw

from .api.auth import auth_create_key as _auth_create_key
from .api.auth import auth_delete_key as _auth_delete_key
from .api.auth import auth_get_status as _auth_get_status
from .api.auth import auth_list_keys as _auth_list_keys
from .api.auth import auth_verify as _auth_verify
from .api.auth import auth_whoami as _auth_whoami
from .api.batch import batch_cancel as _batch_cancel
from .api.batch import batch_cleanup_checkpoints as _batch_cleanup_checkpoints
from .api.batch import batch_create as _batch_create
from .api.batch import batch_delete as _batch_delete
from .api.batch import batch_get as _batch_get
from .api.batch import batch_get_analytics as _batch_get_analytics
from .api.batch import batch_get_results as _batch_get_results
from .api.batch import batch_list as _batch_list
from .api.batch import batch_pause as _batch_pause
from .api.batch import batch_resume as _batch_resume
from .api.batch import batch_start as _batch_start
from .api.chat import chat_get_messages as _chat_get_messages
from .api.chat import chat_stream as _chat_stream
from .api.conversations import conversations_create as _conversations_create
from .api.conversations import conversations_delete as _conversations_delete
from .api.conversations import conversations_get as _conversations_get
from .api.conversations import conversations_list as _conversations_list
from .api.conversations import conversations_send_message as _conversations_send_message
from .api.conversations import conversations_update as _conversations_update
from .api.conversations import conversations_update_title as _conversations_update_title
from .api.export import export_export_all as _export_export_all
from .api.export import export_export_conversation as _export_export_conversation
from .api.export import export_get_formats as _export_get_formats
from .api.images import images_analyze_image as _images_analyze_image
from .api.images import images_check_pdf_needs_ocr as _images_check_pdf_needs_ocr
from .api.images import images_check_small_pdf_needs_ocr as _images_check_small_pdf_needs_ocr
from .api.images import images_extract_text_from_image as _images_extract_text_from_image
from .api.images import images_process_pdf as _images_process_pdf
from .api.messages import messages_create as _messages_create
from .api.messages import messages_delete as _messages_delete
from .api.messages import messages_get_by_conversation as _messages_get_by_conversation
from .api.messages import messages_update as _messages_update
from .api.models import models_get_cache_status as _models_get_cache_status
from .api.models import models_get_fallback_models as _models_get_fallback_models
from .api.models import models_list as _models_list
from .api.models import models_refresh as _models_refresh
from .api.models import models_test_selection as _models_test_selection
from .api.monitoring import monitoring_check_model_health as _monitoring_check_model_health
from .api.monitoring import monitoring_get_capabilities as _monitoring_get_capabilities
from .api.monitoring import monitoring_get_health as _monitoring_get_health
from .api.monitoring import monitoring_get_models as _monitoring_get_models
from .api.monitoring import monitoring_get_usage as _monitoring_get_usage
from .api.orchestration import orchestration_chat as _orchestration_chat
from .api.orchestration import orchestration_execute as _orchestration_execute
from .api.orchestration import orchestration_get_analytics as _orchestration_get_analytics
from .api.orchestration import orchestration_process_text as _orchestration_process_text
from .api.orchestration import orchestration_stream as _orchestration_stream
from .api.projects import projects_associate_conversation as _projects_associate_conversation
from .api.projects import projects_create as _projects_create
from .api.projects import projects_delete as _projects_delete
from .api.projects import projects_delete_document as _projects_delete_document
from .api.projects import projects_get as _projects_get
from .api.projects import projects_get_conversations as _projects_get_conversations
from .api.projects import projects_get_document as _projects_get_document
from .api.projects import projects_get_document_stats as _projects_get_document_stats
from .api.projects import projects_get_documents as _projects_get_documents
from .api.projects import projects_list as _projects_list
from .api.projects import projects_propose_document_update as _projects_propose_document_update
from .api.projects import projects_search_documents as _projects_search_documents
from .api.projects import projects_update as _projects_update
from .api.projects import projects_update_document as _projects_update_document
from .api.projects import projects_upload_document as _projects_upload_document
from .api.search import search_get_embedding_stats as _search_get_embedding_stats
from .api.search import search_health_check as _search_health_check
from .api.search import search_reindex_document as _search_reindex_document
from .api.search import search_search_documents as _search_search_documents
from .api.server import health as _health
from .api.usage import usage_get_model_usage as _usage_get_model_usage
from .api.usage import usage_get_session_stats as _usage_get_session_stats


class Raw(_raw.BlockingCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    conversations_list: Final = _raw.Call(_conversations_list)
    conversations_create: Final = _raw.Call(_conversations_create)
    conversations_get: Final = _raw.Call(_conversations_get)
    conversations_update: Final = _raw.Call(_conversations_update)
    conversations_delete: Final = _raw.Call(_conversations_delete)
    conversations_update_title: Final = _raw.Call(_conversations_update_title)
    conversations_send_message: Final = _raw.Call(_conversations_send_message)
    messages_get_by_conversation: Final = _raw.Call(_messages_get_by_conversation)
    messages_create: Final = _raw.Call(_messages_create)
    messages_update: Final = _raw.Call(_messages_update)
    messages_delete: Final = _raw.Call(_messages_delete)
    chat_stream: Final = _raw.Call(_chat_stream)
    chat_get_messages: Final = _raw.Call(_chat_get_messages)
    batch_create: Final = _raw.Call(_batch_create)
    batch_list: Final = _raw.Call(_batch_list)
    batch_get: Final = _raw.Call(_batch_get)
    batch_delete: Final = _raw.Call(_batch_delete)
    batch_start: Final = _raw.Call(_batch_start)
    batch_pause: Final = _raw.Call(_batch_pause)
    batch_resume: Final = _raw.Call(_batch_resume)
    batch_cancel: Final = _raw.Call(_batch_cancel)
    batch_get_results: Final = _raw.Call(_batch_get_results)
    batch_get_analytics: Final = _raw.Call(_batch_get_analytics)
    batch_cleanup_checkpoints: Final = _raw.Call(_batch_cleanup_checkpoints)
    images_extract_text_from_image: Final = _raw.Call(_images_extract_text_from_image)
    images_analyze_image: Final = _raw.Call(_images_analyze_image)
    images_process_pdf: Final = _raw.Call(_images_process_pdf)
    images_check_pdf_needs_ocr: Final = _raw.Call(_images_check_pdf_needs_ocr)
    images_check_small_pdf_needs_ocr: Final = _raw.Call(_images_check_small_pdf_needs_ocr)
    orchestration_process_text: Final = _raw.Call(_orchestration_process_text)
    orchestration_execute: Final = _raw.Call(_orchestration_execute)
    orchestration_chat: Final = _raw.Call(_orchestration_chat)
    orchestration_stream: Final = _raw.Call(_orchestration_stream)
    orchestration_get_analytics: Final = _raw.Call(_orchestration_get_analytics)
    projects_list: Final = _raw.Call(_projects_list)
    projects_create: Final = _raw.Call(_projects_create)
    projects_get: Final = _raw.Call(_projects_get)
    projects_update: Final = _raw.Call(_projects_update)
    projects_delete: Final = _raw.Call(_projects_delete)
    projects_get_conversations: Final = _raw.Call(_projects_get_conversations)
    projects_associate_conversation: Final = _raw.Call(_projects_associate_conversation)
    projects_get_documents: Final = _raw.Call(_projects_get_documents)
    projects_upload_document: Final = _raw.Call(_projects_upload_document)
    projects_search_documents: Final = _raw.Call(_projects_search_documents)
    projects_get_document_stats: Final = _raw.Call(_projects_get_document_stats)
    projects_get_document: Final = _raw.Call(_projects_get_document)
    projects_update_document: Final = _raw.Call(_projects_update_document)
    projects_delete_document: Final = _raw.Call(_projects_delete_document)
    projects_propose_document_update: Final = _raw.Call(_projects_propose_document_update)
    export_get_formats: Final = _raw.Call(_export_get_formats)
    export_export_all: Final = _raw.Call(_export_export_all)
    export_export_conversation: Final = _raw.Call(_export_export_conversation)
    search_search_documents: Final = _raw.Call(_search_search_documents)
    search_get_embedding_stats: Final = _raw.Call(_search_get_embedding_stats)
    search_reindex_document: Final = _raw.Call(_search_reindex_document)
    search_health_check: Final = _raw.Call(_search_health_check)
    usage_get_session_stats: Final = _raw.Call(_usage_get_session_stats)
    usage_get_model_usage: Final = _raw.Call(_usage_get_model_usage)
    monitoring_get_models: Final = _raw.Call(_monitoring_get_models)
    monitoring_get_usage: Final = _raw.Call(_monitoring_get_usage)
    monitoring_get_health: Final = _raw.Call(_monitoring_get_health)
    monitoring_get_capabilities: Final = _raw.Call(_monitoring_get_capabilities)
    monitoring_check_model_health: Final = _raw.Call(_monitoring_check_model_health)
    models_refresh: Final = _raw.Call(_models_refresh)
    models_get_cache_status: Final = _raw.Call(_models_get_cache_status)
    models_list: Final = _raw.Call(_models_list)
    models_test_selection: Final = _raw.Call(_models_test_selection)
    models_get_fallback_models: Final = _raw.Call(_models_get_fallback_models)
    auth_get_status: Final = _raw.Call(_auth_get_status)
    auth_verify: Final = _raw.Call(_auth_verify)
    auth_whoami: Final = _raw.Call(_auth_whoami)
    auth_list_keys: Final = _raw.Call(_auth_list_keys)
    auth_create_key: Final = _raw.Call(_auth_create_key)
    auth_delete_key: Final = _raw.Call(_auth_delete_key)
    health: Final = _raw.Call(_health)


class AsyncRaw(_raw.AsyncCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    conversations_list: Final = _raw.AsyncCall(_conversations_list)
    conversations_create: Final = _raw.AsyncCall(_conversations_create)
    conversations_get: Final = _raw.AsyncCall(_conversations_get)
    conversations_update: Final = _raw.AsyncCall(_conversations_update)
    conversations_delete: Final = _raw.AsyncCall(_conversations_delete)
    conversations_update_title: Final = _raw.AsyncCall(_conversations_update_title)
    conversations_send_message: Final = _raw.AsyncCall(_conversations_send_message)
    messages_get_by_conversation: Final = _raw.AsyncCall(_messages_get_by_conversation)
    messages_create: Final = _raw.AsyncCall(_messages_create)
    messages_update: Final = _raw.AsyncCall(_messages_update)
    messages_delete: Final = _raw.AsyncCall(_messages_delete)
    chat_stream: Final = _raw.AsyncCall(_chat_stream)
    chat_get_messages: Final = _raw.AsyncCall(_chat_get_messages)
    batch_create: Final = _raw.AsyncCall(_batch_create)
    batch_list: Final = _raw.AsyncCall(_batch_list)
    batch_get: Final = _raw.AsyncCall(_batch_get)
    batch_delete: Final = _raw.AsyncCall(_batch_delete)
    batch_start: Final = _raw.AsyncCall(_batch_start)
    batch_pause: Final = _raw.AsyncCall(_batch_pause)
    batch_resume: Final = _raw.AsyncCall(_batch_resume)
    batch_cancel: Final = _raw.AsyncCall(_batch_cancel)
    batch_get_results: Final = _raw.AsyncCall(_batch_get_results)
    batch_get_analytics: Final = _raw.AsyncCall(_batch_get_analytics)
    batch_cleanup_checkpoints: Final = _raw.AsyncCall(_batch_cleanup_checkpoints)
    images_extract_text_from_image: Final = _raw.AsyncCall(_images_extract_text_from_image)
    images_analyze_image: Final = _raw.AsyncCall(_images_analyze_image)
    images_process_pdf: Final = _raw.AsyncCall(_images_process_pdf)
    images_check_pdf_needs_ocr: Final = _raw.AsyncCall(_images_check_pdf_needs_ocr)
    images_check_small_pdf_needs_ocr: Final = _raw.AsyncCall(_images_check_small_pdf_needs_ocr)
    orchestration_process_text: Final = _raw.AsyncCall(_orchestration_process_text)
    orchestration_execute: Final = _raw.AsyncCall(_orchestration_execute)
    orchestration_chat: Final = _raw.AsyncCall(_orchestration_chat)
    orchestration_stream: Final = _raw.AsyncCall(_orchestration_stream)
    orchestration_get_analytics: Final = _raw.AsyncCall(_orchestration_get_analytics)
    projects_list: Final = _raw.AsyncCall(_projects_list)
    projects_create: Final = _raw.AsyncCall(_projects_create)
    projects_get: Final = _raw.AsyncCall(_projects_get)
    projects_update: Final = _raw.AsyncCall(_projects_update)
    projects_delete: Final = _raw.AsyncCall(_projects_delete)
    projects_get_conversations: Final = _raw.AsyncCall(_projects_get_conversations)
    projects_associate_conversation: Final = _raw.AsyncCall(_projects_associate_conversation)
    projects_get_documents: Final = _raw.AsyncCall(_projects_get_documents)
    projects_upload_document: Final = _raw.AsyncCall(_projects_upload_document)
    projects_search_documents: Final = _raw.AsyncCall(_projects_search_documents)
    projects_get_document_stats: Final = _raw.AsyncCall(_projects_get_document_stats)
    projects_get_document: Final = _raw.AsyncCall(_projects_get_document)
    projects_update_document: Final = _raw.AsyncCall(_projects_update_document)
    projects_delete_document: Final = _raw.AsyncCall(_projects_delete_document)
    projects_propose_document_update: Final = _raw.AsyncCall(_projects_propose_document_update)
    export_get_formats: Final = _raw.AsyncCall(_export_get_formats)
    export_export_all: Final = _raw.AsyncCall(_export_export_all)
    export_export_conversation: Final = _raw.AsyncCall(_export_export_conversation)
    search_search_documents: Final = _raw.AsyncCall(_search_search_documents)
    search_get_embedding_stats: Final = _raw.AsyncCall(_search_get_embedding_stats)
    search_reindex_document: Final = _raw.AsyncCall(_search_reindex_document)
    search_health_check: Final = _raw.AsyncCall(_search_health_check)
    usage_get_session_stats: Final = _raw.AsyncCall(_usage_get_session_stats)
    usage_get_model_usage: Final = _raw.AsyncCall(_usage_get_model_usage)
    monitoring_get_models: Final = _raw.AsyncCall(_monitoring_get_models)
    monitoring_get_usage: Final = _raw.AsyncCall(_monitoring_get_usage)
    monitoring_get_health: Final = _raw.AsyncCall(_monitoring_get_health)
    monitoring_get_capabilities: Final = _raw.AsyncCall(_monitoring_get_capabilities)
    monitoring_check_model_health: Final = _raw.AsyncCall(_monitoring_check_model_health)
    models_refresh: Final = _raw.AsyncCall(_models_refresh)
    models_get_cache_status: Final = _raw.AsyncCall(_models_get_cache_status)
    models_list: Final = _raw.AsyncCall(_models_list)
    models_test_selection: Final = _raw.AsyncCall(_models_test_selection)
    models_get_fallback_models: Final = _raw.AsyncCall(_models_get_fallback_models)
    auth_get_status: Final = _raw.AsyncCall(_auth_get_status)
    auth_verify: Final = _raw.AsyncCall(_auth_verify)
    auth_whoami: Final = _raw.AsyncCall(_auth_whoami)
    auth_list_keys: Final = _raw.AsyncCall(_auth_list_keys)
    auth_create_key: Final = _raw.AsyncCall(_auth_create_key)
    auth_delete_key: Final = _raw.AsyncCall(_auth_delete_key)
    health: Final = _raw.AsyncCall(_health)
