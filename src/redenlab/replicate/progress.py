"""How far a model is, read from what it logs.

The API has no number for it. Models that use tqdm log lines such as
``45%|####5     | 18/40 [00:03<00:03,  6.2it/s]``, and the last one counts.
"""

import re
from dataclasses import dataclass
from typing import Self

_LINE = r"(\d{1,3})%\|[^|\n]*\|\s*(\d+)/(\d+)"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a prediction is.

    Attributes:
        share: From 0 to 1.
        current: Steps that are done.
        total: Steps that there are.
    """

    share: float
    current: int
    total: int

    @classmethod
    def of(cls, logs: str | None) -> Self | None:
        """What `logs` say last of it; ``None`` when they say nothing."""
        for percent, current, total in reversed(re.findall(_LINE, logs or "")):
            if int(percent) <= 100:
                return cls(int(percent) / 100, int(current), int(total))
        return None
