"""What a spec promises beside its schemas, and which changes of that break callers.

A promise is a value at a path: what ``x-job``, ``x-client``, the security and the webhooks say, as
the clients read them, so that a default that is written out is no change. `RULES` has a row for
each promise that callers rely on; all others may change freely.
"""

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from normal_form import client_name
from redenlab.core.errors import SpecError
from redenlab.core.spec.blocks import Block
from redenlab.core.spec.document import Spec
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.profile import Profile
from redenlab.core.spec.x_client import SETTINGS, profile, x_client
from redenlab.core.spec.x_job import job_specs
from redenlab.core.spec.x_signature import signatures
from redenlab.core.spec.x_stream import x_stream
from redenlab.core.spec.x_ways import x_ways
from request_limits import THERE, Place, request_limits

Promises = Mapping[Place, Any]
Judge = Callable[[Any, Any], bool]
"""Whether a change from one value to another one breaks callers; ``None`` is no value."""

# ---- what is promised --------------------------------------------------------------------------


def promises(spec: Spec) -> Promises:
    """Every promise of a spec.

    Raises:
        SpecError: The spec cannot be read.
    """
    jobs = job_specs(spec)
    found = dict(_auth(spec))
    for name, operation in spec.operations.items():
        found["operations", name] = THERE
        found["operations", name, "key"] = "needed" if spec.secured(operation) else "not needed"
        again = "sent again" if spec.idempotent[name] else "not sent again"
        found["operations", name, "lost request"] = again
        stream = x_stream(spec, name)
        if stream is not None:
            found["operations", name, "stream"] = stream.type
    for way, read in x_ways(spec).items():
        for name in read.passages:
            found["operations", name, "ways", way] = THERE
    found["x-client", "name"] = client_name(spec)
    client = x_client(spec)
    for name in ("awaited", "checked", "positional", "kept"):
        found["x-client", name] = getattr(client, name)
    if jobs:
        found |= dict(_settings(profile(spec, jobs[0])))
    for job in jobs:
        found |= dict(_job(job))
    found |= dict(_values(("webhooks",), signatures(spec)))
    return found | request_limits(spec, jobs)


def _auth(spec: Spec) -> Iterator[tuple[Place, Any]]:
    try:
        key = spec.auth
    except SpecError:
        pass  # this API has no keys
    else:
        place = f"the {'query parameter' if key.in_query else 'header'} {key.name}"
        yield ("auth", "key"), f"{place} with {key.prefix}" if key.prefix else place
    for flow in spec.oauth:
        yield ("auth", "oauth2", flow), THERE


def _settings(found: Profile) -> Iterator[tuple[Place, Any]]:
    top, sign_in = ("x-client",), ("x-client", "sign_in")
    for setting, names in found.variables.items():
        yield (*(top if setting in SETTINGS else sign_in), "environment", setting), names
    yield from _values((*top, "file"), found.file)
    yield from _values((*top, "headers"), found.headers)
    yield from _values((*top, "base_path"), found.base_path or None)
    yield from _values(("servers", "base_url"), found.defaults.get("base_url"))
    if found.sign_in is not None:
        yield sign_in, THERE
        yield from _values(sign_in, dataclasses.asdict(found.sign_in))


def _job(job: JobSpec) -> Iterator[tuple[Place, Any]]:
    path = ("jobs", job.name)
    yield from _values(path, job.x_job)
    if job.x_job.model_place is not None:
        yield (*path, "model"), THERE
        yield (*path, "model", "place"), job.x_job.model_place
    yield (*path, "states"), tuple(f"{rule.when} is {rule.state}" for rule in job.x_job.states)
    yield from _values((*path, "models"), job.models)
    yield from _values((*path, "default model"), next(iter(job.models), None))


def _values(path: Place, value: Any) -> Iterator[tuple[Place, Any]]:
    """The values of `value` and below it, by their paths; ``None`` is none."""
    if isinstance(value, Block):
        yield path, THERE
        value = {key: getattr(value, field) for field, key in value.keys.items()}
    elif isinstance(value, tuple) and any(isinstance(item, Block) for item in value):
        value = {str(index): item for index, item in enumerate(value)}
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _values((*path, str(key)), item)
    elif value is not None:
        yield path, value


# ---- which changes break -----------------------------------------------------------------------


def _differs(was: Any, now: Any) -> bool:
    return was != now


def _lost(was: Any, now: Any) -> bool:
    return was is not None and was != now


def _gone(was: Any, now: Any) -> bool:
    return was is not None and now is None


def _new(was: Any, now: Any) -> bool:
    return was is None and now is not None


def _lower(was: Any, now: Any) -> bool:
    """A maximum or a length of time; ``None`` is no limit."""
    return _number(now, math.inf) < _number(was, math.inf)


def _higher(was: Any, now: Any) -> bool:
    """A minimum; ``None`` is no limit."""
    return _number(now, -math.inf) > _number(was, -math.inf)


def _fewer(was: Any, now: Any) -> bool:
    return not set(was or ()) <= set(now or ())


def _shorter(was: Any, now: Any) -> bool:
    return sum(now or ()) < sum(was or ())


def _fewer_files(was: Any, now: Any) -> bool:
    kinds = ("none", "declared", "any")
    return kinds.index(now) < kinds.index(was)


def _set(was: Any, now: Any) -> bool:
    return now is not None and was != now


def _was(value: Any) -> Judge:
    return lambda was, now: was == value and now != value


def _now(value: Any) -> Judge:
    return lambda was, now: was != value and now == value


def _number(value: Any, unlimited: float) -> float:
    return unlimited if value is None else float(value)


class Rule(NamedTuple):
    """What callers rely on.

    Attributes:
        pattern: Of its path: ``*`` stands for one step, ``**`` for any number, ``|`` for "or".
        breaks: Whether a change breaks callers.
        reason: Why it does, where that is not obvious.
    """

    pattern: str
    breaks: Judge
    reason: str = ""


JOB = "jobs/*"
SENT = "schemas|operations"
RULES = (
    Rule("auth/key", _differs, "the key is sent in another way"),
    Rule("auth/oauth2/*", _gone, "signing in this way fails"),
    Rule("operations/*/key", _differs),
    Rule("operations/*/lost request", _was("sent again"), "a failure that may pass is an error"),
    Rule("operations/*/stream", _differs, "its method returns something else"),
    Rule("operations/*/ways/*", _gone, "it cannot be called on this way"),
    Rule("operations/*/arguments/*/maxItems", _new),  # oasdiff sees a lower one
    Rule(f"{SENT}/**/maxItems|maxProperties", _lower),
    Rule(f"{SENT}/**/minProperties", _higher),
    Rule(f"{SENT}/**/multipleOf", _set),
    Rule(f"{SENT}/**/uniqueItems", _now(True)),
    Rule(f"{SENT}/**/additionalProperties", _now(False)),
    Rule("servers/base_url", _lost, "who gives no base_url reaches another service"),
    Rule("x-client/name", _lost),
    Rule("x-client/awaited|checked|positional", _was(True), "calls that were taken are refused"),
    Rule("x-client/kept", _differs, "attributes have other names"),
    Rule("x-client/file", _lost, "settings in the old file are not read"),
    Rule("x-client/base_path", _differs, "base URLs without a path lead elsewhere"),
    Rule("x-client/**/environment/*", _fewer, "this environment variable is not read"),
    Rule("x-client/headers/*", _differs, "every request asks for something else"),
    Rule("x-client/sign_in", _gone, "signing in this way fails"),
    Rule("x-client/sign_in/discovery|callback", _lost),
    Rule("x-client/sign_in/hosts", _fewer, "documents that name this host are refused"),
    Rule("x-client/sign_in/tokens", _lost, "people have to sign in again"),
    Rule("webhooks/*", _gone, "its deliveries cannot be verified"),
    Rule("webhooks/*/*", _differs, "deliveries that were valid are refused"),
    Rule(JOB, _gone, "its method is gone, and its resume tokens cannot be used"),
    Rule(f"{JOB}/aliases/*", _lost),
    Rule(f"{JOB}/idempotency", _lost, "a lost response means something else"),
    Rule(f"{JOB}/submit/bind/*", _was("$call.id"), "two attempts are not recognised as one"),
    Rule(f"{JOB}/submit/exists", _gone, "a job that exists is an error"),
    Rule(f"{JOB}/submit/options/*", _gone),
    Rule(f"{JOB}/submit/options/*/type", _lost),
    Rule(f"{JOB}/submit/options/*/minimum", _higher, "values that were taken are refused"),
    Rule(f"{JOB}/submit/options/*/maximum", _lower, "values that were taken are refused"),
    Rule(f"{JOB}/submit/options/*/pattern", _set, "values that were taken may be refused"),
    Rule(f"{JOB}/keep/*", _new, "resume tokens do not have it, so they cannot be used"),
    Rule(f"{JOB}/file", _gone, "a recording is required"),
    Rule(f"{JOB}/file/instead", _lost),
    Rule(f"{JOB}/files", _gone, "files in arguments are refused"),
    Rule(f"{JOB}/files/place", _lost, "files in arguments are refused"),
    Rule(f"{JOB}/files/inline", _lower, "more files are uploaded"),
    Rule(f"{JOB}/files/max", _lower, "larger files are refused"),
    Rule(f"{JOB}/asset", _gone, "an upload is good for one job alone"),
    Rule(f"{JOB}/model", _differs, "the method has other arguments"),
    Rule(f"{JOB}/model/place", _lost),
    Rule(f"{JOB}/model/pattern", _set, "references that were taken may be refused"),
    Rule(f"{JOB}/model/resolve", _gone, "references that were taken are refused"),
    Rule(f"{JOB}/models/*", _gone, "its results are plain JSON, if the service has it still"),
    Rule(f"{JOB}/models/*/result", _lost, "its results are of another class"),
    Rule(f"{JOB}/default model", _lost, "who names no model gets another one"),
    Rule(f"{JOB}/poll/timeout", _lower, "calls end with TimeoutError earlier"),
    Rule(f"{JOB}/poll/unknown", _now("fail"), "an unknown status is an error"),
    Rule(f"{JOB}/poll/error", _gone, "JobFailed gives no reason"),
    Rule(f"{JOB}/poll/progress", _gone, "listeners are given no progress"),
    Rule(f"{JOB}/poll/grace", _gone, "a new job may be NotFound"),
    Rule(f"{JOB}/poll/grace/seconds", _lower, "a new job may be NotFound"),
    Rule(f"{JOB}/poll/grace/statuses", _fewer, "a new job may be NotFound"),
    Rule(f"{JOB}/states", _differs),
    Rule(f"{JOB}/cancel|pause|resume|delete|retry", _gone, "the method is an InputError"),
    Rule(f"{JOB}/health", _gone, "the methods health and warm_up are gone"),
    Rule(f"{JOB}/segments", _gone, "the method for long recordings is gone"),
    Rule(f"{JOB}/segments/seconds", _lower, "long recordings become more jobs"),
    Rule(f"{JOB}/segments/overlap", _lost, "long recordings are scored in another way"),
    Rule(f"{JOB}/segments/scores/*", _lost, "long recordings are scored in another way"),
    Rule(f"{JOB}/result/name|type", _lost),
    Rule(f"{JOB}/result/**/media|each", _differs, "results are of another kind"),
    Rule(f"{JOB}/result/files", _fewer_files, "outcome.files has fewer"),
    Rule(f"{JOB}/result/also", _fewer, "error.partial is empty"),
    Rule(f"{JOB}/result/parts/*", _gone, "results do not have it"),
    Rule(f"{JOB}/**/pending", _gone, "what is not ready yet is an error"),
    Rule(f"{JOB}/**/pending/statuses", _fewer, "what is not ready yet is an error"),
    Rule(f"{JOB}/**/pending/waits", _shorter, "what is not ready yet is an error earlier"),
    Rule(f"{JOB}/**/interval/*", _higher, "the end of a job is seen later"),
    Rule(f"{JOB}/**/hold", _lower, "a response that is held back is a time-out"),
    Rule(f"{JOB}/**/headers/*", _differs),
)
"""Every promise that callers rely on; the first rule that fits counts."""


def broken(before: Promises, after: Promises) -> Iterator[str]:
    """A line for each promise of `before` that `after` does not keep."""
    for path in dict.fromkeys((*before, *after)):
        was, now = before.get(path), after.get(path)
        if was == now or not _stands(path, before, after):
            continue
        found = rule(path)
        if found is not None and found.breaks(was, now):
            yield _line(path, was, now, found.reason)


def rule(path: Place) -> Rule | None:
    """The rule for a promise; ``None`` where callers do not rely on it."""
    return next((each for each in RULES if _fits(each.pattern.split("/"), path)), None)


def _stands(path: Place, *all_promises: Promises) -> bool:
    """Whether the blocks that `path` is in are in both specs; else the block is what counts."""
    above = [path[:length] for length in range(1, len(path))]
    blocks = [each for each in above if any(found.get(each) == THERE for found in all_promises)]
    return all(found.get(each) == THERE for each in blocks for found in all_promises)


def _fits(pattern: list[str], path: Place) -> bool:
    if not pattern or not path:
        return not pattern and not path
    if pattern[0] == "**":
        return _fits(pattern[1:], path) or _fits(pattern, path[1:])
    return (pattern[0] == "*" or path[0] in pattern[0].split("|")) and _fits(pattern[1:], path[1:])


def _line(path: Place, was: Any, now: Any, why: str) -> str:
    if isinstance(was, tuple) and isinstance(now, tuple) and set(was) != set(now):
        was, now = (_without(was, now), _without(now, was))
    old = "not there" if was is None else _shown(was)
    new = "gone" if now is None else _shown(now)
    return f"{'/'.join(path)}: was {old}, is {new}" + (f" ({why})" if why else "")


def _without(items: tuple[Any, ...], others: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(item for item in items if item not in others)


def _shown(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value)) or "gone"
    return f"{value:g}" if isinstance(value, float) else str(value)
