"""`run`, `stream` and `use` of a client that is made from the environment when it is needed."""

import atexit
from functools import cache
from typing import Final

from redenlab.core.clients.shared import methods_of
from redenlab.replicate.client import ReplicateClient


@cache
def default_client() -> ReplicateClient:
    """The client of this module's functions; raises `MissingKey` where there is no key."""
    client = ReplicateClient()
    atexit.register(client.close)
    return client


_methods = methods_of(default_client, ReplicateClient)
run: Final = _methods.run
stream: Final = _methods.stream
use: Final = _methods.use
