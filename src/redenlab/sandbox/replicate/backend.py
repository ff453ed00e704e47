"""What Replicate does beyond its spec: logs and output grow, output streams, things have rules."""

import hmac
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import md5, sha256
from typing import Any, cast, get_args

from redenlab.core.transport.io import prefer_wait_seconds
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import Backend, Failure, Record, Work
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.jobs import ServedJob, Submit
from redenlab.sandbox.engine.messages import Blob, Held, Live, Refused, Response, bytes_of
from redenlab.sandbox.engine.resources import searched
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.scenario import Scenario
from redenlab.sandbox.engine.service import Service
from redenlab.sandbox.engine.store import Store
from redenlab.sandbox.replicate.catalogue import MODELS, RECORDS
from redenlab.sandbox.replicate.output import model_of, output, parts, runnable, there, told
from redenlab.sandbox.replicate.refusals import invalid, seconds_of
from redenlab_api.replicate.jobs import PREDICT
from redenlab_api.replicate.models.webhook_event import WebhookEvent

STARTING, PROCESSING, SUCCEEDED, FAILED, CANCELED, ABORTED = PREDICT.spec.states
COMPLETED, LOGS, OUTPUT, START = get_args(WebhookEvent)

MARKERS: Mapping[str, str] = {
    "sandbox:fail": "fails",
    "sandbox:never": "goes on until it is cancelled",
    "sandbox:undocumented": "has an undocumented status, and then succeeds",
    "sandbox:drop": "streams two events at a time before the connection breaks",
}
"""Markers in a prompt, and their effect on the prediction."""

EVENTS: Mapping[str, float | None] = {START: 0.0, LOGS: 0.6, OUTPUT: 0.8, COMPLETED: None}
"""After which share of its time webhooks tell of a job; ``None`` for its end."""

BARS = [f"{25 * n:3}%|{'#' * n:4}| {n}/4\n" for n in range(5)]


class Replicate(Backend):
    """Predictions of the models of the catalogue, and trainings that learn nothing."""

    models: str = "redenlab_api.replicate.server"
    schemes: Sequence[str] = ("Token",)
    signs_files: bool = False
    hook: str = "webhook"
    late: Mapping[str, str] = {STARTING: ABORTED, PROCESSING: CANCELED}
    extra: Mapping[str, Record] = {
        "stream": {"method": "get", "path": "/streams/{prediction_id}"},
    }

    def variables(self, origin: str, path: str) -> Mapping[str, str]:
        """A base URL that fits the official clients, of which some add the version themselves."""
        return {"REPLICATE_BASE_URL": f"{origin}{path.removesuffix('/v1')}"}

    def records(self) -> Mapping[str, list[Record]]:
        """Those of the catalogue, and the versions of its models."""
        newest = {model.name: each for model, each in zip(MODELS, RECORDS["/models"], strict=True)}
        versions = {f"/models/{name}/versions": [m["latest_version"]] for name, m in newest.items()}
        return {**RECORDS, **versions}

    # -- refusals

    def unknown(self, sent: str | None) -> Refused:
        """Tell no token, a blank one and a wrong one apart."""
        if sent is not None and not sent.partition(" ")[2].strip():
            return Refused(422, "The authentication token is blank")
        which = "an" if sent is None else "a valid"
        return Refused(401, f"You did not pass {which} authentication token", "Unauthenticated")

    def wrong(self, service: Service, operation: str, call: Call, problem: str) -> Refused:
        """Name each field that is wrong."""
        schema = service.routes[operation].body
        try:
            sent = call.request.document
        except ValueError:
            sent = None
        if schema is None or operation == "files.create":
            return Refused(400 if schema else 422, problem)
        if not isinstance(sent, dict):
            return Refused(400, "Failed to parse request body as JSON: EOF")
        return invalid(service, sent, schema) or Refused(422, problem)

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
            inputs = runnable(submit["version"])[0].inputs
            wrong = invalid(service, submit["input"], inputs, "/input")
            if wrong:
                raise wrong
            seconds_of(call.request.headers.get("cancel-after", "5"))
        elif operation == "trainings.create":
            runnable("{model_owner}/{model_name}:{version_id}".format(**names))
            text = "The specified training destination does not exist"
            _named(service, "/models", sent["destination"], text)
        elif "model_owner" in names:
            _check_model(service, operation, "{model_owner}/{model_name}".format(**names))
        elif operation == "deployments.delete":
            release = _named(service, "/deployments", "/".join(names.values()))["current_release"]
            if release["configuration"]["min_instances"]:
                raise Refused(400, "The deployment has to be offline; set min_instances to 0")
        elif operation in {"deployments.create", "deployments.update"} and "version" in sent:
            runnable(sent["version"])

    # -- jobs

    def submits(self, service: Service, operation: str, call: Call) -> Mapping[str, Any] | None:
        """Run official models and deployments by their names."""
        full, sent = "/".join(call.matches[operation].values()), call.request.document
        if operation == "models.predictions.create":
            if not any(model.name == full and model.official for model in MODELS):
                raise Refused(404, "there is no such official model")
            return {**sent, "version": full}
        if operation == "deployments.predictions.create":
            release = _named(service, "/deployments", full)["current_release"]
            return {**sent, "version": release["version"], "deployment": full}
        return sent if operation == "predictions.create" else None

    def plan(self, scenario: Scenario, submit: Submit) -> Scenario:
        """Stop it when ``Cancel-After`` says so."""
        after = submit.known.value("$request.header.Cancel-After")
        limit = seconds_of(after) if isinstance(after, str) else None
        never = "sandbox:never" in str(submit.known.value("$request.body#/input"))
        return replace(scenario, limit=limit, stuck=scenario.stuck or never)

    def outcome(self, work: Work) -> Any:
        """The output of the model, or the version that a training makes."""
        sent = work.parameters
        if "sandbox:fail" in str(sent["input"]):
            raise Failure("The model was told to fail (E1000)")
        if "destination" not in sent:
            return runnable(sent["version"])[0].generate(sent["input"])
        version = sha256(f"{work.name} {sent['destination']}".encode()).hexdigest()
        weights = f"https://replicate.delivery/{version}/weights.tar"
        return {"version": f"{sent['destination']}:{version}", "weights": weights}

    def accept(
        self, service: Service, operation: str, job: ServedJob, call: Call
    ) -> Response | None:
        """Hold a response back; it has output while the status is not final."""
        del service, operation
        prefer = call.request.headers.get("prefer", "")
        seconds = min(prefer_wait_seconds({"Prefer": prefer}), 60.0)

        def respond() -> RawResponse:
            body = job.response.json()
            if job.course.look().is_end:
                body |= {"status": PROCESSING, "output": output(job)}
            headers = {"content-type": "application/json", "preference-applied": prefer}
            return RawResponse(201, headers, json.dumps(body).encode())

        held = Held(seconds, lambda: job.course.look().is_end, respond)
        return held if seconds and job.job.name != "train" else None

    def show(self, service: Service, draft: Draft, job: ServedJob) -> None:
        """Show where it is, what it has printed, and how far its output is."""
        body, course, status = draft.body, job.course, draft.body["status"]
        kind = "trainings" if job.job.name == "train" else "predictions"
        url = f"{service.setting.base_url}/{kind}/{job.id}"
        model, version = model_of(job)
        body |= {"model": model.name, "version": version, "source": "api", "data_removed": False}
        body |= {"urls": {"get": url, "cancel": f"{url}/cancel"}, "logs": ""}
        begun = (course.begun or course.created) + (job.scenario.seconds or 0) / 2
        body["started_at"] = service.stamp(begun, {})
        if status in {STARTING, ABORTED} or (course.ended or begun) < begun:
            del body["started_at"]
        for name in {"created_at", "started_at", "completed_at"} & body.keys():
            body[name] = body[name].replace("Z", "000Z")
        if course.deadline is not None:
            body["deadline"] = service.stamp(course.deadline, {})
        if model.streams and kind == "predictions":
            body["urls"]["stream"] = f"{service.setting.base_url}/streams/{job.id}"
        if status == STARTING:
            return
        body["logs"] = "".join(there(BARS, job, status))
        if status == PROCESSING:
            texts = there(parts(job), job, status) if model.grows else []
            body |= {"output": texts} if texts else {}
            body["status"] = "warming" if "sandbox:undocumented" in str(body["input"]) else status
            return
        took = {"predict_time": begun, "total_time": course.created}
        body["metrics"] = {name: max((course.ended or at) - at, 0.0) for name, at in took.items()}
        if status != SUCCEEDED:
            body |= {"output": None, "logs": None}
            body["error"] = body["error"] if status == FAILED else None

    def finished(self, service: Service, job: ServedJob) -> None:
        """Add the version that a training has made."""
        if job.job.name == "train" and job.course.look().name == SUCCEEDED:
            full, _, identity = job.outcome["version"].partition(":")
            created = service.stamp(job.course.ended or 0, {})
            made: Record = {"id": identity, "created_at": created, "openapi_schema": None}
            service.records[f"/models/{full}/versions"].insert(0, made)
            _named(service, "/models", full)["latest_version"] = made

    def events(self, job: ServedJob) -> Sequence[tuple[str, float | None]]:
        """What ``webhook_events_filter`` asks for."""
        wanted: Any = job.submit.known.value("$request.body#/webhook_events_filter")
        named = cast("Sequence[str]", wanted) if isinstance(wanted, list) else (OUTPUT, COMPLETED)
        return [(name, share) for name, share in EVENTS.items() if name in named]

    def delivery(self, job: ServedJob, event: str) -> Any:
        """The prediction as it was then."""
        status = {START: STARTING, COMPLETED: ""}.get(event, PROCESSING)
        look = next((look for look in job.course.passed if look.name == status), None)
        unknown = dict.fromkeys(("output", "started_at", "completed_at"))
        return {"metrics": {}, **unknown, **job.now(look).body}

    # -- everything else

    def shape(self, service: Service, operation: str, draft: Draft, call: Call) -> None:
        """Complete what the spec leaves open."""
        names, sent = call.matches.get(operation, {}), call.request.document
        full, models = "/".join([*names.values()][:2]), service.records["/models"]
        if operation == "models.create":
            url = f"https://replicate.com/{sent['owner']}/{sent['name']}"
            usual = {"url": url, "is_official": False, "run_count": 0, "latest_version": None}
            draft.body = usual | draft.body
        elif operation == "models.readme.get":
            model = _named(service, "/models", full)
            draft.content = str(model.get("readme") or f"# {model['name']}\n").encode()
        elif operation == "models.versions.delete":
            left = [*service.records[f"/models/{full}/versions"], None]
            _named(service, "/models", full)["latest_version"] = left[0]
        elif operation == "search":
            words, limit = (
                call.request.query["query"][0],
                call.request.query.get("limit", ["20"])[0],
            )
            found = [{"model": each} for each in searched(models, words)]
            draft.body = {
                "query": words,
                "models": found[: int(limit)],
                "collections": [],
                "pages": [],
            }
        elif operation == "collections.get":
            draft.body |= {"full_description": None, "models": models}
        elif operation in {"deployments.create", "deployments.update"}:
            draft.body = _deployment(service, draft.body, sent)
        elif operation == "files.create":
            draft.body |= _file(draft.body, f"{service.setting.base_url}/files", sent)
        elif operation == "webhooks.default.secret.get":
            draft.body = {"key": service.setting.webhook_secret}

    def serve(self, service: Service, operation: str, call: Call, store: Store) -> Response | None:
        """Streams and downloads."""
        names, request = call.matches[operation], call.request
        if operation == "stream":
            jobs = (job for job in store.jobs if job.id == names["prediction_id"] and parts(job))
            last = request.headers.get("last-event-id", "").rpartition(":")[2]
            job = next(jobs, None)
            if job is not None:
                return Live(
                    lambda count: told(job, int(last) + 1 if last.isdecimal() else 0, count)
                )
            raise Refused(404, "there is no such stream")
        if operation != "files.download":
            return None
        owner, expiry, signature = (request.query[n][0] for n in ("owner", "expiry", "signature"))
        key, text = service.setting.webhook_secret, f"{owner} {names['file_id']} {expiry}"
        signed = b64encode(hmac.digest(key.encode(), text.encode(), sha256)).decode()
        known = [file["urls"]["get"] for file in service.records["/files"] if file["id"] in text]
        fresh = int(expiry) > service.setting.now()
        for upload in store.uploads if fresh and hmac.compare_digest(signed, signature) else []:
            if upload.kept["url"] in known:
                kind = {"content-type": "application/octet-stream"}
                return RawResponse(200, kind, bytes_of(upload.content))
        raise Refused(404, "there is no such file")


def _named(service: Service, path: str, full: str, detail: str = "") -> Record:
    """The model or deployment ``owner/name``; raises `Refused`."""
    for found in service.records[path]:
        if f"{found['owner']}/{found['name']}" == full:
            return found
    nothing = Refused(404, "there is no such thing")
    raise Refused(404, detail, detail=detail) if detail else nothing


def _check_model(service: Service, operation: str, full: str) -> None:
    """Refuse what the service does not do with a model; raises `Refused`."""
    model = _named(service, "/models", full)
    if operation == "models.versions.list" and model["is_official"]:
        raise Refused(404, "the versions of official models are hidden")
    if operation == "models.delete" and model["latest_version"]:
        raise Refused(403, "Only models without versions can be deleted")


def _deployment(service: Service, before: Record, sent: Record) -> Record:
    """A deployment with a new release."""
    release: Record = before.get("current_release") or {"number": 0, "configuration": {}}
    known: Record = {**release, **release["configuration"], **sent}
    made = {key: known[key] for key in ("model", "version")}
    made["number"] = release["number"] + 1
    made["created_at"] = service.stamp(service.setting.now(), {})
    made["created_by"] = RECORDS["/account"][0]
    settings = ("hardware", "min_instances", "max_instances")
    made["configuration"] = {key: known[key] for key in settings}
    return {"owner": "sandbox", "name": before["name"], "current_release": made}


def _file(made: Record, url: str, sent: Mapping[str, Any]) -> Record:
    """What is known of a file that was sent."""
    part = sent["content"]
    if not isinstance(part, Blob):
        raise Refused(400, "content has to be a file")
    content = bytes_of(part)
    sums = {"sha256": part.digest, "md5": md5(content, usedforsecurity=False).hexdigest()}
    media_type = sent.get("type") or part.media_type or "application/octet-stream"
    known = {"name": sent.get("filename") or part.name, "content_type": media_type}
    expires = datetime.fromisoformat(made["created_at"]) + timedelta(days=1)
    more = {"checksums": sums, "etag": sums["md5"], "urls": {"get": f"{url}/{made['id']}"}}
    return {"size": part.size, "expires_at": str(expires), "metadata": {}, **made, **known, **more}
