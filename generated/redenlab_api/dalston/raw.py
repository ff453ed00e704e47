"""Every operation of this API as it is: its arguments in, the whole response out."""

from typing import Final

from redenlab.core.clients import raw as _raw

from .api.models import get_model as _get_model
from .api.models import list_engines as _list_engines
from .api.models import list_models as _list_models
from .api.pii import list_pii_entity_types as _list_pii_entity_types
from .api.realtime import get_realtime_status as _get_realtime_status
from .api.realtime import realtime_sessions_audio as _realtime_sessions_audio
from .api.realtime import realtime_sessions_delete as _realtime_sessions_delete
from .api.realtime import realtime_sessions_export as _realtime_sessions_export
from .api.realtime import realtime_sessions_get as _realtime_sessions_get
from .api.realtime import realtime_sessions_list as _realtime_sessions_list
from .api.realtime import realtime_sessions_transcript as _realtime_sessions_transcript
from .api.server import health as _health
from .api.tokens import create_session_token as _create_session_token
from .api.transcriptions import cancel as _cancel
from .api.transcriptions import delete as _delete
from .api.transcriptions import delete_audio as _delete_audio
from .api.transcriptions import get_audio as _get_audio
from .api.transcriptions import get_redacted_audio as _get_redacted_audio
from .api.transcriptions import list_jobs as _list_jobs
from .api.transcriptions import rename as _rename
from .api.transcriptions import transcriptions_create as _transcriptions_create
from .api.transcriptions import transcriptions_export as _transcriptions_export
from .api.transcriptions import transcriptions_get as _transcriptions_get


class Raw(_raw.BlockingCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    health: Final = _raw.Call(_health)
    list_jobs: Final = _raw.Call(_list_jobs)
    transcriptions_create: Final = _raw.Call(_transcriptions_create)
    transcriptions_get: Final = _raw.Call(_transcriptions_get)
    rename: Final = _raw.Call(_rename)
    delete: Final = _raw.Call(_delete)
    cancel: Final = _raw.Call(_cancel)
    transcriptions_export: Final = _raw.Call(_transcriptions_export)
    get_audio: Final = _raw.Call(_get_audio)
    delete_audio: Final = _raw.Call(_delete_audio)
    get_redacted_audio: Final = _raw.Call(_get_redacted_audio)
    get_realtime_status: Final = _raw.Call(_get_realtime_status)
    realtime_sessions_list: Final = _raw.Call(_realtime_sessions_list)
    realtime_sessions_get: Final = _raw.Call(_realtime_sessions_get)
    realtime_sessions_delete: Final = _raw.Call(_realtime_sessions_delete)
    realtime_sessions_transcript: Final = _raw.Call(_realtime_sessions_transcript)
    realtime_sessions_audio: Final = _raw.Call(_realtime_sessions_audio)
    realtime_sessions_export: Final = _raw.Call(_realtime_sessions_export)
    list_models: Final = _raw.Call(_list_models)
    get_model: Final = _raw.Call(_get_model)
    list_engines: Final = _raw.Call(_list_engines)
    create_session_token: Final = _raw.Call(_create_session_token)
    list_pii_entity_types: Final = _raw.Call(_list_pii_entity_types)


class AsyncRaw(_raw.AsyncCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    health: Final = _raw.AsyncCall(_health)
    list_jobs: Final = _raw.AsyncCall(_list_jobs)
    transcriptions_create: Final = _raw.AsyncCall(_transcriptions_create)
    transcriptions_get: Final = _raw.AsyncCall(_transcriptions_get)
    rename: Final = _raw.AsyncCall(_rename)
    delete: Final = _raw.AsyncCall(_delete)
    cancel: Final = _raw.AsyncCall(_cancel)
    transcriptions_export: Final = _raw.AsyncCall(_transcriptions_export)
    get_audio: Final = _raw.AsyncCall(_get_audio)
    delete_audio: Final = _raw.AsyncCall(_delete_audio)
    get_redacted_audio: Final = _raw.AsyncCall(_get_redacted_audio)
    get_realtime_status: Final = _raw.AsyncCall(_get_realtime_status)
    realtime_sessions_list: Final = _raw.AsyncCall(_realtime_sessions_list)
    realtime_sessions_get: Final = _raw.AsyncCall(_realtime_sessions_get)
    realtime_sessions_delete: Final = _raw.AsyncCall(_realtime_sessions_delete)
    realtime_sessions_transcript: Final = _raw.AsyncCall(_realtime_sessions_transcript)
    realtime_sessions_audio: Final = _raw.AsyncCall(_realtime_sessions_audio)
    realtime_sessions_export: Final = _raw.AsyncCall(_realtime_sessions_export)
    list_models: Final = _raw.AsyncCall(_list_models)
    get_model: Final = _raw.AsyncCall(_get_model)
    list_engines: Final = _raw.AsyncCall(_list_engines)
    create_session_token: Final = _raw.AsyncCall(_create_session_token)
    list_pii_entity_types: Final = _raw.AsyncCall(_list_pii_entity_types)
