"""Texts for regular expressions."""

import re
from random import Random

import pytest

from redenlab.sandbox.engine.patterns import matching

PATTERNS = [
    "^[a-z0-9_-]+$",
    r"(?:(?P<model>[^/:\s]+/[^/:\s]+)(?::(?P<version>[^/:\s]+))?|[0-9a-f]{64})",
    r"(?=\d)(\d+h)?(\d+m)?(\d+s?)?",
    r"^\w+@\w+\.[a-z]{2,3}$",
    r"^(a|b)\1$",
    r"^[^a-z]\D\S.$",
    r"^\(\d{3}\)$",
]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_matches_its_pattern(pattern: str, seed: int) -> None:
    made = matching(pattern, Random(seed))
    assert re.search(pattern, made)
    assert made == matching(pattern, Random(seed))
