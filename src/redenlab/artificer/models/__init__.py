"""The types of what is sent and returned, by their names on the wire."""

from redenlab_api.artificer.models import *  # noqa: F403  # pyright: ignore[reportWildcardImportFromLibrary]
from redenlab_api.artificer.models import __all__ as __all__
