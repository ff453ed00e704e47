"""The RedenLab ML clients, and the types of their results.

All of it is generated from ``openapi/ml.yaml``: the clients, settings and overloads per model.
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
