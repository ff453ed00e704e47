"""The models of this backend, each imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .analysis_details import AnalysisDetails
    from .analyze_request import AnalyzeRequest
    from .api_key_created import ApiKeyCreated
    from .api_key_info import ApiKeyInfo
    from .auth_status import AuthStatus
    from .batch_analytics import BatchAnalytics
    from .batch_analytics_cost import BatchAnalyticsCost
    from .batch_analytics_performance import BatchAnalyticsPerformance
    from .batch_analytics_tokens import BatchAnalyticsTokens
    from .batch_item import BatchItem
    from .batch_item_metadata import BatchItemMetadata
    from .batch_job import BatchJob
    from .batch_job_result import BatchJobResult
    from .batch_job_result_metadata_type_0 import BatchJobResultMetadataType0
    from .batch_job_result_phase_outputs_type_0 import BatchJobResultPhaseOutputsType0
    from .batch_job_status import BatchJobStatus
    from .batch_options import BatchOptions
    from .batch_overall import BatchOverall
    from .cache_status import CacheStatus
    from .chain_analysis import ChainAnalysis
    from .chain_chat_reply import ChainChatReply
    from .chain_chat_request import ChainChatRequest
    from .chain_execution_request import ChainExecutionRequest
    from .chain_execution_result import ChainExecutionResult
    from .chain_metadata import ChainMetadata
    from .chain_progress import ChainProgress
    from .chain_progress_metadata import ChainProgressMetadata
    from .chat_chunk import ChatChunk
    from .chat_message import ChatMessage
    from .chat_message_request import ChatMessageRequest
    from .chat_reply import ChatReply
    from .chat_stream_request import ChatStreamRequest
    from .chunk_metadata import ChunkMetadata
    from .cleanup import Cleanup
    from .cleanup_request import CleanupRequest
    from .cleanup_status import CleanupStatus
    from .conversation import Conversation
    from .conversation_change import ConversationChange
    from .conversation_item import ConversationItem
    from .conversation_message import ConversationMessage
    from .create_batch_job import CreateBatchJob
    from .document import Document
    from .document_change import DocumentChange
    from .document_created import DocumentCreated
    from .document_match import DocumentMatch
    from .document_match_metadata_type_0 import DocumentMatchMetadataType0
    from .document_metadata_type_0 import DocumentMetadataType0
    from .document_stats import DocumentStats
    from .document_summary import DocumentSummary
    from .document_summary_metadata_type_0 import DocumentSummaryMetadataType0
    from .document_updated import DocumentUpdated
    from .embedding_stats import EmbeddingStats
    from .error_body import ErrorBody
    from .error_detail import ErrorDetail
    from .export_format import ExportFormat
    from .export_format_id import ExportFormatId
    from .export_result import ExportResult
    from .export_result_files import ExportResultFiles
    from .export_result_metadata import ExportResultMetadata
    from .export_result_pages_item import ExportResultPagesItem
    from .health import Health
    from .health_services import HealthServices
    from .identity import Identity
    from .image_analysis import ImageAnalysis
    from .image_request import ImageRequest
    from .issue import Issue
    from .item_error import ItemError
    from .key_verification import KeyVerification
    from .message import Message
    from .message_change import MessageChange
    from .model_check_request import ModelCheckRequest
    from .model_health import ModelHealth
    from .model_info import ModelInfo
    from .model_monitoring import ModelMonitoring
    from .model_monitoring_capabilities import ModelMonitoringCapabilities
    from .model_usage import ModelUsage
    from .monitored_capabilities import MonitoredCapabilities
    from .monitored_capabilities_capabilities import MonitoredCapabilitiesCapabilities
    from .monitored_health import MonitoredHealth
    from .monitored_model import MonitoredModel
    from .monitored_usage import MonitoredUsage
    from .new_api_key import NewApiKey
    from .new_conversation import NewConversation
    from .new_document import NewDocument
    from .new_message import NewMessage
    from .new_project import NewProject
    from .new_project_settings import NewProjectSettings
    from .ocr_metadata import OCRMetadata
    from .ocr_result import OCRResult
    from .pdf_check_request import PdfCheckRequest
    from .pdf_metadata import PdfMetadata
    from .pdf_ocr_check import PdfOcrCheck
    from .pdf_options import PdfOptions
    from .pdf_processing_result import PdfProcessingResult
    from .pdf_request import PdfRequest
    from .phase_analytics import PhaseAnalytics
    from .phase_config import PhaseConfig
    from .project import Project
    from .project_change import ProjectChange
    from .project_change_settings import ProjectChangeSettings
    from .project_conversation import ProjectConversation
    from .project_detail import ProjectDetail
    from .project_detail_settings_type_0 import ProjectDetailSettingsType0
    from .project_entry import ProjectEntry
    from .project_settings_type_0 import ProjectSettingsType0
    from .project_stats import ProjectStats
    from .project_summary import ProjectSummary
    from .project_summary_settings_type_0 import ProjectSummarySettingsType0
    from .proposal_request import ProposalRequest
    from .rag_source import RagSource
    from .refresh_result import RefreshResult
    from .reindex_result import ReindexResult
    from .role import Role
    from .role_usage import RoleUsage
    from .routing_analytics import RoutingAnalytics
    from .routing_decision import RoutingDecision
    from .routing_summary import RoutingSummary
    from .routing_summary_model_distribution import RoutingSummaryModelDistribution
    from .search_health import SearchHealth
    from .search_hit import SearchHit
    from .search_hit_metadata_type_0 import SearchHitMetadataType0
    from .search_request import SearchRequest
    from .search_response import SearchResponse
    from .selected_model import SelectedModel
    from .selection_request import SelectionRequest
    from .selection_requirements import SelectionRequirements
    from .selection_result import SelectionResult
    from .session_stats import SessionStats
    from .text_chain_request import TextChainRequest
    from .text_chain_result import TextChainResult
    from .text_chain_result_metadata import TextChainResultMetadata
    from .text_phase import TextPhase
    from .text_phase_result import TextPhaseResult
    from .text_phase_result_metadata import TextPhaseResultMetadata
    from .title_request import TitleRequest
    from .type_count import TypeCount
    from .update_proposal import UpdateProposal
    from .user import User
    from .validation_config import ValidationConfig

_HOME = {
    "AnalysisDetails": ".analysis_details",
    "AnalyzeRequest": ".analyze_request",
    "ApiKeyCreated": ".api_key_created",
    "ApiKeyInfo": ".api_key_info",
    "AuthStatus": ".auth_status",
    "BatchAnalytics": ".batch_analytics",
    "BatchAnalyticsCost": ".batch_analytics_cost",
    "BatchAnalyticsPerformance": ".batch_analytics_performance",
    "BatchAnalyticsTokens": ".batch_analytics_tokens",
    "BatchItem": ".batch_item",
    "BatchItemMetadata": ".batch_item_metadata",
    "BatchJob": ".batch_job",
    "BatchJobResult": ".batch_job_result",
    "BatchJobResultMetadataType0": ".batch_job_result_metadata_type_0",
    "BatchJobResultPhaseOutputsType0": ".batch_job_result_phase_outputs_type_0",
    "BatchJobStatus": ".batch_job_status",
    "BatchOptions": ".batch_options",
    "BatchOverall": ".batch_overall",
    "CacheStatus": ".cache_status",
    "ChainAnalysis": ".chain_analysis",
    "ChainChatReply": ".chain_chat_reply",
    "ChainChatRequest": ".chain_chat_request",
    "ChainExecutionRequest": ".chain_execution_request",
    "ChainExecutionResult": ".chain_execution_result",
    "ChainMetadata": ".chain_metadata",
    "ChainProgress": ".chain_progress",
    "ChainProgressMetadata": ".chain_progress_metadata",
    "ChatChunk": ".chat_chunk",
    "ChatMessage": ".chat_message",
    "ChatMessageRequest": ".chat_message_request",
    "ChatReply": ".chat_reply",
    "ChatStreamRequest": ".chat_stream_request",
    "ChunkMetadata": ".chunk_metadata",
    "Cleanup": ".cleanup",
    "CleanupRequest": ".cleanup_request",
    "CleanupStatus": ".cleanup_status",
    "Conversation": ".conversation",
    "ConversationChange": ".conversation_change",
    "ConversationItem": ".conversation_item",
    "ConversationMessage": ".conversation_message",
    "CreateBatchJob": ".create_batch_job",
    "Document": ".document",
    "DocumentChange": ".document_change",
    "DocumentCreated": ".document_created",
    "DocumentMatch": ".document_match",
    "DocumentMatchMetadataType0": ".document_match_metadata_type_0",
    "DocumentMetadataType0": ".document_metadata_type_0",
    "DocumentStats": ".document_stats",
    "DocumentSummary": ".document_summary",
    "DocumentSummaryMetadataType0": ".document_summary_metadata_type_0",
    "DocumentUpdated": ".document_updated",
    "EmbeddingStats": ".embedding_stats",
    "ErrorBody": ".error_body",
    "ErrorDetail": ".error_detail",
    "ExportFormat": ".export_format",
    "ExportFormatId": ".export_format_id",
    "ExportResult": ".export_result",
    "ExportResultFiles": ".export_result_files",
    "ExportResultMetadata": ".export_result_metadata",
    "ExportResultPagesItem": ".export_result_pages_item",
    "Health": ".health",
    "HealthServices": ".health_services",
    "Identity": ".identity",
    "ImageAnalysis": ".image_analysis",
    "ImageRequest": ".image_request",
    "Issue": ".issue",
    "ItemError": ".item_error",
    "KeyVerification": ".key_verification",
    "Message": ".message",
    "MessageChange": ".message_change",
    "ModelCheckRequest": ".model_check_request",
    "ModelHealth": ".model_health",
    "ModelInfo": ".model_info",
    "ModelMonitoring": ".model_monitoring",
    "ModelMonitoringCapabilities": ".model_monitoring_capabilities",
    "ModelUsage": ".model_usage",
    "MonitoredCapabilities": ".monitored_capabilities",
    "MonitoredCapabilitiesCapabilities": ".monitored_capabilities_capabilities",
    "MonitoredHealth": ".monitored_health",
    "MonitoredModel": ".monitored_model",
    "MonitoredUsage": ".monitored_usage",
    "NewApiKey": ".new_api_key",
    "NewConversation": ".new_conversation",
    "NewDocument": ".new_document",
    "NewMessage": ".new_message",
    "NewProject": ".new_project",
    "NewProjectSettings": ".new_project_settings",
    "OCRMetadata": ".ocr_metadata",
    "OCRResult": ".ocr_result",
    "PdfCheckRequest": ".pdf_check_request",
    "PdfMetadata": ".pdf_metadata",
    "PdfOcrCheck": ".pdf_ocr_check",
    "PdfOptions": ".pdf_options",
    "PdfProcessingResult": ".pdf_processing_result",
    "PdfRequest": ".pdf_request",
    "PhaseAnalytics": ".phase_analytics",
    "PhaseConfig": ".phase_config",
    "Project": ".project",
    "ProjectChange": ".project_change",
    "ProjectChangeSettings": ".project_change_settings",
    "ProjectConversation": ".project_conversation",
    "ProjectDetail": ".project_detail",
    "ProjectDetailSettingsType0": ".project_detail_settings_type_0",
    "ProjectEntry": ".project_entry",
    "ProjectSettingsType0": ".project_settings_type_0",
    "ProjectStats": ".project_stats",
    "ProjectSummary": ".project_summary",
    "ProjectSummarySettingsType0": ".project_summary_settings_type_0",
    "ProposalRequest": ".proposal_request",
    "RagSource": ".rag_source",
    "RefreshResult": ".refresh_result",
    "ReindexResult": ".reindex_result",
    "Role": ".role",
    "RoleUsage": ".role_usage",
    "RoutingAnalytics": ".routing_analytics",
    "RoutingDecision": ".routing_decision",
    "RoutingSummary": ".routing_summary",
    "RoutingSummaryModelDistribution": ".routing_summary_model_distribution",
    "SearchHealth": ".search_health",
    "SearchHit": ".search_hit",
    "SearchHitMetadataType0": ".search_hit_metadata_type_0",
    "SearchRequest": ".search_request",
    "SearchResponse": ".search_response",
    "SelectedModel": ".selected_model",
    "SelectionRequest": ".selection_request",
    "SelectionRequirements": ".selection_requirements",
    "SelectionResult": ".selection_result",
    "SessionStats": ".session_stats",
    "TextChainRequest": ".text_chain_request",
    "TextChainResult": ".text_chain_result",
    "TextChainResultMetadata": ".text_chain_result_metadata",
    "TextPhase": ".text_phase",
    "TextPhaseResult": ".text_phase_result",
    "TextPhaseResultMetadata": ".text_phase_result_metadata",
    "TitleRequest": ".title_request",
    "TypeCount": ".type_count",
    "UpdateProposal": ".update_proposal",
    "User": ".user",
    "ValidationConfig": ".validation_config",
}

__all__ = (
    "AnalysisDetails",
    "AnalyzeRequest",
    "ApiKeyCreated",
    "ApiKeyInfo",
    "AuthStatus",
    "BatchAnalytics",
    "BatchAnalyticsCost",
    "BatchAnalyticsPerformance",
    "BatchAnalyticsTokens",
    "BatchItem",
    "BatchItemMetadata",
    "BatchJob",
    "BatchJobResult",
    "BatchJobResultMetadataType0",
    "BatchJobResultPhaseOutputsType0",
    "BatchJobStatus",
    "BatchOptions",
    "BatchOverall",
    "CacheStatus",
    "ChainAnalysis",
    "ChainChatReply",
    "ChainChatRequest",
    "ChainExecutionRequest",
    "ChainExecutionResult",
    "ChainMetadata",
    "ChainProgress",
    "ChainProgressMetadata",
    "ChatChunk",
    "ChatMessage",
    "ChatMessageRequest",
    "ChatReply",
    "ChatStreamRequest",
    "ChunkMetadata",
    "Cleanup",
    "CleanupRequest",
    "CleanupStatus",
    "Conversation",
    "ConversationChange",
    "ConversationItem",
    "ConversationMessage",
    "CreateBatchJob",
    "Document",
    "DocumentChange",
    "DocumentCreated",
    "DocumentMatch",
    "DocumentMatchMetadataType0",
    "DocumentMetadataType0",
    "DocumentStats",
    "DocumentSummary",
    "DocumentSummaryMetadataType0",
    "DocumentUpdated",
    "EmbeddingStats",
    "ErrorBody",
    "ErrorDetail",
    "ExportFormat",
    "ExportFormatId",
    "ExportResult",
    "ExportResultFiles",
    "ExportResultMetadata",
    "ExportResultPagesItem",
    "Health",
    "HealthServices",
    "Identity",
    "ImageAnalysis",
    "ImageRequest",
    "Issue",
    "ItemError",
    "KeyVerification",
    "Message",
    "MessageChange",
    "ModelCheckRequest",
    "ModelHealth",
    "ModelInfo",
    "ModelMonitoring",
    "ModelMonitoringCapabilities",
    "ModelUsage",
    "MonitoredCapabilities",
    "MonitoredCapabilitiesCapabilities",
    "MonitoredHealth",
    "MonitoredModel",
    "MonitoredUsage",
    "NewApiKey",
    "NewConversation",
    "NewDocument",
    "NewMessage",
    "NewProject",
    "NewProjectSettings",
    "OCRMetadata",
    "OCRResult",
    "PdfCheckRequest",
    "PdfMetadata",
    "PdfOcrCheck",
    "PdfOptions",
    "PdfProcessingResult",
    "PdfRequest",
    "PhaseAnalytics",
    "PhaseConfig",
    "Project",
    "ProjectChange",
    "ProjectChangeSettings",
    "ProjectConversation",
    "ProjectDetail",
    "ProjectDetailSettingsType0",
    "ProjectEntry",
    "ProjectSettingsType0",
    "ProjectStats",
    "ProjectSummary",
    "ProjectSummarySettingsType0",
    "ProposalRequest",
    "RagSource",
    "RefreshResult",
    "ReindexResult",
    "Role",
    "RoleUsage",
    "RoutingAnalytics",
    "RoutingDecision",
    "RoutingSummary",
    "RoutingSummaryModelDistribution",
    "SearchHealth",
    "SearchHit",
    "SearchHitMetadataType0",
    "SearchRequest",
    "SearchResponse",
    "SelectedModel",
    "SelectionRequest",
    "SelectionRequirements",
    "SelectionResult",
    "SessionStats",
    "TextChainRequest",
    "TextChainResult",
    "TextChainResultMetadata",
    "TextPhase",
    "TextPhaseResult",
    "TextPhaseResultMetadata",
    "TitleRequest",
    "TypeCount",
    "UpdateProposal",
    "User",
    "ValidationConfig",
)


def __getattr__(name: str) -> Any:
    """Import the module of a model on first use (PEP 562): a large API costs only what is used."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOME[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every model, imported or not."""
    return sorted({*globals(), *__all__})
