"""Prices of the two models of the design document. The API has no prices."""

from datetime import date
from typing import Final, NamedTuple


class Price(NamedTuple):
    """The price of a model, ``owner/name``: US dollars for one billed unit, and where from."""

    model: str
    dollars: float
    unit: str
    noted: date
    source: str


NOTED: Final = date(2026, 11, 20)
IMAGE: Final = Price("black-forest-labs/flux-schnell", 0.003, "image", NOTED, "design document")
VIDEO: Final = Price("fofr/skyreels-2", 0.10, "second", NOTED, "design document")
PRICES: Final = (IMAGE, VIDEO)
SECONDS_PER_IMAGE: Final = 2  # of a video; an estimate


def estimate(num_images: int, video_duration: float) -> float:
    """The cost in US dollars; raises `ValueError` for a negative number."""
    if num_images < 0 or video_duration < 0:
        raise ValueError("neither num_images nor video_duration can be negative")
    return num_images * IMAGE.dollars + video_duration * VIDEO.dollars
