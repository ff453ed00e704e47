"""RedenLab ML: speech models behind a job queue.

    from redenlab.ml import InferenceClient, TranscribeResult

Names are imported on first use: the clients from `redenlab.ml.client`, and every model of the API,
such as the types of results.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from redenlab_api.ml import models

if TYPE_CHECKING:
    from redenlab.ml.client import (
        MODEL_NAMES,
        AsyncInferenceClient,
        InferenceClient,
        ModelName,
        ModelResult,
        Prediction,
        PredictionStatus,
    )

    # A new model is exported by the spec alone.
    from redenlab_api.ml.models import *  # noqa: F403  # pyright: ignore[reportWildcardImportFromLibrary]

__all__ = [
    "MODEL_NAMES",
    "AsyncInferenceClient",
    "InferenceClient",
    "ModelName",
    "ModelResult",
    "Prediction",
    "PredictionStatus",
]
__all__ += models.__all__


def __getattr__(name: str) -> Any:
    """Import a name on first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = models if name in models.__all__ else import_module("redenlab.ml.client")
    value = getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, imported or not."""
    return sorted({*globals(), *__all__})
