"""``x-signature`` of the webhooks of a spec."""

from typing import TYPE_CHECKING, Any, cast

from redenlab.core.spec import forms
from redenlab.core.spec.document import Spec
from redenlab.core.spec.signatures import STANDARD, Signature

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
