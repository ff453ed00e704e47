"""Which URLs may be requested that someone else named: a presigned link, a redirect's target.

A server-supplied URL must not point into a more private network than the API's own, or a service
on the Internet could make us write to a machine behind our firewall (server-side request forgery,
OWASP Top Ten 2021, A10). The key is sent to the API's own origin alone: pages and links in results
have to be below the base URL, steps of a job's lifecycle on its origin.

This is what URLs say by themselves. `redenlab.core.transport.egress` adds what their names stand
for when they are connected to, and the exceptions that a user makes.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import httpx

from redenlab.core.errors import UntrustedURL

_WRITTEN = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+:[0-9a-f:.]*")
"""A name in ASCII, or an IPv6 address without a zone."""

_WRAPPED = ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
"""Addresses for any IPv4 one (RFC 4291, RFC 2765, RFC 6052, RFC 8215, RFC 4380, RFC 3056)."""

_LOCAL = ("192.0.0.0/24", "168.63.129.16/32", "fec0::/10", "5f00::/16")
"""Addresses of networks that not every version of Python takes for private (RFC 6890, RFC 3879,
RFC 9602), and one by which the host of a virtual machine speaks to it."""

_NEAR = tuple(ip_network(block) for block in (*_WRAPPED, *_LOCAL))

_LOCAL_NAMES = (".internal", ".local", ".localdomain", ".home.arpa", ".intranet", ".lan", ".corp")
"""Names that the world does not know (RFC 6762, RFC 8375, and what ICANN keeps free for it)."""


class NetworkZone(IntEnum):
    """Where a host is, from near to far."""

    MACHINE = 0
    NETWORK = 1
    WORLD = 2


def is_loopback(host: str | None) -> bool:
    """Whether `host` names this machine: ``localhost``, 127.0.0.0/8 or ``::1``."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def problem_with(url: str, origin: str) -> str | None:
    """Why `url`, named by the host of `origin`, must not be requested; ``None`` if it may be.

    It is read by the very class that connects, since two parsers of one URL may disagree.
    """
    try:
        address, host = httpx.URL(url), _host(url)
        port = 443 if address.port is None else address.port
    except (httpx.InvalidURL, ValueError):
        host, port = "", 0
    else:
        if address.userinfo:
            return "has user info"
        if address.scheme != "https" and not (address.scheme == "http" and is_loopback(host)):
            return "is not https"
    odd = "\\" in url or not url.isprintable()
    if odd or not is_written(host) or not 0 < port < 2**16:
        return "is malformed"
    if host.endswith(".") or _is_odd_number(host):
        return "has an oddly written host"
    if zone(host) < zone(_host(origin)):
        return "leads into a more private network than its sender's"
    return None


def zone(host: str) -> NetworkZone:
    """Where `host` is, by its address, or by what its name says."""
    try:
        address = ip_address(host)
    except ValueError:
        return _zone_of_name(host.lower())
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback or address.is_unspecified:
        return NetworkZone.MACHINE
    if any(address in network for network in _NEAR) or address.is_multicast:
        return NetworkZone.NETWORK
    return NetworkZone.WORLD if address.is_global else NetworkZone.NETWORK


def _zone_of_name(name: str) -> NetworkZone:
    if name == "localhost" or name.endswith(".localhost"):  # RFC 6761, section 6.3
        return NetworkZone.MACHINE
    is_bare = name != "" and "." not in name  # such as metadata, and intranet
    is_local = is_bare or name.endswith(_LOCAL_NAMES)
    return NetworkZone.NETWORK if is_local else NetworkZone.WORLD


def host_of(url: str) -> str:
    """The host of `url`; empty where there is none."""
    try:
        return _host(url)
    except (httpx.InvalidURL, ValueError):
        return ""


def is_written(host: str) -> bool:
    """Whether `host` is written as one: a name in ASCII, or an address."""
    return _WRITTEN.fullmatch(host) is not None


def _host(url: str) -> str:
    return httpx.URL(url).raw_host.decode("ascii")


def _is_odd_number(host: str) -> bool:
    """Whether resolvers take `host` for an IPv4 address though it is not written as one.

    Such as 2130706433, 0x7f.1 and 127.1 (WHATWG URL, "ends in a number").
    """
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]) is None:
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def below(url: str, base_url: str) -> str | None:
    """The part of `url` after the base URL; ``None`` where `url` leads elsewhere.

    Plain http to the very host of an https API counts: it is followed over https.
    """
    if base_url.startswith("https://") and url.startswith("http://"):
        url = f"https://{url.removeprefix('http://')}"
    rest = url.removeprefix(base_url)
    return rest if rest != url and rest.startswith(("/", "?")) and rest.isprintable() else None


def own(url: str, base_url: str) -> str:
    """The part of `url` after the base URL."""
    found = below(url, base_url)
    if found is not None and " " not in found:
        return found
    raise UntrustedURL(f"the service points to {origin(url)}, which is not below {base_url}")


def absolute(reference: str, base_url: str) -> str:
    """A URL that a service sent, which may be relative to its own (RFC 3986, section 5)."""
    if "://" in reference[:10]:
        return reference
    try:
        return str(httpx.URL(base_url).join(reference))
    except httpx.InvalidURL:
        return reference


def on_origin(url: str, base_url: str) -> str | None:
    """`url` where it is on the origin of the base URL; ``None`` where it leads elsewhere.

    Plain http to the very host of an https API counts: it is followed over https.
    """
    if base_url.startswith("https://") and url.startswith("http://"):
        url = f"https://{url.removeprefix('http://')}"
    good = problem_with(url, base_url) is None and " " not in url
    return url if good and same_origin(url, base_url) else None


def same_origin(url: str, base_url: str) -> bool:
    """Whether both have the same scheme, host and port (RFC 6454, section 4)."""
    try:
        one, other = httpx.URL(url), httpx.URL(base_url)
    except httpx.InvalidURL:
        return False
    return _origin(one) == _origin(other)


def _origin(url: httpx.URL) -> tuple[str, bytes, int | None]:
    return url.scheme, url.raw_host, url.port or {"https": 443, "http": 80}.get(url.scheme)


def within(url: str, domains: Sequence[str]) -> bool:
    """Whether `url` is https and its host one of `domains` or below one of them."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = f".{parts.hostname or ''}"
    return parts.scheme == "https" and any(host.endswith(f".{domain}") for domain in domains)


def is_same_service(host: str, other: str) -> bool:
    """Whether two different names are of one domain, such as of two regions of one storage."""
    domain = _domain(host)
    return host != other and domain is not None and domain == _domain(other)


def _domain(host: str) -> str | None:
    """The last labels of a name, as many as one owner has; ``None`` where it has too few."""
    labels = host.lower().split(".")
    if _ADDRESS.fullmatch(host):
        return None
    count = 3 if len(labels[-1]) == 2 and len(labels[-2:][0]) <= 3 else 2  # such as co.uk
    return ".".join(labels[-count:]) if len(labels) > count else None


_ADDRESS = re.compile(r"[0-9.]+|.*:.*")


def origin(url: str) -> str:
    """Scheme and host of `url`, the only part that may be shown."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}" if parts.hostname else "no address"
    except ValueError:
        return "no address"
