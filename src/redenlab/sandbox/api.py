"""The API of the sandbox: the routes of the spec over `Records`.

Methods and paths come from the generated operations, body schemas from the generated pydantic
models, and status values from the job description, so a spec change needs no edit here.
"""

import hmac
import json
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from redenlab.core.spec.grammar import State
from redenlab.sandbox import signing
from redenlab.sandbox.identity import Identity
from redenlab.sandbox.records import Job, Records, Transaction, Upload
from redenlab.sandbox.responses import (
    Endpoint,
    check,
    error_response,
    json_response,
    read_body,
    utc_datetime,
    with_request_id,
)
from redenlab.sandbox.shapes import shape
from redenlab_api.ml import server
from redenlab_api.ml.api.inference import create_upload_url, get_health, get_result, predict
from redenlab_api.ml.jobs import PREDICT
from redenlab_api.ml.server import (
    JobResult,
    ModelHealth,
    PredictRequest,
    Submission,
    UploadTicket,
    UploadUrlRequest,
)

STAGE = "/prod"
"""First part of every path, as behind an API gateway."""

STATUS_OF: dict[State, str] = {
    state: status for status, state in reversed([*PREDICT.spec.states.items()])
}
"""The first status value of each state."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Settings of the API.

    Attributes:
        api_key: The only key that is accepted.
        secret: Signs links.
        storage_url: Origin of the links.
        processing: Minimum seconds that a job takes.
        link_seconds: Seconds for which a link is valid.
    """

    api_key: str
    secret: str
    storage_url: str
    processing: float
    link_seconds: int


class Api:
    """The endpoints. Requests with a key create jobs, those with a bearer token create assets."""

    def __init__(
        self,
        records: Records,
        terms: Terms,
        identity: Identity,
        start: Callable[[Job], None],
    ) -> None:
        """Store the dependencies; `start` is called once for each submitted job."""
        self._records = records
        self._terms = terms
        self._identity = identity
        self._start = start

    def app(self) -> ASGIApp:
        """The whole API as an ASGI application."""
        operations = (
            (create_upload_url, self.create_upload_url),
            (predict, self.predict),
            (get_health, self.get_health),
            (get_result, self.get_result),
        )
        routes = [
            Route(f"{STAGE}{operation.PATH}", self._secured(endpoint), methods=[operation.METHOD])
            for operation, endpoint in operations
        ]
        refusals = dict.fromkeys((HTTPException, ClientDisconnect, Exception), error_response)
        app = Starlette(
            routes=[*routes, *self._identity.routes(STAGE)], exception_handlers=refusals
        )
        app.router.redirect_slashes = False
        return with_request_id(app, "x-request-id")

    async def create_upload_url(self, request: Request) -> Response:
        """Create an upload link, together with an asset or a job."""
        body = await read_body(request, UploadUrlRequest)
        name = body.filename
        if name in {".", ".."} or "/" in name or "\\" in name or not name.isprintable():
            raise HTTPException(422, "filename: Not the base name of a file")
        by_token = _by_token(request)
        if (body.parent_asset_id is None) != (body.chunk_index is None):
            raise HTTPException(422, "chunk_index: Goes with parent_asset_id, and only with it")
        if body.parent_asset_id is not None and not by_token:
            raise HTTPException(422, "parent_asset_id: Extra inputs are not permitted")
        now, upload_id = time.time(), str(uuid.uuid4())
        upload = Upload(upload_id, f"uploads/{upload_id}/{name}", now, body.parent_asset_id)
        with self._records.transaction() as transaction:
            if upload.parent is not None and transaction.upload(upload.parent) is None:
                raise HTTPException(404, "No such parent asset")
            transaction.add_upload(upload)
            if not by_token:
                transaction.add(Job(upload_id, upload_id, now))
        default = UploadUrlRequest.model_fields["content_type"].default
        headers = {"content-type": body.content_type or default}
        return json_response(
            UploadTicket(
                job_id=None if by_token else upload_id,
                file_key=None if by_token else upload.file_key,
                asset_id=upload_id if by_token else None,
                upload_url=self._link(_PUT, upload.file_key, headers),
                expires_in=self._terms.link_seconds,
            )
        )

    async def predict(self, request: Request) -> Response:
        """Submit: with a key, a job once; with a bearer token, an asset any number of times."""
        model = request.path_params["model_name"]
        if model not in PREDICT.spec.models:
            raise HTTPException(404, "No such model")
        body = await read_body(request, PredictRequest)
        _check_parameters(model, body.model_extra or {})
        now = time.time()
        with self._records.transaction() as transaction:
            if _by_token(request):
                job, fresh = _new_job(transaction, body, now), True
            else:
                job, fresh = _known_job(transaction, body, model)
            request.state.job_id = job.job_id
            if fresh:
                ready = now + self._terms.processing
                transaction.submit(job.job_id, model, now, ready)
                job = replace(job, model=model, submitted=now, ready=ready)
        if fresh:
            self._start(job)
        return json_response(
            Submission(
                job_id=job.job_id,
                status=_status(job, now),
                message="Inference job submitted successfully",
                output_location=None if job.linked else f"s3://sandbox/results/{job.job_id}.json",
            )
        )

    async def get_health(self, request: Request) -> Response:
        """Report the health of a model, which is always ready here."""
        model = request.path_params["model_name"]
        if model not in PREDICT.spec.models:
            raise HTTPException(404, "No such model")
        return json_response(ModelHealth(status="ready", ready=True))

    async def get_result(self, request: Request) -> Response:
        """Return the status of a job, and its result when it has one."""
        model = request.query_params.get("model")
        with self._records.transaction() as transaction:
            job = transaction.job(request.path_params["job_id"])
        if job is None or (model and job.model and model != job.model):
            raise HTTPException(404, "No such job")
        now = time.time()
        ended = job.ended(now)
        fields = {
            "job_id": job.job_id,
            "status": _status(job, now),
            "error": job.error if ended else None,
            "created_at": utc_datetime(job.created),
            "submitted_at": utc_datetime(job.submitted),
            "completed_at": utc_datetime(ended),
        }
        found = self._found(job, now) if ended and job.result else {}
        return json_response(JobResult.model_validate({**fields, **found}))

    def _found(self, job: Job, now: float) -> dict[str, Any]:
        """The fields of a response that hold the result, or link to it."""
        assert job.result is not None  # noqa: S101 - the caller checked
        parts = shape(job.model or "", json.loads(job.result), linked=job.linked)
        fields = dict(parts.beside)
        if parts.file is not None:
            fields["result_url"] = self._link("GET", f"results/{job.job_id}.json")
            fields["result_url_expires_at"] = utc_datetime(now + self._terms.link_seconds)
        if parts.subtitles:
            fields["subtitle_urls"] = {
                kind: self._link("GET", f"results/{job.job_id}.{kind}") for kind in parts.subtitles
            }
        return fields

    def _secured(self, endpoint: Endpoint) -> Endpoint:
        expected = self._terms.api_key.encode()

        async def secured(request: Request) -> Response:
            if token := _token(request):
                if not self._identity.knows(token):
                    raise HTTPException(401, "The token is not known or too old")
                return await endpoint(request)
            key = request.headers.get("x-api-key", "")
            if not hmac.compare_digest(key.encode(), expected):
                raise HTTPException(401, "Unknown API key" if key else "The API key is missing")
            return await endpoint(request)

        return secured

    def _link(self, method: str, key: str, headers: Mapping[str, str] | None = None) -> str:
        origin = self._terms.storage_url
        signed = {**(headers or {}), "host": urlsplit(origin).netloc}
        request = signing.Signed(method, f"/{key}", [], signed)
        seconds = self._terms.link_seconds
        return signing.link(request, origin, self._terms.secret, seconds, datetime.now(UTC))


_PUT = next((step.method for step in PREDICT.x_job.upload if step.url), "PUT")


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else ""


def _by_token(request: Request) -> bool:
    return bool(_token(request))


def _check_parameters(model: str, given: Mapping[str, Any]) -> None:
    """Refuse parameters that the model does not have, or whose values do not match its schema."""
    schema = PREDICT.spec.models[model].schema
    form = getattr(server, schema) if schema else None
    known: Mapping[str, Any] = form.model_fields if form else {}
    for name in given:
        if name not in known:
            raise HTTPException(422, f"{name}: Extra inputs are not permitted")
    if form is not None:
        check(given, form)


def _new_job(transaction: Transaction, body: PredictRequest, now: float) -> Job:
    """A job of an asset.

    Raises:
        HTTPException: There is no such asset, or it is not uploaded yet.
    """
    for name in ("job_id", "file_key"):
        if getattr(body, name) is not None:
            raise HTTPException(422, f"{name}: Extra inputs are not permitted")
    if body.asset_id is None:
        raise HTTPException(422, "asset_id: Field required")
    upload = transaction.upload(body.asset_id)
    if upload is None:
        raise HTTPException(404, "No such asset")
    if upload.uploaded is None:
        raise HTTPException(409, "Upload is still pending")
    job = Job(str(uuid.uuid4()), upload.upload_id, now, linked=True)
    transaction.add(job)
    return job


def _known_job(transaction: Transaction, body: PredictRequest, model: str) -> tuple[Job, bool]:
    """The job that was created with the upload, and whether it is not submitted yet.

    Raises:
        HTTPException: It cannot be submitted.
    """
    for name in ("job_id", "file_key"):
        if getattr(body, name) is None:
            raise HTTPException(422, f"{name}: Field required")
    if body.asset_id is not None:
        raise HTTPException(422, "asset_id: Extra inputs are not permitted")
    job = transaction.job(body.job_id or "")
    if job is None or job.linked:
        raise HTTPException(404, "No such job")
    upload = transaction.upload(job.upload_id)
    if upload is None or upload.file_key != body.file_key:
        raise HTTPException(422, "file_key: Not the one of this job")
    if job.model not in {None, model}:
        raise HTTPException(422, "job_id: Already submitted to another model")
    if upload.uploaded is None:
        raise HTTPException(409, "Upload is still pending")
    return job, job.model is None


def _status(job: Job, now: float) -> str:
    """The status value of a job."""
    if job.submitted is None:
        return STATUS_OF["unsubmitted"]
    if job.ended(now) is None:
        return STATUS_OF["running"]
    return STATUS_OF["succeeded" if job.error is None else "failed"]
