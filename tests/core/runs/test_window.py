"""How many jobs may be in flight."""

from redenlab.core.runs.window import FIRST_PAUSE, GROW, MAX_PAUSE, Window


def test_without_refusals_it_is_what_the_caller_said() -> None:
    assert Window(40).size(10_000) == 40


def test_a_refusal_tells_how_many_jobs_the_service_takes() -> None:
    window = Window(40)
    window.refused(10, 100)
    assert window.size(100 + GROW - 1) == 10


def test_one_job_more_is_tried_after_each_pause_without_refusals() -> None:
    window = Window(12)
    window.refused(10, 100)
    sizes = [window.size(100 + GROW * steps) for steps in range(5)]
    assert sizes == [10, 11, 12, 12, 12]


def test_at_least_one_job_is_tried() -> None:
    window = Window(5)
    window.refused(0, 0)
    assert window.size(0) == 1


def test_pauses_between_refusals_double_up_to_a_limit() -> None:
    window = Window(5)
    pauses = [window.refused(1, 0) for _ in range(9)]
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == MAX_PAUSE
    window.accepted()
    assert window.refused(1, 0) == FIRST_PAUSE
