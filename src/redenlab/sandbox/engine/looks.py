"""What the response to a poll may show of a job: each status value, and each condition."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from redenlab.core.spec.conditions import literals, operands
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING, Scope, as_text
from redenlab.core.spec.grammar import State
from redenlab.core.spec.job_spec import FINAL, JobSpec
from redenlab.core.spec.schemas import problems
from redenlab.sandbox.engine.drafts import Draft

MOST_CHANGES = 4
"""How many values of a response are changed at once to fulfil a condition, at most."""


@dataclass(frozen=True, slots=True)
class Look:
    """One thing that a poll may show.

    Attributes:
        name: The status value, or the path of the condition: ``states/0``.
        state: Its class.
        status: The status value; ``None`` where a condition tells the state, or nothing does.
        rule: The number of the condition; ``None`` where none is to be true.
    """

    name: str
    state: State
    status: str | None = None
    rule: int | None = None

    @property
    def is_end(self) -> bool:
        """Whether the job has ended."""
        return self.state in FINAL

    @property
    def is_bad(self) -> bool:
        """Whether it has ended badly."""
        return self.is_end and self.state != "succeeded"


def looks(job: JobSpec) -> list[Look]:
    """Everything that polls of a job may show, what comes before the end first."""
    found = [Look(status, state, status=status) for status, state in job.states.items()]
    found += [
        Look(f"states/{number}", rule.state, rule=number)
        for number, rule in enumerate(job.x_job.states)
    ]
    if all(look.is_end for look in found):
        found.append(Look("no state", "running"))
    order = ("unsubmitted", "running", "succeeded", "failed", "cancelled", "gone")
    return sorted(found, key=lambda look: order.index(look.state))


def shows(job: JobSpec, look: Look, scope: Scope) -> bool:
    """Whether a client takes a response for `look`.

    Args:
        job: The job.
        look: What should be shown.
        scope: With the response.
    """
    rule = job.rule(scope)
    if look.rule is not None:
        return rule is job.x_job.states[look.rule]
    status = scope.value(job.x_job.poll.status) if job.x_job.poll.status else MISSING
    text = "" if status is MISSING or status is None else as_text(status)
    if look.status is not None and text != look.status:
        return False
    state = rule.state if rule else job.state(text) or "running"
    return state == look.state


def fulfilled(
    spec: Spec, draft: Draft, conditions: Sequence[str], test: Callable[[Draft], bool]
) -> Draft | None:
    """A draft that passes `test`, with as few changes as will do.

    The values that the conditions name are tried out, and the core's own reading decides.

    Args:
        spec: The spec.
        draft: To begin with.
        conditions: Their expressions are changed, to values that they compare with or near those.
        test: Whether a draft is as it should be.

    Returns:
        ``None`` where none was found.
    """
    named = {name for text in conditions for name in operands(text)}
    changeable = sorted(name for name in named if name.startswith(("$response", "$statusCode")))
    choices = {name: list(_choices(spec, draft, name, conditions)) for name in changeable}
    for count in range(min(len(changeable), MOST_CHANGES) + 1):
        for chosen in combinations(changeable, count):
            for values in product(*(choices[name] for name in chosen)):
                changed = draft.copy()
                for name, value in zip(chosen, values, strict=True):
                    changed.place(name, value)
                if test(changed):
                    return changed
    return None


def _choices(spec: Spec, draft: Draft, expression: str, conditions: Iterable[str]) -> Iterator[Any]:
    """Values that an expression may be given, the likeliest first."""
    compared = [v for text in conditions if expression in operands(text) for v in literals(text)]
    if expression == "$statusCode":
        yield from (int(v) for v in compared if isinstance(v, float) and 100 <= v < 600)
        return
    numbers = [v for v in compared if isinstance(v, float)]
    near = [int(n) + by if n.is_integer() else n + by for n in numbers for by in (0, 1, -1)]
    texts = [v for v in compared if isinstance(v, str)]
    invented = [] if expression.startswith("$response.header") else [draft.invented(expression)]
    schema: Any = draft.schema_at(expression) if ".body" in expression else {}
    for value in (*texts, *near, True, False, *invented, "sandbox"):
        fits = next(problems(value, schema, spec.at), None) is None
        if fits:
            yield value
    yield MISSING
