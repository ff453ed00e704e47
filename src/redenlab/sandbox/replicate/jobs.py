"""Endpoints of predictions, trainings, deployments, and their streams."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from redenlab.sandbox.replicate import lifecycle
from redenlab.sandbox.replicate.backend import ACCOUNT, Replicate
from redenlab.sandbox.replicate.catalogue import MODELS, Model
from redenlab.sandbox.replicate.problems import Problem, invalid_version, not_found
from redenlab.sandbox.replicate.requests import body, cancel_after, json_response, paged, preferred
from redenlab.sandbox.replicate.store import Document
from redenlab_api.replicate import server

DROP = 2
"""Events before a stream breaks whose prompt has ``sandbox:drop``."""


class Jobs:
    """Methods have the names of the operations, with underscores for dots."""

    def __init__(self, backend: Replicate) -> None:
        """Serve `backend`."""
        self._backend = backend

    # -- predictions

    async def predictions_create(self, request: Request) -> Response:
        """Run a version."""
        given = await body(request, server.VersionPredictionRequest)
        model, version = self._backend.runnable(given.pop("version"))
        return await self._created(request, model, version, given)

    async def models_predictions_create(self, request: Request) -> Response:
        """Run an official model."""
        model = MODELS.get("{model_owner}/{model_name}".format(**request.path_params))
        if model is None or not model.official:
            raise not_found()
        given = await body(request, server.PredictionRequest)
        return await self._created(request, model, "hidden", given)

    async def deployments_predictions_create(self, request: Request) -> Response:
        """Run the current release of a deployment."""
        deployment = self._deployment(request)
        release = deployment["current_release"]
        model, version = self._backend.runnable(release["version"])
        given = await body(request, server.PredictionRequest)
        given["deployment"] = f"{deployment['owner']}/{deployment['name']}"
        return await self._created(request, model, version, given)

    async def _created(
        self, request: Request, model: Model, version: str, given: Document
    ) -> Response:
        """The response to a create; one held back by ``Prefer`` never has a final status."""
        record = self._backend.create(model, version, given, cancel_after(request))
        seconds = preferred(request)
        begun = {**record, "start": record["created"] + 1, "end": None}  # the state at creation
        shown = lifecycle.shown(begun, record["created"], self._backend.url, None)
        if not seconds:
            return json_response(shown, 201)
        end = record["end"]
        if end is None or end - record["created"] > seconds:
            await asyncio.sleep(seconds)
        else:
            await asyncio.sleep(max(end - time.time(), 0))
            output = self._backend.output(record, inline=True)
            shown |= {"status": lifecycle.PROCESSING, "output": output}
        return json_response(shown, 201, Preference_Applied=request.headers["prefer"])

    async def predictions_get(self, request: Request) -> Response:
        """Return one prediction."""
        return json_response(self._backend.shown(self._record(request, "prediction")))

    async def predictions_list(self, request: Request) -> Response:
        """The newest predictions first."""
        query = request.query_params
        after, before = query.get("created_after", ""), query.get("created_before", "~")
        shown = (
            (position, self._backend.shown(record))
            for position, record in self._backend.store.newest("predictions")
        )
        wanted = [found for found in shown if after <= found[1]["created_at"] < before]
        web = query.get("source") == "web"
        size = self._backend.page_size
        return paged(request, self._backend.url, [] if web else wanted, size)

    async def predictions_cancel(self, request: Request) -> Response:
        """Cancel a prediction; one that has ended does not change."""
        return self._stopped(self._record(request, "prediction"))

    # -- trainings

    async def trainings_create(self, request: Request) -> Response:
        """Train a version."""
        path = request.path_params
        model = MODELS.get(f"{path['model_owner']}/{path['model_name']}")
        if model is None or path["version_id"] != model.version:
            raise invalid_version()
        given = await body(request, server.TrainingRequest)
        if self._backend.store.get("models", given["destination"]) is None:
            raise Problem(404, "The specified training destination does not exist")
        record = {
            "id": lifecycle.new_id(),
            "kind": "trainings",
            "model": model.full_name,
            "version": model.version,
            **given,
        }
        lifecycle.begin(record, time.time(), self._backend.processing, None)
        return json_response(self._backend.shown(self._backend.keep(record)), 201)

    async def trainings_get(self, request: Request) -> Response:
        """Return one training."""
        return json_response(self._backend.shown(self._record(request, "training")))

    async def trainings_list(self, request: Request) -> Response:
        """The newest trainings first."""
        found = self._backend.store.newest("trainings")
        shown = ((position, self._backend.shown(record)) for position, record in found)
        return paged(request, self._backend.url, shown, self._backend.page_size)

    async def trainings_cancel(self, request: Request) -> Response:
        """Cancel a training; one that has ended does not change."""
        return self._stopped(self._record(request, "training"))

    def _record(self, request: Request, kind: str) -> Document:
        found = self._backend.store.get(f"{kind}s", request.path_params[f"{kind}_id"])
        if found is None:
            raise not_found()
        return found

    def _stopped(self, record: Document) -> Response:
        lifecycle.stop(record, time.time())
        self._backend.store.put(record["kind"], record["id"], record)
        return json_response(self._backend.shown(record))

    # -- deployments

    async def deployments_list(self, request: Request) -> Response:
        """The newest deployments first."""
        found = self._backend.store.newest("deployments")
        return paged(request, self._backend.url, found, self._backend.page_size)

    async def deployments_create(self, request: Request) -> Response:
        """Create a deployment."""
        given = await body(request, server.DeploymentRequest)
        self._backend.runnable(given["version"])
        name = given["name"]
        if self._backend.store.get("deployments", f"sandbox/{name}"):
            raise Problem(409, "A deployment of this name exists already")
        return self._deployed(name, 1, given)

    async def deployments_get(self, request: Request) -> Response:
        """Return one deployment."""
        return json_response(self._deployment(request))

    async def deployments_update(self, request: Request) -> Response:
        """Change a deployment."""
        deployment = self._deployment(request)
        release = deployment["current_release"]
        given = await body(request, server.DeploymentUpdate)
        self._backend.runnable(given.get("version", release["version"]))
        merged = {**release, **release["configuration"], **given}
        return self._deployed(deployment["name"], release["number"] + 1, merged)

    async def deployments_delete(self, request: Request) -> Response:
        """Delete a deployment that is offline."""
        deployment = self._deployment(request)
        if deployment["current_release"]["configuration"]["min_instances"]:
            raise Problem(400, "The deployment has to be offline; set min_instances to 0")
        self._backend.store.delete("deployments", f"sandbox/{deployment['name']}")
        return Response(status_code=204)

    def _deployment(self, request: Request) -> Document:
        name = "{deployment_owner}/{deployment_name}".format(**request.path_params)
        found = self._backend.store.get("deployments", name)
        if found is None:
            raise not_found()
        return found

    def _deployed(self, name: str, number: int, given: Document) -> Response:
        settings = ("hardware", "min_instances", "max_instances")
        release = {
            "number": number,
            "model": given["model"],
            "version": given["version"],
            "created_at": lifecycle.stamp(time.time()),
            "created_by": ACCOUNT,
            "configuration": {key: given[key] for key in settings},
        }
        deployment = {"owner": "sandbox", "name": name, "current_release": release}
        self._backend.store.put("deployments", f"sandbox/{name}", deployment)
        return json_response(deployment)

    # -- streams

    async def streams(self, request: Request) -> Response:
        """The output of a prediction as server-sent events."""
        address = f"{self._backend.url}/streams/{request.path_params['name']}"
        for _, record in self._backend.store.newest("predictions"):
            if record["urls"].get("stream") == address:
                last = request.headers.get("last-event-id", "")
                events = self._events(record, last)
                headers = {"Cache-Control": "no-store"}
                return StreamingResponse(events, 200, headers, "text/event-stream")
        raise not_found()

    async def _events(self, record: Document, last: str) -> AsyncIterator[str]:
        """The events after `last`, each when it is due."""
        number = last.rpartition(":")[2]
        done = int(number) + 1 if number.isdecimal() else 0
        yield ": hi\n\nretry: 20\n\n"
        texts = self._backend.output(record)
        moments = list(lifecycle.shares(record, len(texts)))
        for index in range(done, len(texts)):
            over = lifecycle.ended(record, time.time()) is not None
            if not over and not await self._backend.reached(record, moments[index]):
                break
            yield _event("output", texts[index], f"{int(record['created'])}:{index}")
            if index + 1 - done == DROP and lifecycle.has_marker(record, "sandbox:drop"):
                return
        await self._backend.reached(record, None)
        status = lifecycle.status(self._backend.present(record), time.time())
        if status == lifecycle.FAILED:
            yield _event("error", json.dumps({"detail": "The model was told to fail (E1000)"}))
        reason = {lifecycle.FAILED: "error", lifecycle.SUCCEEDED: ""}.get(
            status, lifecycle.CANCELED
        )
        yield _event("done", json.dumps({"reason": reason} if reason else {}))


def _event(kind: str, data: str, event_id: str = "") -> str:
    lines = "".join(f"data: {line}\n" for line in data.split("\n"))
    return f"event: {kind}\n{f'id: {event_id}' if event_id else ':'}\n{lines}\n"
