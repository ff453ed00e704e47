"""The output of predictions: when it is there, and how it streams."""

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any, cast

from redenlab.sandbox.engine.backend import INVENTED, Failure, Produced
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.messages import Refused
from redenlab.sandbox.replicate.catalogue import MODELS, Model
from redenlab_api.replicate.jobs import PREDICT

if TYPE_CHECKING:
    from collections.abc import Sequence

SUCCEEDED, FAILED = (
    next(status for status, state in PREDICT.spec.states.items() if state == wanted)
    for wanted in ("succeeded", "failed")
)


def runnable(ref: str) -> tuple[Model, str]:
    """The model of a reference, and its version as predictions show it; raises `Refused`."""
    for model in MODELS:
        if ref in {model.version, f"{model.name}:{model.version}"}:
            return model, model.version
        if ref == model.name and model.official:
            return model, "hidden"
    text = "The specified version does not exist (or perhaps you don't have permission to use it?)"
    raise Refused(422, text, "Invalid version or not permitted")


def model_of(job: ServedJob) -> tuple[Model, str]:
    """The model of a job, and its version as predictions show it."""
    trainer = job.submit.known.value("$request.path.version_id")
    version = job.model or job.submit.known.value("$request.body#/version")
    return runnable(str(trainer if job.job.name == "train" else version))


def _inline(value: Any) -> Any:
    """A value with data URIs instead of files."""
    if isinstance(value, list):
        return [_inline(each) for each in cast("Sequence[Any]", value)]
    if not isinstance(value, Produced):
        return value
    return f"data:{value.media_type};base64,{b64encode(value.content).decode()}"


def output(job: ServedJob) -> Any:
    """The output, whether it is ready or not, and even where the job fails in the end."""
    given = job.submit.known.value("$request.body#/input")
    is_known = job.outcome not in (None, INVENTED) and not isinstance(job.outcome, Failure)
    return _inline(job.outcome if is_known else model_of(job)[0].generate(given))


def parts(job: ServedJob) -> list[str]:
    """The output part by part; empty where it is no list."""
    found: Any = output(job) if job.job.name != "train" else None
    return [str(part) for part in cast("Sequence[Any]", found)] if isinstance(found, list) else []


def there(all_parts: list[str], job: ServedJob, status: str) -> list[str]:
    """The parts that are there by now: they come in the second half of the time."""
    count = int(max(2 * job.course.share - 1, 0) * (len(all_parts) + 1))
    return all_parts if status in {SUCCEEDED, FAILED} else all_parts[:count]


def told(job: ServedJob, first: int, count: int) -> tuple[list[bytes], bool]:
    """The events of a stream from part `first` on, but for `count` that were sent."""
    look = job.course.look()
    name = f"{int(job.course.created)}:"
    here = [*enumerate(there(parts(job), job, look.name))][first:]
    events = [
        b": hi\n\nretry: 20\n\n",
        *(_event("output", text, f"{name}{n}") for n, text in here),
    ]
    if len(here) >= 2 and "sandbox:drop" in str(job.submit.known.value("$request.body#/input")):
        return events[count:3], False
    if look.state == FAILED:
        events.append(_event("error", json.dumps({"detail": job.now().body["error"]})))
    if look.is_end:
        reason = {SUCCEEDED: {}, FAILED: {"reason": "error"}}
        events.append(_event("done", json.dumps(reason.get(look.state, {"reason": look.name}))))
    return events[count:], not look.is_end


def _event(kind: str, data: str, identity: str = "") -> bytes:
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"event: {kind}\n{f'id: {identity}' if identity else ':'}\n{lines}\n".encode()
