"""The plain client of this backend."""

from redenlab.lowlevel import client


class Client(client.Client):
    """Sends the operations of this backend, signed as its spec says."""

    key_name = "Authorization"
    key_prefix = "Bearer"
    key_in_query = False
