"""The words known for ModelOrder when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ModelOrder = Literal[
    "createdAt",
    "displayName",
    "isActive",
    "lastTested",
    "modelId",
    "modelName",
    "provider",
    "testCount",
]

model_order: decoding.Decoder[ModelOrder] = decoding.words(ModelOrder)
"""Reads a word; one that is newer than this file passes as it is."""
