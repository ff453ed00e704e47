"""``x-signature`` of the webhooks of a spec."""

from typing import TYPE_CHECKING, Any, cast

from redenlab.core.spec import forms
from redenlab.core.spec.document import Spec
from redenlab.core.spec.signatures import STANDARD, Signature
from redenlab.core.spec.steps import Lookup

if TYPE_CHECKING:
    from collections.abc import Mapping


def signatures(spec: Spec) -> dict[str, Signature]:
    """How the deliveries of each webhook of a spec are signed, by the webhook's name."""
    found: dict[str, Signature] = {}
    for name, item in cast("Mapping[str, Any]", spec.document.get("webhooks", {})).items():
        block = spec.resolve(item).get("post", {}).get("x-signature")
        if block == "standard":
            found[name] = STANDARD
        elif block is not None:
            found[name] = forms.read(Signature, block, spec.error, "x-signature")
    return found


def secrets(spec: Spec) -> dict[str, Lookup]:
    """How the secret of each webhook of a spec is fetched, by the webhook's name."""
    webhooks = cast("Mapping[str, Any]", spec.document.get("webhooks", {}))
    posts = {name: spec.resolve(item).get("post", {}) for name, item in webhooks.items()}
    return {
        name: forms.read(Lookup, post["x-secret"], spec.error, "x-secret")
        for name, post in posts.items()
        if "x-secret" in post
    }
