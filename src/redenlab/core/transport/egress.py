"""Which hosts may be reached that someone else named, before and after their names are resolved.

What the user names (a base URL, a proxy, the URL of a recording) may be anywhere. What a server
names, and what is inside the URL of a recording, may be in no more private a network than the API
is (server-side request forgery, OWASP Top Ten 2021, A10): by its name, and by the addresses that
the name stands for at the moment of the connection, which leads to one of these addresses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from redenlab.core.errors import ConfigurationError, UntrustedURL
from redenlab.core.transport import url_policy
from redenlab.core.transport.url_policy import NetworkZone, zone

HINT: Final = "if that is right, allow the host: egress=Egress(allow_hosts=[...])"

Lookup = Callable[[str], Sequence[str]]
"""The addresses of a host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Egress:
    """What a client may reach beside what its user named.

    A host is written as its exact name or address, or as ``.example.com`` for all names below it.

    Attributes:
        allow_hosts: Hosts that may be in a more private network than the API, such as storage with
            a private endpoint, whose public name has a private address.
        only_hosts: No others may be reached than these, `allow_hosts` and the API's own; ``None``
            means that any may.
        allow_private: Whether all hosts may be in more private networks than the API.
        trust_sources: Whether the https URL of a recording counts as named by the user. Switch it
            off where others write these URLs, such as the users of an application.
        local_files: Whether recordings may be given as ``file://``, ``local://`` and other URLs of
            files on this machine. Paths are no URLs, and are always taken.
    """

    allow_hosts: Sequence[str] = ()
    only_hosts: Sequence[str] | None = None
    allow_private: bool = False
    trust_sources: bool = True
    local_files: bool = True

    def check(self) -> None:
        """Find mistakes before anything is sent.

        Raises:
            ConfigurationError: A host is written in another way.
        """
        for name in ("allow_hosts", "only_hosts"):
            hosts = getattr(self, name) or ()
            if isinstance(hosts, str) or not all(_is_host(host) for host in hosts):
                raise ConfigurationError(
                    f"egress: {name} is no list of hosts",
                    hint=f'such as Egress({name}=["storage.example.com", ".example.org"])',
                )

    def problem_with(self, url: str, named_by: str | None) -> str | None:
        """Why `url` must not be requested; ``None`` if it may be, as far as it says by itself.

        Args:
            url: An http or https URL.
            named_by: URL of the one that named it, which is the API or where it leads to; ``None``
                where the user did.
        """
        problem = url_policy.problem_with(url, url)
        return problem or self.problem_with_host(url_policy.host_of(url), named_by)

    def problem_with_host(self, host: str, named_by: str | None) -> str | None:
        """Why no connection may be made to `host`, whatever the protocol; see `problem_with`."""
        if named_by is None or self._allows(host):
            return None
        namer = url_policy.host_of(named_by)
        if zone(host) < zone(namer):
            return "leads into a more private network than its sender's"
        if self._is_listed(host) or host == namer:
            return None
        return "leads to a host that is not among only_hosts"

    def admitted(
        self, host: str, addresses: Sequence[str], named_by: str | None, lookup: Lookup
    ) -> Sequence[str]:
        """Those of the `addresses` of `host` that a connection may lead to.

        Args:
            host: As in the URL.
            addresses: What it stands for right now.
            named_by: See `problem_with`.
            lookup: For `named_by`: its name may stand for private addresses as well.

        Raises:
            UntrustedURL: There are none.
        """
        if named_by is None or self._allows(host):
            return addresses
        namer = url_policy.host_of(named_by)
        found = addresses if host == namer else _beyond(zone(namer), addresses)
        if not found and namer:
            found = _beyond(min(map(zone, lookup(namer)), default=NetworkZone.WORLD), addresses)
        if not found:
            raise UntrustedURL(
                f"{host} stands for an address in a more private network than its sender's",
                hint=HINT,
            )
        return found

    def _allows(self, host: str) -> bool:
        return self.allow_private or is_among(host, self.allow_hosts)

    def _is_listed(self, host: str) -> bool:
        return self.only_hosts is None or is_among(host, (*self.only_hosts, *self.allow_hosts))


ANY: Final = Egress()
"""The policy of a client that was given none."""


def is_among(host: str, hosts: Sequence[str]) -> bool:
    """Whether `host` is one of `hosts`, or below one that begins with a point."""
    name = host.lower()
    return any(
        name.endswith(each) if each.startswith(".") else name == each
        for each in (each.lower() for each in hosts)
    )


def _beyond(floor: NetworkZone, addresses: Sequence[str]) -> Sequence[str]:
    return [address for address in addresses if zone(address) >= floor]


def _is_host(value: object) -> bool:
    return isinstance(value, str) and url_policy.is_written(value.removeprefix("."))
