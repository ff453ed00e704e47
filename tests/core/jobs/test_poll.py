"""Poll: the two schedules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.errors import ConfigurationError
from redenlab.core.jobs.poll import Poll


def test_the_default_grows_from_5_to_60_seconds() -> None:
    assert [Poll().pause(n, 0) for n in range(1, 8)] == [5, 10, 20, 40, 60, 60, 60]


def test_no_number_of_polls_overflows() -> None:
    assert Poll().pause(10**6, 0) == 60


@given(st.floats(0, 1e9))
def test_proportional_is_a_share_of_the_elapsed_time_within_bounds(elapsed: float) -> None:
    pause = Poll.proportional(0.1, at_least=0.5, at_most=30).pause(1, elapsed)
    assert pause == min(max(elapsed * 0.1, 0.5), 30)


@pytest.mark.parametrize(
    "values",
    [
        {"initial": 0},
        {"initial": -1},
        {"initial": 10, "max_interval": 5},
        {"factor": 0.5},
        {"ratio": 0},
        {"ratio": 1.5},
    ],
)
def test_a_schedule_that_would_hammer_is_refused(values: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError):
        Poll(**values)
