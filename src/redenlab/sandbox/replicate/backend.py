"""What Replicate does beyond its spec: logs and output grow, output streams, things have rules."""

import hmac
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import md5, sha256
from typing import Any

from redenlab.core.spec.expressions import steps_of
from redenlab.core.spec.schemas import problems
from redenlab.core.spec.terms import TERMS, shown, wrong_type
from redenlab.core.spec.x_page import x_page
from redenlab.core.transport.io import prefer_wait_seconds
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import INVENTED, Backend, Failure, Produced, Record, Work
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.invention import plain
from redenlab.sandbox.engine.jobs import ServedJob, Submit
from redenlab.sandbox.engine.messages import Blob, Held, Live, Refused, Response
from redenlab.sandbox.engine.pages import page
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.scenario import Scenario
from redenlab.sandbox.engine.service import Service
from redenlab.sandbox.engine.store import Store
from redenlab.sandbox.engine.uploads import bytes_of
from redenlab.sandbox.replicate import catalogue
from redenlab.sandbox.replicate.catalogue import MODELS, Model

MARKERS: Mapping[str, str] = {
    "sandbox:fail": "fails",
    "sandbox:never": "goes on until it is cancelled",
    "sandbox:undocumented": "has an undocumented status, and then succeeds",
    "sandbox:drop": "streams two events at a time before the connection breaks",
}
"""Markers in a prompt, and their effect on the prediction."""

EVENTS: Mapping[str, float | None] = {"start": 0.0, "logs": 0.6, "output": 0.8, "completed": None}
"""After which share of its time webhooks tell of a job; ``None`` for its end."""

STEPS = 4
TYPES = {"enum": "enum", "minimum": "number_gte", "maximum": "number_lte"}


class Replicate(Backend):
    """Predictions of the models of the catalogue, and trainings that learn nothing."""

    schemes = ("Token",)
    hook = "webhook"
    late: Mapping[str, str] = {"starting": "aborted", "processing": "canceled"}
    extra: Mapping[str, Record] = {
        "models.search": {"method": "query", "path": "/models", "security": [{"bearer": []}]},
        "stream": {"method": "get", "path": "/streams/{prediction_id}"},
    }

    def records(self) -> Mapping[str, list[Record]]:
        """The account, the models and what belongs to them."""
        versions = {f"/models/{model.name}/versions": [model.newest] for model in MODELS}
        return {
            "/account": [catalogue.ACCOUNT],
            "/hardware": catalogue.HARDWARE,
            "/collections": [catalogue.COLLECTION],
            "/models": [model.shown for model in MODELS],
            **versions,
        }

    # -- refusals

    def unknown(self, sent: str | None) -> Refused:
        """Tell no token, a blank one and a wrong one apart."""
        if sent is None:
            return Refused(401, "You did not pass an authentication token", "Unauthenticated")
        if not sent.partition(" ")[2].strip():
            return Refused(422, "The authentication token is blank")
        return Refused(401, "You did not pass a valid authentication token", "Unauthenticated")

    def wrong(self, service: Service, operation: str, call: Call, problem: str) -> Refused:
        """Name each field that is wrong."""
        schema = service.routes[operation].body
        if operation == "files.create":
            return Refused(400, problem)
        try:
            sent = call.request.document
        except ValueError:
            sent = None
        if schema is not None and not isinstance(sent, dict):
            return Refused(400, "Failed to parse request body as JSON: EOF")
        fields = list(_fields(service, sent, schema, [])) if schema is not None else []
        return _invalid(fields) if fields else Refused(422, problem)

    def refuse(self, operation: str | None, body: Record, refused: Refused) -> None:
        """Use the words of the service."""
        about_file = (operation or "").startswith("files.")
        missing = "File not found" if about_file else "The requested resource could not be found."
        words = {404: missing, 413: "Files must be less than 100MB in size"}
        body |= {"detail": words.get(refused.status, refused.text), "status": refused.status}
        body |= {"title": refused.title} if refused.title else {}

    def check(self, service: Service, operation: str, call: Call) -> None:
        """Refuse what the service does not do."""
        names, sent = call.matches[operation], call.request.document
        submit = self.submits(service, operation, call)
        if submit is not None:
            model, _ = _runnable(submit["version"])
            fields = list(_fields(service, submit["input"], model.schema, ["input"]))
            if fields:
                raise _invalid(fields)
            _seconds(call.request.headers.get("cancel-after", "5"))
        elif operation == "trainings.create":
            _runnable("{model_owner}/{model_name}:{version_id}".format(**names))
            if not _named(service, "/models", sent["destination"]):
                text = "The specified training destination does not exist"
                raise Refused(404, text, detail=text)
        elif "model_owner" in names:
            full = "{model_owner}/{model_name}".format(**names)
            found = _named(service, "/models", full)
            if not found or (operation == "models.versions.list" and found[0]["is_official"]):
                raise Refused(404, "there is no such model")
            if operation == "models.delete" and service.records[f"/models/{full}/versions"]:
                raise Refused(403, "Only models without versions can be deleted")
        elif operation == "deployments.delete":
            for found in _named(service, "/deployments", "/".join(names.values())):
                if found["current_release"]["configuration"]["min_instances"]:
                    raise Refused(400, "The deployment has to be offline; set min_instances to 0")
        elif operation in {"deployments.create", "deployments.update"} and "version" in sent:
            _runnable(sent["version"])
        elif operation == "models.create" and sent["hardware"] not in str(catalogue.HARDWARE):
            raise Refused(422, "There is no such hardware")

    # -- jobs

    def submits(self, service: Service, operation: str, call: Call) -> Mapping[str, Any] | None:
        """Run official models and deployments by their names."""
        full, sent = "/".join(call.matches[operation].values()), call.request.document
        if operation == "models.predictions.create":
            if not any(model.name == full and model.official for model in MODELS):
                raise Refused(404, "there is no such official model")
            return {**sent, "version": full}
        if operation == "deployments.predictions.create":
            for found in _named(service, "/deployments", full):
                return {**sent, "version": found["current_release"]["version"], "deployment": full}
            raise Refused(404, "there is no such deployment")
        return sent if operation == "predictions.create" else None

    def plan(self, scenario: Scenario, submit: Submit) -> Scenario:
        """Stop it when ``Cancel-After`` says so."""
        after = submit.known.value("$request.header.Cancel-After")
        limit = _seconds(after) if isinstance(after, str) else None
        never = "sandbox:never" in str(submit.known.value("$request.body#/input"))
        return replace(scenario, limit=limit, stuck=scenario.stuck or never)

    def outcome(self, work: Work) -> Any:
        """The output of the model, or the version that a training makes."""
        sent = work.parameters
        if "sandbox:fail" in str(sent["input"]):
            raise Failure("The model was told to fail (E1000)")
        if "destination" not in sent:
            return _runnable(sent["version"])[0].generate(sent["input"])
        version = sha256(f"{work.name} {sent['destination']}".encode()).hexdigest()
        weights = f"https://replicate.delivery/{version}/weights.tar"
        return {"version": f"{sent['destination']}:{version}", "weights": weights}

    def accept(
        self, service: Service, operation: str, job: ServedJob, call: Call
    ) -> Response | None:
        """Hold a response back; it has output while the status is not final."""
        prefer = call.request.headers.get("prefer", "")
        seconds = min(prefer_wait_seconds({"Prefer": prefer}), 60.0)
        if not seconds or job.job.name == "train":
            return None

        def respond() -> RawResponse:
            body = job.response.json()
            if job.course.look().is_end:
                body |= {"status": "processing", "output": _output(job)}
            headers = {"content-type": "application/json", "preference-applied": prefer}
            return RawResponse(201, headers, json.dumps(body).encode())

        return Held(seconds, lambda: job.course.look().is_end, respond)

    def show(self, service: Service, draft: Draft, job: ServedJob) -> None:
        """Show where it is, what it has printed, and how far its output is."""
        body, course, status = draft.body, job.course, draft.body["status"]
        kind = "trainings" if job.job.name == "train" else "predictions"
        url = f"{service.setting.base_url}/{kind}/{job.id}"
        body["urls"] = {"get": url, "cancel": f"{url}/cancel"}
        model, version = _model(job)
        body |= {"model": model.name, "version": version, "source": "api", "data_removed": False}
        begun = (course.begun or course.created) + (job.scenario.seconds or 0) / 2
        body["started_at"] = service.stamp(begun, {})
        if status in {"starting", "aborted"} or (course.ended or begun) < begun:
            del body["started_at"]
        for name in {"created_at", "started_at", "completed_at"} & body.keys():
            body[name] = body[name].replace("Z", "000Z")
        if course.deadline is not None:
            body["deadline"] = service.stamp(course.deadline, {})
        if kind == "predictions" and model.streams:
            body["urls"]["stream"] = f"{service.setting.base_url}/streams/{job.id}"
        bars = [f"{100 * n // STEPS:3}%|{'#' * n:{STEPS}}| {n}/{STEPS}\n" for n in range(STEPS + 1)]
        body["logs"] = "".join(bars[: _reached(job, status, len(bars))])
        if status == "processing":
            texts = _parts(job)[: _reached(job, status, len(_parts(job)))]
            body |= {"output": texts} if "x-cog-array-type" in model.output and texts else {}
            body["status"] = "warming" if "sandbox:undocumented" in str(body["input"]) else status
        elif status != "starting":
            took = {"predict_time": begun, "total_time": course.created}
            body["metrics"] = {k: max((course.ended or at) - at, 0.0) for k, at in took.items()}
            if status != "succeeded":
                body |= {"output": None, "logs": None}
                body["error"] = body["error"] if status == "failed" else None

    def finished(self, service: Service, job: ServedJob) -> None:
        """Add the version that a training has made."""
        if job.job.name == "train" and job.state == "succeeded":
            full, _, identity = job.outcome["version"].partition(":")
            made = catalogue.version(identity, service.stamp(job.course.ended or 0, {}))
            service.records[f"/models/{full}/versions"].insert(0, made)
            for model in _named(service, "/models", full):
                model["latest_version"] = made

    def events(self, job: ServedJob) -> Sequence[tuple[str, float | None]]:
        """What ``webhook_events_filter`` asks for."""
        wanted = job.submit.known.value("$request.body#/webhook_events_filter")
        named = wanted if isinstance(wanted, list) else ["output", "completed"]
        return [(name, share) for name, share in EVENTS.items() if name in named]

    def delivery(self, job: ServedJob, event: str) -> Any:
        """The prediction as it was then."""
        status = {"start": "starting", "completed": ""}.get(event, "processing")
        look = next((look for look in job.course.passed if look.name == status), None)
        unknown = dict.fromkeys(("output", "started_at", "completed_at"))
        return {"metrics": {}, **unknown, **job.now(look).body}

    # -- everything else

    def shape(self, service: Service, operation: str, draft: Draft, call: Call) -> None:
        """Complete what the spec leaves open."""
        names, sent = call.matches[operation], call.request.document
        if operation == "models.create":
            draft.body = catalogue.made(draft.body)
        elif operation == "models.readme.get":
            (model,) = _named(service, "/models", "/".join(names.values()))
            usual = f"# {model['name']}\n\n{model.get('description') or ''}\n"
            draft.content = str(model.get("readme") or usual).encode()
        elif operation == "models.versions.delete":
            full = "{model_owner}/{model_name}".format(**names)
            left = [*service.records[f"/models/{full}/versions"], None]
            _named(service, "/models", full)[0]["latest_version"] = left[0]
        elif operation == "search":
            (words,), (limit,) = call.request.query["query"], call.request.query.get("limit", ["20"])
            about = {"generated_description": None, "tags": [], "score": 1.0}
            found = _searched(service, words)[: int(limit)]
            entries = [{"model": model, "metadata": about} for model in found]
            draft.body = {"query": words, "models": entries, "collections": [], "pages": []}
        elif operation == "collections.get":
            draft.body |= {"full_description": None, "models": service.records["/models"]}
        elif operation in {"deployments.create", "deployments.update"}:
            draft.body = _deployment(service, draft.body, sent)
        elif operation == "files.create":
            draft.body |= _file(draft.body, f"{service.setting.base_url}/files", sent)
        elif operation == "webhooks.default.secret.get":
            draft.body = {"key": service.setting.webhook_secret}

    def serve(
        self, service: Service, operation: str, call: Call, store: Store
    ) -> Response | None:
        """The search of models, streams and downloads."""
        names = call.matches[operation]
        if operation == "models.search":
            listed, text = "models.list", bytes_of(call.request.content).decode(errors="replace")
            how = x_page(service.spec, listed)
            return page(service, listed, how, _searched(service, text), call).raw() if how else None
        if operation == "stream":
            job = next((job for job in store.jobs if job.id == names["prediction_id"]), None)
            if job is None or not _model(job)[0].streams:
                raise Refused(404, "there is no such stream")
            last = call.request.headers.get("last-event-id", "").rpartition(":")[2]
            first = int(last) + 1 if last.isdecimal() else 0
            return Live(lambda count: _told(job, first, count))
        if operation == "files.download":
            (signature,), (expiry,) = call.request.query["signature"], call.request.query["expiry"]
            text = f"{call.request.query['owner'][0]} {names['file_id']} {expiry}".encode()
            key = service.setting.webhook_secret.encode()
            good = hmac.compare_digest(
                b64encode(hmac.digest(key, text, sha256)), signature.encode()
            )
            known = any(file["id"] == names["file_id"] for file in service.records["/files"])
            if not good or not known or int(expiry) <= service.setting.now():
                raise Refused(404, "there is no such file")
            uploads = (each for each in store.uploads if each.kept["url"].endswith(names["file_id"]))
            content = bytes_of(next(uploads).content)
            return RawResponse(200, {"content-type": "application/octet-stream"}, content)
        return None


def _runnable(ref: str) -> tuple[Model, str]:
    """The model of a reference, and its version as predictions show it; raises `Refused`."""
    for model in MODELS:
        if ref in {model.version, f"{model.name}:{model.version}"}:
            return model, model.version
        if ref == model.name and model.official:
            return model, "hidden"
    text = "The specified version does not exist (or perhaps you don't have permission to use it?)"
    raise Refused(422, text, "Invalid version or not permitted")


def _model(job: ServedJob) -> tuple[Model, str]:
    known, ref = job.submit.known, job.model
    return _runnable(ref or str(known.value("$request.path.version_id")))


def _named(service: Service, path: str, full: str) -> list[Record]:
    """The model or deployment ``owner/name``, if there is one."""
    return [each for each in service.records[path] if f"{each['owner']}/{each['name']}" == full]


def _searched(service: Service, text: str) -> list[Record]:
    """The models whose names or descriptions have all words."""
    words = text.lower().split()
    told = [(f"{m['name']} {m.get('description')}".lower(), m) for m in service.records["/models"]]
    return [model for about, model in told if all(word in about for word in words)]


def _seconds(text: str) -> float:
    """Seconds of ``Cancel-After``; raises `Refused`."""
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", text.strip())
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    if (total := 3600 * hours + 60 * minutes + seconds) < 5:
        raise Refused(422, "Cancel-After has to be a duration of at least 5 seconds")
    return float(total)


def _deployment(service: Service, before: Record, sent: Record) -> Record:
    """A deployment with a new release."""
    release = before.get("current_release") or {"number": 0, "configuration": {}}
    known = {**release, **release["configuration"], **sent}
    settings = ("hardware", "min_instances", "max_instances")
    made = {
        "number": release["number"] + 1,
        "model": known["model"],
        "version": known["version"],
        "created_at": service.stamp(service.setting.now(), {}),
        "created_by": catalogue.ACCOUNT,
        "configuration": {key: known[key] for key in settings},
    }
    return {"owner": "sandbox", "name": before["name"], "current_release": made}


def _file(made: Record, url: str, sent: Mapping[str, Any]) -> Record:
    """What is known of a file that was sent."""
    part, digest = sent["content"], md5(usedforsecurity=False)
    if not isinstance(part, Blob | bytes):
        raise Refused(400, "content has to be a file")
    digest.update(content := bytes_of(part))
    name, media_type = (part.name, part.media_type) if isinstance(part, Blob) else ("", "")
    return {
        "name": sent.get("filename") or name or "file",
        "content_type": sent.get("type") or media_type or "application/octet-stream",
        "size": len(content),
        "etag": digest.hexdigest(),
        "checksums": {"sha256": sha256(content).hexdigest(), "md5": digest.hexdigest()},
        "metadata": sent["metadata"] if isinstance(sent.get("metadata"), dict) else json.loads(sent.get("metadata") or "{}"),
        "expires_at": str(datetime.fromisoformat(made["created_at"]) + timedelta(days=1)),
        "urls": {"get": f"{url}/{made['id']}"},
    }


# -- output


def _inline(value: Any) -> Any:
    """A value with data URIs instead of files."""
    if isinstance(value, list):
        return [_inline(each) for each in value]
    if not isinstance(value, Produced):
        return value
    return f"data:{value.media_type};base64,{b64encode(value.content).decode()}"


def _output(job: ServedJob) -> Any:
    """The output, whether it is ready or not, and even where the job fails in the end."""
    given = job.submit.known.value("$request.body#/input")
    is_known = job.outcome not in (None, INVENTED) and not isinstance(job.outcome, Failure)
    return _inline(job.outcome if is_known else _model(job)[0].generate(given))


def _parts(job: ServedJob) -> list[str]:
    found = _output(job) if job.job.name == "predict" else None
    return [str(part) for part in found] if isinstance(found, list) else []


def _reached(job: ServedJob, status: str, count: int) -> int:
    """How many of so many parts are there by now."""
    if status in {"succeeded", "failed"}:
        return count
    share = 0 if status == "starting" else max(2 * job.course.share - 1, 0)
    return min(int(share * (count + 1)), count)


def _told(job: ServedJob, first: int, count: int) -> tuple[list[bytes], bool]:
    """The events of a stream from part `first` on, but for `count` that were sent."""
    look, texts = job.course.look(), _parts(job)
    there = range(first, _reached(job, look.name, len(texts)))
    events = [b": hi\n\nretry: 20\n\n"]
    events += [_event("output", texts[n], f"{int(job.course.created)}:{n}") for n in there]
    if len(there) >= 2 and "sandbox:drop" in str(job.submit.known.value("$request.body#/input")):
        return events[count:3], False
    if look.state == "failed":
        events.append(_event("error", json.dumps({"detail": job.now().body["error"]})))
    if look.is_end:
        reason = {"succeeded": {}, "failed": {"reason": "error"}}
        done = reason.get(look.state, {"reason": "canceled"})
        events.append(_event("done", json.dumps(done)))
    return events[count:], not look.is_end


def _event(kind: str, data: str, identity: str = "") -> bytes:
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"event: {kind}\n{f'id: {identity}' if identity else ':'}\n{lines}\n".encode()


# -- fields


def _invalid(fields: list[tuple[str, str, str]]) -> Refused:
    lines = "\n".join(f"- {field}: {text}" if field else f"- {text}" for _, field, text in fields)
    keys = ("type", "field", "description")
    found = [dict(zip(keys, field, strict=True)) for field in fields]
    return Refused(422, lines, "Input validation failed", invalid_fields=found)


def _fields(
    service: Service, value: Any, schema: Any, above: list[str]
) -> Iterator[tuple[str, str, str]]:
    """Kind, place and text of everything that is wrong with a value."""
    resolve = service.spec.resolve
    for pointer in dict.fromkeys(each.pointer for each in problems(value, schema, service.spec.at)):
        part, node, steps = value, schema, steps_of(pointer)
        for step in steps:
            part = part[int(step)] if isinstance(part, list) else part[step]
            node, _ = service.spec.below(node, step)
        for kind, text in _wrong(part, plain(node, resolve)):
            yield kind, ".".join([*above, *steps]), text


def _wrong(part: Any, node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if wrong_type(part, node.get("type")):
        yield "invalid_type", f"Invalid type. Expected: {node['type']}, given: {shown(part)}"
    texts = {
        "enum": f"must be one of the following: {', '.join(map(repr, node.get('enum', ())))}",
        "minimum": f"Must be greater than or equal to {node.get('minimum')}",
        "maximum": f"Must be less than or equal to {node.get('maximum')}",
    }
    for keyword, kind in TYPES.items():
        if keyword in node and TERMS[keyword](part, node[keyword], node):
            yield kind, texts[keyword]
    sent = part if isinstance(part, dict) else {}
    for name in node.get("required", ()):
        if name not in sent and isinstance(part, dict):
            yield "required", f"{name} is required"
    for name in sent:
        if node.get("additionalProperties") is False and name not in node["properties"]:
            yield "additional_property_not_allowed", f"Additional property {name} is not allowed"
