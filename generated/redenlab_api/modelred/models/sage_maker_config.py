"""How the service reaches an endpoint of Amazon SageMaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.sage_maker_config_request_json_template import SageMakerConfigRequestJsonTemplate


class SageMakerConfig(Record):
    """How the service reaches an endpoint of Amazon SageMaker."""

    region: str = field(decoding.string)
    """Region of AWS, such as `us-east-1`."""
    endpoint_name: str = field(decoding.string)
    """Name of the endpoint in that region."""
    access_key_id: str = field(decoding.string, secret=True)
    """Access key of AWS."""
    secret_access_key: str = field(decoding.string, secret=True)
    """Second half of the access key."""
    session_token: str | None = field(decoding.string, default=None, secret=True)
    """Token of a temporary key. Left out for a lasting one."""
    content_type: str | None = field(decoding.string, default=None)
    """Media type of requests. Left out, the service decides."""
    accept: str | None = field(decoding.string, default=None)
    """Media type of responses. Left out, the service decides."""
    request_json_template: SageMakerConfigRequestJsonTemplate | None = field(
        record(lambda: models.SageMakerConfigRequestJsonTemplate), default=None
    )
    """The body of a request as JSON. Left out where a text is used."""
    request_text_template: str | None = field(decoding.string, default=None)
    """The body of a request as text. Left out where JSON is used."""
    response_json_field: str | None = field(decoding.string, default="generated_text")
    """Where the text of responses is: keys with dots between."""
    timeout_ms: int | None = field(decoding.integer, default=20000)
    """Milliseconds for one request."""
