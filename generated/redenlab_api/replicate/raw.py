"""Every operation of this API as it is: its arguments in, the whole response out."""

from typing import Final

from redenlab.core.clients import raw as _raw

from .api.account import account_get as _account_get
from .api.collections import collections_get as _collections_get
from .api.collections import collections_list as _collections_list
from .api.deployments import deployments_create as _deployments_create
from .api.deployments import deployments_delete as _deployments_delete
from .api.deployments import deployments_get as _deployments_get
from .api.deployments import deployments_list as _deployments_list
from .api.deployments import deployments_predictions_create as _deployments_predictions_create
from .api.deployments import deployments_update as _deployments_update
from .api.files import files_create as _files_create
from .api.files import files_delete as _files_delete
from .api.files import files_download as _files_download
from .api.files import files_get as _files_get
from .api.files import files_list as _files_list
from .api.hardware import hardware_list as _hardware_list
from .api.models import models_create as _models_create
from .api.models import models_delete as _models_delete
from .api.models import models_examples_list as _models_examples_list
from .api.models import models_get as _models_get
from .api.models import models_list as _models_list
from .api.models import models_predictions_create as _models_predictions_create
from .api.models import models_readme_get as _models_readme_get
from .api.models import models_search as _models_search
from .api.models import models_update as _models_update
from .api.models import models_versions_delete as _models_versions_delete
from .api.models import models_versions_get as _models_versions_get
from .api.models import models_versions_list as _models_versions_list
from .api.predictions import predictions_cancel as _predictions_cancel
from .api.predictions import predictions_create as _predictions_create
from .api.predictions import predictions_get as _predictions_get
from .api.predictions import predictions_list as _predictions_list
from .api.search import search as _search
from .api.trainings import trainings_cancel as _trainings_cancel
from .api.trainings import trainings_create as _trainings_create
from .api.trainings import trainings_get as _trainings_get
from .api.trainings import trainings_list as _trainings_list
from .api.webhooks import webhooks_default_secret_get as _webhooks_default_secret_get


class Raw(_raw.BlockingCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    predictions_list: Final = _raw.Call(_predictions_list)
    predictions_create: Final = _raw.Call(_predictions_create)
    predictions_get: Final = _raw.Call(_predictions_get)
    predictions_cancel: Final = _raw.Call(_predictions_cancel)
    account_get: Final = _raw.Call(_account_get)
    collections_list: Final = _raw.Call(_collections_list)
    collections_get: Final = _raw.Call(_collections_get)
    deployments_list: Final = _raw.Call(_deployments_list)
    deployments_create: Final = _raw.Call(_deployments_create)
    deployments_get: Final = _raw.Call(_deployments_get)
    deployments_update: Final = _raw.Call(_deployments_update)
    deployments_delete: Final = _raw.Call(_deployments_delete)
    deployments_predictions_create: Final = _raw.Call(_deployments_predictions_create)
    files_list: Final = _raw.Call(_files_list)
    files_create: Final = _raw.Call(_files_create)
    files_get: Final = _raw.Call(_files_get)
    files_delete: Final = _raw.Call(_files_delete)
    files_download: Final = _raw.Call(_files_download)
    hardware_list: Final = _raw.Call(_hardware_list)
    models_list: Final = _raw.Call(_models_list)
    models_create: Final = _raw.Call(_models_create)
    models_search: Final = _raw.Call(_models_search)
    models_get: Final = _raw.Call(_models_get)
    models_update: Final = _raw.Call(_models_update)
    models_delete: Final = _raw.Call(_models_delete)
    models_examples_list: Final = _raw.Call(_models_examples_list)
    models_predictions_create: Final = _raw.Call(_models_predictions_create)
    models_readme_get: Final = _raw.Call(_models_readme_get)
    models_versions_list: Final = _raw.Call(_models_versions_list)
    models_versions_get: Final = _raw.Call(_models_versions_get)
    models_versions_delete: Final = _raw.Call(_models_versions_delete)
    trainings_create: Final = _raw.Call(_trainings_create)
    search: Final = _raw.Call(_search)
    trainings_list: Final = _raw.Call(_trainings_list)
    trainings_get: Final = _raw.Call(_trainings_get)
    trainings_cancel: Final = _raw.Call(_trainings_cancel)
    webhooks_default_secret_get: Final = _raw.Call(_webhooks_default_secret_get)


class AsyncRaw(_raw.AsyncCalls):
    """The operations; see `redenlab.core.clients.raw`."""

    predictions_list: Final = _raw.AsyncCall(_predictions_list)
    predictions_create: Final = _raw.AsyncCall(_predictions_create)
    predictions_get: Final = _raw.AsyncCall(_predictions_get)
    predictions_cancel: Final = _raw.AsyncCall(_predictions_cancel)
    account_get: Final = _raw.AsyncCall(_account_get)
    collections_list: Final = _raw.AsyncCall(_collections_list)
    collections_get: Final = _raw.AsyncCall(_collections_get)
    deployments_list: Final = _raw.AsyncCall(_deployments_list)
    deployments_create: Final = _raw.AsyncCall(_deployments_create)
    deployments_get: Final = _raw.AsyncCall(_deployments_get)
    deployments_update: Final = _raw.AsyncCall(_deployments_update)
    deployments_delete: Final = _raw.AsyncCall(_deployments_delete)
    deployments_predictions_create: Final = _raw.AsyncCall(_deployments_predictions_create)
    files_list: Final = _raw.AsyncCall(_files_list)
    files_create: Final = _raw.AsyncCall(_files_create)
    files_get: Final = _raw.AsyncCall(_files_get)
    files_delete: Final = _raw.AsyncCall(_files_delete)
    files_download: Final = _raw.AsyncCall(_files_download)
    hardware_list: Final = _raw.AsyncCall(_hardware_list)
    models_list: Final = _raw.AsyncCall(_models_list)
    models_create: Final = _raw.AsyncCall(_models_create)
    models_search: Final = _raw.AsyncCall(_models_search)
    models_get: Final = _raw.AsyncCall(_models_get)
    models_update: Final = _raw.AsyncCall(_models_update)
    models_delete: Final = _raw.AsyncCall(_models_delete)
    models_examples_list: Final = _raw.AsyncCall(_models_examples_list)
    models_predictions_create: Final = _raw.AsyncCall(_models_predictions_create)
    models_readme_get: Final = _raw.AsyncCall(_models_readme_get)
    models_versions_list: Final = _raw.AsyncCall(_models_versions_list)
    models_versions_get: Final = _raw.AsyncCall(_models_versions_get)
    models_versions_delete: Final = _raw.AsyncCall(_models_versions_delete)
    trainings_create: Final = _raw.AsyncCall(_trainings_create)
    search: Final = _raw.AsyncCall(_search)
    trainings_list: Final = _raw.AsyncCall(_trainings_list)
    trainings_get: Final = _raw.AsyncCall(_trainings_get)
    trainings_cancel: Final = _raw.AsyncCall(_trainings_cancel)
    webhooks_default_secret_get: Final = _raw.AsyncCall(_webhooks_default_secret_get)
