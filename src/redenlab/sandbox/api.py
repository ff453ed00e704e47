"""The API of the sandbox: the routes of the spec over `Records`.

Methods and paths come from the generated operations, forms from the generated pydantic models,
and the words for a job's status from the job description, so a change of the spec needs no edit
here.
"""

import hmac
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from redenlab.core.results import State
from redenlab.sandbox import signing
from redenlab.sandbox.answers import Endpoint, answer, check, moment, read, refused, tagged
from redenlab.sandbox.records import Job, Records
from redenlab_api.ml import server
from redenlab_api.ml.api.inference import create_upload_url, get_result, predict
from redenlab_api.ml.jobs import PREDICT
from redenlab_api.ml.server import (
    JobResult,
    PredictRequest,
    Submission,
    UploadTicket,
    UploadUrlRequest,
)

STAGE = "/prod"
"""First part of every path, as behind an API gateway."""

WORDS: dict[State, str] = {state: word for word, state in reversed([*PREDICT.states.items()])}
"""The first status of each class."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What this sandbox was told about itself.

    Attributes:
        api_key: The only one that is accepted.
        secret: Signs links.
        storage_url: Origin of the links.
        processing: Seconds that a job takes at least.
        link_seconds: Seconds for which a link works.
    """

    api_key: str
    secret: str
    storage_url: str
    processing: float
    link_seconds: int


class Api:
    """The endpoints."""

    def __init__(self, records: Records, terms: Terms, start: Callable[[Job], None]) -> None:
        """`start` is told each job that was submitted, once."""
        self._records = records
        self._terms = terms
        self._start = start

    def app(self) -> ASGIApp:
        """The whole API as an ASGI application."""
        operations = (
            (create_upload_url, self.create_upload_url),
            (predict, self.predict),
            (get_result, self.get_result),
        )
        routes = [
            Route(f"{STAGE}{operation.PATH}", self._secured(endpoint), methods=[operation.METHOD])
            for operation, endpoint in operations
        ]
        refusals = dict.fromkeys((HTTPException, ClientDisconnect, Exception), refused)
        app = Starlette(routes=routes, exception_handlers=refusals)
        app.router.redirect_slashes = False
        return tagged(app, "x-request-id")

    async def create_upload_url(self, request: Request) -> Response:
        """Make a job, and a link for its recording."""
        body = await read(request, UploadUrlRequest)
        name = body.filename
        if name in {".", ".."} or "/" in name or "\\" in name or not name.isprintable():
            raise HTTPException(422, "filename: Not the base name of a file")
        job_id = str(uuid.uuid4())
        job = Job(job_id, f"uploads/{job_id}/{name}", time.time())
        with self._records.transaction() as transaction:
            transaction.add(job)
        default = UploadUrlRequest.model_fields["content_type"].default
        return answer(
            UploadTicket(
                job_id=job_id,
                upload_url=self._link(job, body.content_type or default),
                file_key=job.file_key,
                expires_in=self._terms.link_seconds,
            )
        )

    async def predict(self, request: Request) -> Response:
        """Submit a job; once, however often it is asked for."""
        model = request.path_params["model_name"]
        if model not in PREDICT.result.models:
            raise HTTPException(404, "No such model")
        body = await read(request, PredictRequest)
        schema = PREDICT.parameter_schemas.get(model)
        if schema is not None:
            check(body.model_extra or {}, getattr(server, schema))
        now = time.time()
        with self._records.transaction() as transaction:
            job = transaction.job(body.job_id)
            fresh = _submittable(job, body.file_key, model)
            if fresh:
                transaction.submit(body.job_id, model, now, now + self._terms.processing)
                job = transaction.job(body.job_id)
        assert job is not None  # noqa: S101 - _submittable has looked
        if fresh:
            self._start(job)
        return answer(
            Submission(
                job_id=job.job_id,
                status=_word(job, now),
                message="Inference job submitted successfully",
                output_location=f"s3://sandbox/results/{job.job_id}.json",
            )
        )

    async def get_result(self, request: Request) -> Response:
        """Look at a job."""
        model = request.query_params.get("model")
        with self._records.transaction() as transaction:
            job = transaction.job(request.path_params["job_id"])
        if job is None or (model and job.model and model != job.model):
            raise HTTPException(404, "No such job")
        now = time.time()
        ended = job.ended(now)
        return answer(
            JobResult(
                job_id=job.job_id,
                status=_word(job, now),
                result=json.loads(job.result) if ended and job.result else None,
                error=job.error if ended else None,
                created_at=moment(job.created),
                submitted_at=moment(job.submitted),
                completed_at=moment(ended),
            )
        )

    def _secured(self, endpoint: Endpoint) -> Endpoint:
        expected = self._terms.api_key.encode()

        async def secured(request: Request) -> Response:
            key = request.headers.get("x-api-key", "")
            if not hmac.compare_digest(key.encode(), expected):
                raise HTTPException(401, "Unknown API key" if key else "The API key is missing")
            return await endpoint(request)

        return secured

    def _link(self, job: Job, content_type: str) -> str:
        upload = PREDICT.upload
        assert upload is not None  # noqa: S101 - the spec says how recordings get here
        origin = self._terms.storage_url
        headers = {"content-type": content_type, "host": urlsplit(origin).netloc}
        request = signing.Signed(upload.method, f"/{job.file_key}", [], headers)
        seconds = self._terms.link_seconds
        return signing.link(request, origin, self._terms.secret, seconds, datetime.now(UTC))


def _submittable(job: Job | None, file_key: str, model: str) -> bool:
    """Whether the job is new to `model`; ``False`` if it was submitted to it already.

    Raises:
        HTTPException: It cannot be submitted.
    """
    if job is None:
        raise HTTPException(404, "No such job")
    if job.file_key != file_key:
        raise HTTPException(422, "file_key: Not the one of this job")
    if job.model not in {None, model}:
        raise HTTPException(422, "job_id: Already submitted to another model")
    if job.uploaded is None:
        raise HTTPException(409, "Upload is still pending")
    return job.model is None


def _word(job: Job, now: float) -> str:
    """The status of a job, in the words of the spec."""
    if job.submitted is None:
        return WORDS["unsubmitted"]
    if job.ended(now) is None:
        return WORDS["running"]
    return WORDS["succeeded" if job.error is None else "failed"]
