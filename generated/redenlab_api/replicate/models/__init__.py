"""The models of this backend, each imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .account import Account
    from .checksums import Checksums
    from .collection import Collection
    from .collection_item import CollectionItem
    from .collection_page import CollectionPage
    from .configuration import Configuration
    from .deployment import Deployment
    from .deployment_page import DeploymentPage
    from .deployment_request import DeploymentRequest
    from .deployment_update import DeploymentUpdate
    from .file_page import FilePage
    from .file_request import FileRequest
    from .file_request_metadata import FileRequestMetadata
    from .file_urls import FileUrls
    from .found_metadata import FoundMetadata
    from .found_model import FoundModel
    from .found_page import FoundPage
    from .hardware import Hardware
    from .metrics import Metrics
    from .model import Model
    from .model_page import ModelPage
    from .model_request import ModelRequest
    from .model_update import ModelUpdate
    from .prediction import Prediction
    from .prediction_input_type_0 import PredictionInputType0
    from .prediction_page import PredictionPage
    from .prediction_request import PredictionRequest
    from .prediction_request_input import PredictionRequestInput
    from .prediction_urls import PredictionUrls
    from .problem import Problem
    from .problem_invalid_fields_item import ProblemInvalidFieldsItem
    from .release import Release
    from .search_response import SearchResponse
    from .status import Status
    from .stored_file import StoredFile
    from .stored_file_metadata_type_0 import StoredFileMetadataType0
    from .training import Training
    from .training_input_type_0 import TrainingInputType0
    from .training_output import TrainingOutput
    from .training_page import TrainingPage
    from .training_request import TrainingRequest
    from .training_request_input import TrainingRequestInput
    from .version import Version
    from .version_openapi_schema_type_0 import VersionOpenapiSchemaType0
    from .version_page import VersionPage
    from .version_prediction_request import VersionPredictionRequest
    from .version_prediction_request_input import VersionPredictionRequestInput
    from .webhook_event import WebhookEvent
    from .webhook_secret import WebhookSecret

_HOME = {
    "Account": ".account",
    "Checksums": ".checksums",
    "Collection": ".collection",
    "CollectionItem": ".collection_item",
    "CollectionPage": ".collection_page",
    "Configuration": ".configuration",
    "Deployment": ".deployment",
    "DeploymentPage": ".deployment_page",
    "DeploymentRequest": ".deployment_request",
    "DeploymentUpdate": ".deployment_update",
    "FilePage": ".file_page",
    "FileRequest": ".file_request",
    "FileRequestMetadata": ".file_request_metadata",
    "FileUrls": ".file_urls",
    "FoundMetadata": ".found_metadata",
    "FoundModel": ".found_model",
    "FoundPage": ".found_page",
    "Hardware": ".hardware",
    "Metrics": ".metrics",
    "Model": ".model",
    "ModelPage": ".model_page",
    "ModelRequest": ".model_request",
    "ModelUpdate": ".model_update",
    "Prediction": ".prediction",
    "PredictionInputType0": ".prediction_input_type_0",
    "PredictionPage": ".prediction_page",
    "PredictionRequest": ".prediction_request",
    "PredictionRequestInput": ".prediction_request_input",
    "PredictionUrls": ".prediction_urls",
    "Problem": ".problem",
    "ProblemInvalidFieldsItem": ".problem_invalid_fields_item",
    "Release": ".release",
    "SearchResponse": ".search_response",
    "Status": ".status",
    "StoredFile": ".stored_file",
    "StoredFileMetadataType0": ".stored_file_metadata_type_0",
    "Training": ".training",
    "TrainingInputType0": ".training_input_type_0",
    "TrainingOutput": ".training_output",
    "TrainingPage": ".training_page",
    "TrainingRequest": ".training_request",
    "TrainingRequestInput": ".training_request_input",
    "Version": ".version",
    "VersionOpenapiSchemaType0": ".version_openapi_schema_type_0",
    "VersionPage": ".version_page",
    "VersionPredictionRequest": ".version_prediction_request",
    "VersionPredictionRequestInput": ".version_prediction_request_input",
    "WebhookEvent": ".webhook_event",
    "WebhookSecret": ".webhook_secret",
}

__all__ = (
    "Account",
    "Checksums",
    "Collection",
    "CollectionItem",
    "CollectionPage",
    "Configuration",
    "Deployment",
    "DeploymentPage",
    "DeploymentRequest",
    "DeploymentUpdate",
    "FilePage",
    "FileRequest",
    "FileRequestMetadata",
    "FileUrls",
    "FoundMetadata",
    "FoundModel",
    "FoundPage",
    "Hardware",
    "Metrics",
    "Model",
    "ModelPage",
    "ModelRequest",
    "ModelUpdate",
    "Prediction",
    "PredictionInputType0",
    "PredictionPage",
    "PredictionRequest",
    "PredictionRequestInput",
    "PredictionUrls",
    "Problem",
    "ProblemInvalidFieldsItem",
    "Release",
    "SearchResponse",
    "Status",
    "StoredFile",
    "StoredFileMetadataType0",
    "Training",
    "TrainingInputType0",
    "TrainingOutput",
    "TrainingPage",
    "TrainingRequest",
    "TrainingRequestInput",
    "Version",
    "VersionOpenapiSchemaType0",
    "VersionPage",
    "VersionPredictionRequest",
    "VersionPredictionRequestInput",
    "WebhookEvent",
    "WebhookSecret",
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
