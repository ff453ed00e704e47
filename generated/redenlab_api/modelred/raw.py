"""Every operation of this API as it is: its arguments in, the whole response out."""

from typing import Final

from redenlab.core.clients import raw as _raw

from .api.assessments import assessments_create as _assessments_create
from .api.assessments import assessments_list as _assessments_list
from .api.assessments import assessments_retrieve as _assessments_retrieve
from .api.assessments_v2 import assessments_v2_cancel as _assessments_v2_cancel
from .api.assessments_v2 import assessments_v2_create as _assessments_v2_create
from .api.assessments_v2 import assessments_v2_list as _assessments_v2_list
from .api.assessments_v2 import assessments_v2_retrieve as _assessments_v2_retrieve
from .api.models import models_create as _models_create
from .api.models import models_delete as _models_delete
from .api.models import models_list as _models_list
from .api.models import models_retrieve as _models_retrieve
from .api.probe_packs import probe_packs_list as _probe_packs_list
from .api.probe_packs import probe_packs_list_imported as _probe_packs_list_imported
from .api.probe_packs import probe_packs_retrieve as _probe_packs_retrieve
from .api.probe_packs import probe_packs_retrieve_data as _probe_packs_retrieve_data
from .api.probes import probes_list as _probes_list


class Raw(_raw.BlockingCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    models_list: Final = _raw.Call(_models_list)
    models_create: Final = _raw.Call(_models_create)
    models_retrieve: Final = _raw.Call(_models_retrieve)
    models_delete: Final = _raw.Call(_models_delete)
    assessments_list: Final = _raw.Call(_assessments_list)
    assessments_create: Final = _raw.Call(_assessments_create)
    assessments_retrieve: Final = _raw.Call(_assessments_retrieve)
    probes_list: Final = _raw.Call(_probes_list)
    assessments_v2_list: Final = _raw.Call(_assessments_v2_list)
    assessments_v2_create: Final = _raw.Call(_assessments_v2_create)
    assessments_v2_retrieve: Final = _raw.Call(_assessments_v2_retrieve)
    assessments_v2_cancel: Final = _raw.Call(_assessments_v2_cancel)
    probe_packs_list: Final = _raw.Call(_probe_packs_list)
    probe_packs_list_imported: Final = _raw.Call(_probe_packs_list_imported)
    probe_packs_retrieve: Final = _raw.Call(_probe_packs_retrieve)
    probe_packs_retrieve_data: Final = _raw.Call(_probe_packs_retrieve_data)


class AsyncRaw(_raw.AsyncCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    models_list: Final = _raw.AsyncCall(_models_list)
    models_create: Final = _raw.AsyncCall(_models_create)
    models_retrieve: Final = _raw.AsyncCall(_models_retrieve)
    models_delete: Final = _raw.AsyncCall(_models_delete)
    assessments_list: Final = _raw.AsyncCall(_assessments_list)
    assessments_create: Final = _raw.AsyncCall(_assessments_create)
    assessments_retrieve: Final = _raw.AsyncCall(_assessments_retrieve)
    probes_list: Final = _raw.AsyncCall(_probes_list)
    assessments_v2_list: Final = _raw.AsyncCall(_assessments_v2_list)
    assessments_v2_create: Final = _raw.AsyncCall(_assessments_v2_create)
    assessments_v2_retrieve: Final = _raw.AsyncCall(_assessments_v2_retrieve)
    assessments_v2_cancel: Final = _raw.AsyncCall(_assessments_v2_cancel)
    probe_packs_list: Final = _raw.AsyncCall(_probe_packs_list)
    probe_packs_list_imported: Final = _raw.AsyncCall(_probe_packs_list_imported)
    probe_packs_retrieve: Final = _raw.AsyncCall(_probe_packs_retrieve)
    probe_packs_retrieve_data: Final = _raw.AsyncCall(_probe_packs_retrieve_data)
