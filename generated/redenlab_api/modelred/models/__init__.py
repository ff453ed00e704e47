"""The models of this backend, each imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .anthropic_config import AnthropicConfig
    from .assessment import Assessment
    from .assessment_answer import AssessmentAnswer
    from .assessment_command import AssessmentCommand
    from .assessment_command_action import AssessmentCommandAction
    from .assessment_list import AssessmentList
    from .assessment_page import AssessmentPage
    from .assessment_request import AssessmentRequest
    from .assessment_status import AssessmentStatus
    from .assessments_v2_list_sort_dir import AssessmentsV2ListSortDir
    from .assessments_v2_list_status import AssessmentsV2ListStatus
    from .azure_config import AzureConfig
    from .bedrock_config import BedrockConfig
    from .done import Done
    from .google_config import GoogleConfig
    from .google_config_generation_config import GoogleConfigGenerationConfig
    from .google_config_safety_settings import GoogleConfigSafetySettings
    from .grok_config import GrokConfig
    from .hugging_face_config import HuggingFaceConfig
    from .model import Model
    from .model_answer import ModelAnswer
    from .model_order import ModelOrder
    from .model_page import ModelPage
    from .model_request import ModelRequest
    from .model_request_provider_config import ModelRequestProviderConfig
    from .models_list_sort_dir import ModelsListSortDir
    from .models_list_status import ModelsListStatus
    from .open_ai_config import OpenAIConfig
    from .open_router_config import OpenRouterConfig
    from .pack_assessment_request import PackAssessmentRequest
    from .pagination import Pagination
    from .probe import Probe
    from .probe_answer import ProbeAnswer
    from .probe_index import ProbeIndex
    from .probe_index_probe_categories import ProbeIndexProbeCategories
    from .probe_index_severity_levels import ProbeIndexSeverityLevels
    from .probe_index_tier_definitions import ProbeIndexTierDefinitions
    from .probe_meta import ProbeMeta
    from .probe_pack import ProbePack
    from .probe_pack_answer import ProbePackAnswer
    from .probe_pack_data_answer import ProbePackDataAnswer
    from .probe_pack_data_answer_data import ProbePackDataAnswerData
    from .probe_pack_page import ProbePackPage
    from .probe_packs_list_imported_is_public import ProbePacksListImportedIsPublic
    from .probe_packs_list_imported_sort_by import ProbePacksListImportedSortBy
    from .probe_packs_list_imported_sort_dir import ProbePacksListImportedSortDir
    from .probe_packs_list_is_public import ProbePacksListIsPublic
    from .probe_packs_list_sort_dir import ProbePacksListSortDir
    from .probe_report import ProbeReport
    from .problem import Problem
    from .provider import Provider
    from .report import Report
    from .rest_config import RestConfig
    from .rest_config_headers import RestConfigHeaders
    from .rest_config_proxies import RestConfigProxies
    from .rest_config_req_template_json_object import RestConfigReqTemplateJsonObject
    from .sage_maker_config import SageMakerConfig
    from .sage_maker_config_request_json_template import SageMakerConfigRequestJsonTemplate
    from .severity import Severity
    from .tier import Tier
    from .vulnerability import Vulnerability

_HOME = {
    "AnthropicConfig": ".anthropic_config",
    "Assessment": ".assessment",
    "AssessmentAnswer": ".assessment_answer",
    "AssessmentCommand": ".assessment_command",
    "AssessmentCommandAction": ".assessment_command_action",
    "AssessmentList": ".assessment_list",
    "AssessmentPage": ".assessment_page",
    "AssessmentRequest": ".assessment_request",
    "AssessmentStatus": ".assessment_status",
    "AssessmentsV2ListSortDir": ".assessments_v2_list_sort_dir",
    "AssessmentsV2ListStatus": ".assessments_v2_list_status",
    "AzureConfig": ".azure_config",
    "BedrockConfig": ".bedrock_config",
    "Done": ".done",
    "GoogleConfig": ".google_config",
    "GoogleConfigGenerationConfig": ".google_config_generation_config",
    "GoogleConfigSafetySettings": ".google_config_safety_settings",
    "GrokConfig": ".grok_config",
    "HuggingFaceConfig": ".hugging_face_config",
    "Model": ".model",
    "ModelAnswer": ".model_answer",
    "ModelOrder": ".model_order",
    "ModelPage": ".model_page",
    "ModelRequest": ".model_request",
    "ModelRequestProviderConfig": ".model_request_provider_config",
    "ModelsListSortDir": ".models_list_sort_dir",
    "ModelsListStatus": ".models_list_status",
    "OpenAIConfig": ".open_ai_config",
    "OpenRouterConfig": ".open_router_config",
    "PackAssessmentRequest": ".pack_assessment_request",
    "Pagination": ".pagination",
    "Probe": ".probe",
    "ProbeAnswer": ".probe_answer",
    "ProbeIndex": ".probe_index",
    "ProbeIndexProbeCategories": ".probe_index_probe_categories",
    "ProbeIndexSeverityLevels": ".probe_index_severity_levels",
    "ProbeIndexTierDefinitions": ".probe_index_tier_definitions",
    "ProbeMeta": ".probe_meta",
    "ProbePack": ".probe_pack",
    "ProbePackAnswer": ".probe_pack_answer",
    "ProbePackDataAnswer": ".probe_pack_data_answer",
    "ProbePackDataAnswerData": ".probe_pack_data_answer_data",
    "ProbePackPage": ".probe_pack_page",
    "ProbePacksListImportedIsPublic": ".probe_packs_list_imported_is_public",
    "ProbePacksListImportedSortBy": ".probe_packs_list_imported_sort_by",
    "ProbePacksListImportedSortDir": ".probe_packs_list_imported_sort_dir",
    "ProbePacksListIsPublic": ".probe_packs_list_is_public",
    "ProbePacksListSortDir": ".probe_packs_list_sort_dir",
    "ProbeReport": ".probe_report",
    "Problem": ".problem",
    "Provider": ".provider",
    "Report": ".report",
    "RestConfig": ".rest_config",
    "RestConfigHeaders": ".rest_config_headers",
    "RestConfigProxies": ".rest_config_proxies",
    "RestConfigReqTemplateJsonObject": ".rest_config_req_template_json_object",
    "SageMakerConfig": ".sage_maker_config",
    "SageMakerConfigRequestJsonTemplate": ".sage_maker_config_request_json_template",
    "Severity": ".severity",
    "Tier": ".tier",
    "Vulnerability": ".vulnerability",
}

__all__ = (
    "AnthropicConfig",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentCommand",
    "AssessmentCommandAction",
    "AssessmentList",
    "AssessmentPage",
    "AssessmentRequest",
    "AssessmentStatus",
    "AssessmentsV2ListSortDir",
    "AssessmentsV2ListStatus",
    "AzureConfig",
    "BedrockConfig",
    "Done",
    "GoogleConfig",
    "GoogleConfigGenerationConfig",
    "GoogleConfigSafetySettings",
    "GrokConfig",
    "HuggingFaceConfig",
    "Model",
    "ModelAnswer",
    "ModelOrder",
    "ModelPage",
    "ModelRequest",
    "ModelRequestProviderConfig",
    "ModelsListSortDir",
    "ModelsListStatus",
    "OpenAIConfig",
    "OpenRouterConfig",
    "PackAssessmentRequest",
    "Pagination",
    "Probe",
    "ProbeAnswer",
    "ProbeIndex",
    "ProbeIndexProbeCategories",
    "ProbeIndexSeverityLevels",
    "ProbeIndexTierDefinitions",
    "ProbeMeta",
    "ProbePack",
    "ProbePackAnswer",
    "ProbePackDataAnswer",
    "ProbePackDataAnswerData",
    "ProbePackPage",
    "ProbePacksListImportedIsPublic",
    "ProbePacksListImportedSortBy",
    "ProbePacksListImportedSortDir",
    "ProbePacksListIsPublic",
    "ProbePacksListSortDir",
    "ProbeReport",
    "Problem",
    "Provider",
    "Report",
    "RestConfig",
    "RestConfigHeaders",
    "RestConfigProxies",
    "RestConfigReqTemplateJsonObject",
    "SageMakerConfig",
    "SageMakerConfigRequestJsonTemplate",
    "Severity",
    "Tier",
    "Vulnerability",
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
