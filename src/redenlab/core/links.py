"""Links in answers: which of them lead back to the API, and so may be followed with the key."""

from urllib.parse import urlsplit

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


def origin(url: str) -> str:
    """Scheme and host of `url`, which is all of it that may be shown."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}" if parts.hostname else "no address"
    except ValueError:
        return "no address"
