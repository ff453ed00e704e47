"""The RedenLab ML clients, and the types of their results.

All of it is generated from ``openapi/ml.yaml``: the clients, settings and overloads by result.
"""

from redenlab_api.ml import models
from redenlab_api.ml.jobs import (
    MODEL_NAMES,
    AsyncInferenceClient,
    InferenceClient,
    ModelName,
    ModelResult,
    Prediction,
    PredictionStatus,
)

__all__ = [
    "MODEL_NAMES",
    "AsyncInferenceClient",
    "InferenceClient",
    "ModelName",
    "ModelResult",
    "Prediction",
    "PredictionStatus",
    "models",
]
