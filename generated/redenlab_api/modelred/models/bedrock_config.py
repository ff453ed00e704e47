"""How the service reaches a model of Amazon Bedrock."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class BedrockConfig(Record):
    """How the service reaches a model of Amazon Bedrock."""

    region: str = field(decoding.string)
    """Region of AWS, such as `us-east-1`."""
    model_id: str = field(decoding.string)
    """Id of the model at Bedrock."""
    access_key_id: str = field(decoding.string, secret=True)
    """Access key of AWS."""
    secret_access_key: str = field(decoding.string, secret=True)
    """Second half of the access key."""
    session_token: str | None = field(decoding.string, default=None, secret=True)
    """Token of a temporary key. Left out for a lasting one."""
    temperature: float | None = field(decoding.number, default=0.0)
    """How free answers are."""
    max_tokens: int | None = field(decoding.integer, default=1024)
    """Tokens of an answer at most."""
