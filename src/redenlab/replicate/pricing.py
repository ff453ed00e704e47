"""Prices of the two models of the design document. The API has no prices."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Price:
    """The price of a model.

    Attributes:
        model: ``owner/name``.
        dollars: US dollars for one `unit`.
        unit: The billed unit, such as ``image`` or ``second``.
        noted: Date of the price; prices change without notice.
        source: Where the price is from.
    """

    model: str
    dollars: float
    unit: str
    noted: date
    source: str


IMAGE: Final = Price(
    "black-forest-labs/flux-schnell", 0.003, "image", date(2026, 11, 20), "design document"
)
VIDEO: Final = Price("fofr/skyreels-2", 0.10, "second", date(2026, 11, 20), "design document")
PRICES: Final = (IMAGE, VIDEO)

FLUX_SCHNELL_PRICE_PER_IMAGE: Final = IMAGE.dollars
SKYREELS2_PRICE_PER_SECOND: Final = VIDEO.dollars


def estimate(num_images: int, video_duration: float) -> float:
    """The cost in US dollars of a number of images and of seconds of video.

    Raises:
        ValueError: A number is negative.
    """
    if num_images < 0 or video_duration < 0:
        raise ValueError("neither num_images nor video_duration can be negative")
    return num_images * IMAGE.dollars + video_duration * VIDEO.dollars
