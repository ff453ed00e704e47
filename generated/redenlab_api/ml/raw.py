"""Every operation of this API as it is: its arguments in, the whole response out."""

from typing import Final

from redenlab.core.clients import raw as _raw

from .api.inference import create_upload_url as _create_upload_url
from .api.inference import get_health as _get_health
from .api.inference import get_result as _get_result
from .api.inference import predict as _predict


class Raw(_raw.BlockingCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    create_upload_url: Final = _raw.Call(_create_upload_url)
    predict: Final = _raw.Call(_predict)
    get_health: Final = _raw.Call(_get_health)
    get_result: Final = _raw.Call(_get_result)


class AsyncRaw(_raw.AsyncCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    create_upload_url: Final = _raw.AsyncCall(_create_upload_url)
    predict: Final = _raw.AsyncCall(_predict)
    get_health: Final = _raw.AsyncCall(_get_health)
    get_result: Final = _raw.AsyncCall(_get_result)
