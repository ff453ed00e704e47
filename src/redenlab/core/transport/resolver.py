"""Names to addresses: by the system, within the policy of the client.

Both drivers connect to nothing but the addresses that this module returns. So a name cannot stand
for one address while it is checked and for another one when the connection is made (DNS rebinding).
"""

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import chain, zip_longest
from typing import Final

from redenlab.core.transport.egress import ANY, Egress, Lookup

STAGGER: Final = 0.25
"""Seconds after which the next address is tried beside the one before (RFC 8305, section 5)."""


def is_address(host: str) -> bool:
    """Whether there is nothing to resolve."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def lookup(host: str) -> Sequence[str]:
    """All addresses of `host`, the families in turns (RFC 8305, section 4); it blocks.

    Raises:
        OSError: The name is unknown, or could not be looked up.
    """
    if is_address(host):
        return [host]
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise OSError(0, "the name is malformed") from None
    families: dict[int, list[str]] = {}
    for family, _, _, _, address in found:
        families.setdefault(family, []).append(str(address[0]))
    turns = chain.from_iterable(zip_longest(*families.values()))
    return list(dict.fromkeys(address for address in turns if address is not None))


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves what one side named.

    Attributes:
        egress: The policy.
        named_by: URL of the one that names hosts; ``None`` where the user does.
        lookup: All addresses of a name; it may block.
    """

    egress: Egress = ANY
    named_by: str | None = None
    lookup: Lookup = lookup

    def addresses(self, host: str) -> Sequence[str]:
        """The addresses of `host` that may be connected to, best first; it blocks.

        Raises:
            OSError: The name is unknown, or could not be looked up.
            UntrustedURL: None of them may be connected to.
        """
        return self.egress.admitted(host, self.lookup(host), self.named_by, self.lookup)
