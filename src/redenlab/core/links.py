"""Links in answers: which of them lead back to the API, and so may be followed with the key."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from redenlab.core.config import is_loopback
from redenlab.core.errors import UnexpectedAnswer


def below(url: str, base_url: str) -> str | None:
    """What follows the base URL in `url`; ``None`` where `url` leads elsewhere.

    Plain http to the very host of an https API counts: it is followed over https.
    """
    if base_url.startswith("https://") and url.startswith("http://"):
        url = f"https://{url.removeprefix('http://')}"
    rest = url.removeprefix(base_url)
    return rest if rest != url and rest.startswith(("/", "?")) and rest.isprintable() else None


def own(url: str, base_url: str) -> str:
    """What follows the base URL in `url`.

    Raises:
        UnexpectedAnswer: It leads to another place, which is never asked with the key.
    """
    found = below(url, base_url)
    if found is not None and " " not in found:
        return found
    raise UnexpectedAnswer(
        f"the service points to {origin(url)}, which is not below {base_url}",
        hint="nothing was sent there; check the base URL",
    )


def trusted(url: str, base_url: str) -> bool:
    """Whether a link may be contacted at all, without the key.

    It must not point into the caller's own network, nor travel in the clear.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    local = is_loopback(host) and is_loopback(urlsplit(base_url).hostname)
    odd = "\\" in url or " " in url or not url.isprintable() or "@" in parts.netloc
    return bool(host) and not odd and (local or (parts.scheme == "https" and not is_loopback(host)))


def within(url: str, domains: Sequence[str]) -> bool:
    """Whether `url` is https and its host one of `domains` or below one of them."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = f".{parts.hostname or ''}"
    return parts.scheme == "https" and any(host.endswith(f".{domain}") for domain in domains)


def origin(url: str) -> str:
    """Scheme and host of `url`, which is all of it that may be shown."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}" if parts.hostname else "no address"
    except ValueError:
        return "no address"
