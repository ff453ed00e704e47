"""How the service reaches a deployment of Azure OpenAI."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class AzureConfig(Record):
    """How the service reaches a deployment of Azure OpenAI."""

    api_key: str = field(decoding.string, secret=True)
    """Key of the Azure resource."""
    endpoint: str = field(decoding.string)
    """Address of the Azure resource, with `https://`."""
    deployment_name: str = field(decoding.string)
    """Name of the deployment in that resource."""
    api_version: str | None = field(decoding.string, default="2024-06-01")
    """A date, as Azure names its versions."""
