"""The RedenLab ML clients, and the types of what they answer.

All of it follows from ``openapi/ml.yaml``: the clients, their settings, the overloads per model.
"""

from redenlab_api.ml import models
from redenlab_api.ml.jobs import (
    MODEL_NAMES,
    AsyncInferenceClient,
    InferenceClient,
    ModelName,
    Prediction,
    PredictionStatus,
)

__all__ = [
    "MODEL_NAMES",
    "AsyncInferenceClient",
    "InferenceClient",
    "ModelName",
    "Prediction",
    "PredictionStatus",
    "models",
]
