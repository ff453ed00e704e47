"""The plain client of this backend."""

from redenlab_api import client


class Client(client.Client):
    """Sends the operations of this backend, signed as its spec says."""

    auth_header = "Authorization"
    auth_prefix = "Bearer"
