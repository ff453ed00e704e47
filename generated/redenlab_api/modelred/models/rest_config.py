"""How the service reaches a model behind an HTTP API of your own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.rest_config_headers import RestConfigHeaders
    from ..models.rest_config_proxies import RestConfigProxies
    from ..models.rest_config_req_template_json_object import RestConfigReqTemplateJsonObject


class RestConfig(Record):
    """How the service reaches a model behind an HTTP API of your own."""

    uri: str = field(decoding.string)
    """Where requests go."""
    method: str | None = field(decoding.string, default="POST")
    """Method of the requests."""
    headers: RestConfigHeaders | None = field(
        record(lambda: models.RestConfigHeaders), default=None
    )
    """Headers of the requests. Left out, none."""
    api_key: str | None = field(decoding.string, default=None, secret=True)
    """Key that the headers may name. Left out, none."""
    req_template: str | None = field(decoding.string, default="$INPUT")
    """The body of a request; the prompt takes the place of `$INPUT`."""
    req_template_json_object: RestConfigReqTemplateJsonObject | None = field(
        record(lambda: models.RestConfigReqTemplateJsonObject), default=None
    )
    """The body as JSON. Left out where `req_template` is used."""
    response_json: bool | None = field(decoding.boolean, default=True)
    """Whether responses are JSON."""
    response_json_field: str | None = field(decoding.string, default="text")
    """Where their text is: keys with dots between."""
    request_timeout: float | None = field(decoding.number, default=20.0)
    """Seconds for one request."""
    ratelimit_codes: list[int] | None = field(decoding.array(decoding.integer), default=None)
    """HTTP statuses that ask for a pause. Left out, only 429."""
    skip_codes: list[int] | None = field(decoding.array(decoding.integer), default=None)
    """HTTP statuses that end a case without a result. Left out, none."""
    verify_ssl: bool | None = field(decoding.boolean, default=None)
    """Whether certificates are checked. Left out, the service decides."""
    proxies: RestConfigProxies | None = field(
        record(lambda: models.RestConfigProxies), default=None
    )
    """Proxies, by scheme. Left out, none."""
