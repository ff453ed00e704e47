"""What ModelRed does beyond its spec: things have names of two kinds, and probes really run."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from redenlab.sandbox.engine.backend import Backend, Record, Work
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.messages import Refused
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.service import Service
from redenlab.sandbox.modelred.target import PROBES, RECORDS, assess
from redenlab_api.modelred.jobs import ASSESS

QUEUED: Final[str] = next(iter(ASSESS.spec.states))
MODELS, PACKS = "/api/models", "/api/v2/probes"
INDEX: Final[Mapping[str, str]] = {
    "probe_categories": "category",
    "tier_definitions": "tier",
    "severity_levels": "severity",
}
PACKED: Final[Mapping[str, list[str]]] = {each["id"]: each["probes"] for each in RECORDS["packs"]}
SNAKE: Final[Mapping[str, str]] = {
    "testTypes": "test_types",
    "createdAt": "created_at",
    "completedAt": "completed_at",
    "detailedReport": "report",
}
"""How the first era spells some properties for callers with keys."""


class ModelRed(Backend):
    """Assessments of models that are registered, or were from the start."""

    key_prefix = "mr_"

    def records(self) -> Mapping[str, list[Record]]:
        """Models, the index of the probes, and packs with their contents."""
        usual = {"isActive": True, "testCount": 0, "description": None}
        probes = [_without(each, "prompts") for each in RECORDS["probes"]]
        index: Record = {"probes": probes}
        for name, key in INDEX.items():
            index[name] = {word: {"name": word} for word in (p[key].lower() for p in probes)}
        found = {
            MODELS: [usual | _without(each, "guard") for each in RECORDS["models"]],
            "/api/probes": [index],
            PACKS: [_without(each, "probes", "imported") for each in RECORDS["packs"]],
        }
        imported = {each["id"] for each in RECORDS["packs"] if each["imported"]}
        found[f"{PACKS}/imported"] = [each for each in found[PACKS] if each["id"] in imported]
        for pack, keys in PACKED.items():
            found[f"{PACKS}/{pack}/data"] = [{"probes": [PROBES[key] for key in keys]}]
        return found

    def check(self, service: Service, operation: str, call: Call) -> None:
        """Refuse what does not exist, what exists already, and what keys may not do."""
        if operation == "models.create":
            slug = call.request.document["modelId"]
            if any(each["modelId"] == slug for each in service.records[MODELS]):
                raise Refused(409, f"there is a model {slug} already")
        if operation == "assessments_v2.cancel":
            raise Refused(403, "this requires the web UI", code="WEB_UI_ONLY")
        if operation in {"assessments.create", "assessments_v2.create"}:
            _model(service.records[MODELS], call.request.document)
            _probes(call.request.document)

    def outcome(self, work: Work) -> Any:
        """Run the probes. What a newly registered model withstands follows from its name."""
        sent = work.parameters
        model = _model([*RECORDS["models"], {"modelId": _name(sent)}], sent)
        return assess(model, _probes(sent), work.seed)

    def shape(self, service: Service, operation: str, draft: Draft, call: Call) -> None:
        """Complete new models; page and filter lists."""
        query = {name: texts[0] for name, texts in call.request.query.items()}
        if operation == "models.create":
            now = service.stamp(service.setting.now(), {})
            draft.body.pop("providerConfig", None)
            draft.body |= {"isActive": True, "testCount": 0, "createdAt": now, "updatedAt": now}
        elif operation == "models.delete":
            draft.body = {"success": True}
        elif operation == "models.list":
            text, size = query.get("search", ""), int(query.get("pageSize", "10"))
            first = (int(query.get("page", "1")) - 1) * size
            found = [m for m in draft.body if text in m["modelId"] or text in m["displayName"]]
            draft.body = found[first : first + size]
        elif operation == "probes.list":
            wanted = {key: query[key] for key in INDEX.values() if key in query}
            draft.body["probes"] = [
                probe
                for probe in draft.body["probes"]
                if all(probe[key].lower() == text for key, text in wanted.items())
            ]

    def show(self, service: Service, draft: Draft, job: ServedJob) -> None:
        """Show what it was started with, how far it is, and when it began and ended."""
        draft.body["success"] = True
        data, sent = draft.body["data"], job.submit.known.value("$request.body")
        look, course = job.course.look(), job.course
        known = [*service.records[MODELS], {"modelId": _name(sent)}]  # it may be deleted by now
        data["modelId"] = _model(known, sent)["modelId"]
        data |= {key: sent[key] for key in ("testTypes", "probePackIds") if key in sent}
        data["priority"] = sent.get("priority", "normal")
        data["progress"] = 100 if look.is_end else 50 * (look.name != QUEUED)
        data["createdAt"] = service.stamp(course.created, {})
        if course.ended is not None:
            data["completedAt"] = service.stamp(course.ended, {})
        if job.job.name == "assess":
            for camel, snake in SNAKE.items():
                if camel in data:
                    data[snake] = data.pop(camel)
        else:
            data["status"] = str(data["status"]).upper()


def _without(record: Record, *keys: str) -> Record:
    return {key: value for key, value in record.items() if key not in keys}


def _name(sent: Mapping[str, Any]) -> Any:
    return sent.get("model") or sent.get("modelId")


def _model(models: Sequence[Record], sent: Mapping[str, Any]) -> Record:
    """The model that an assessment names by its slug or its id."""
    for each in models:
        if _name(sent) in {each.get("id"), each["modelId"]}:
            return each
    raise Refused(404, f"there is no model {_name(sent)}")


def _probes(sent: Mapping[str, Any]) -> list[str]:
    """The keys of the probes that an assessment runs."""
    for pack in sent.get("probePackIds", ()):
        if pack not in PACKED:
            raise Refused(422, f"there is no probe pack {pack}")
    packed = (key for pack in sent.get("probePackIds", ()) for key in PACKED[pack])
    keys = [*sent.get("testTypes", ()), *packed]
    for key in keys:
        if key not in PROBES:
            raise Refused(422, f"there is no probe {key}")
    return keys


BACKEND = ModelRed()
