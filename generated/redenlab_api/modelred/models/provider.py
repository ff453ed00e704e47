"""The words known for Provider when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

Provider = Literal[
    "anthropic",
    "azure",
    "bedrock",
    "google",
    "grok",
    "huggingface",
    "openai",
    "openrouter",
    "rest",
    "sagemaker",
]

provider: decoding.Decoder[Provider] = decoding.words(Provider)
"""Reads a word; one that is newer than this file passes as it is."""
