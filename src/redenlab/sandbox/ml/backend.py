"""What RedenLab ML does beyond its spec: two profiles, and models that read audio."""

import hashlib
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from redenlab.core.spec.expressions import MISSING
from redenlab.sandbox.engine.backend import Backend, Failure, Work
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.messages import Blob, Refused
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.service import Service
from redenlab_api.ml.jobs import PREDICT

if TYPE_CHECKING:
    from pathlib import Path


class Ml(Backend):
    """With a key an upload makes one job; with a bearer token it makes an asset."""

    running: Sequence[str] = [s for s, state in PREDICT.spec.states.items() if state == "running"][
        :1
    ]
    max_body: int = 1024 * 1024
    models: str = "redenlab_api.ml.server"

    def links(self, *, by_token: bool) -> bool | None:
        """Results are behind links for bearer tokens alone, and not those of all models."""
        return None if by_token else False

    def outcome(self, work: Work) -> Any:
        """Measure the recording."""
        from redenlab.sandbox.audio import speech  # noqa: PLC0415 - importing numpy is slow
        from redenlab.sandbox.ml import measures  # noqa: PLC0415 - importing numpy is slow

        content = work.content
        source: Path | BinaryIO
        if isinstance(content, Blob):
            digest, source = content.digest, content.path
        else:
            digest, source = hashlib.sha256(content).hexdigest(), io.BytesIO(content)
        try:
            found = speech.analyse(source)
        except speech.NotAudio:
            raise Failure("The recording cannot be decoded as audio") from None
        return measures.result(work, found, digest)

    def check(self, service: Service, operation: str, call: Call) -> None:
        """Refuse names that are no base names, and pieces without a parent."""
        del service
        if operation != "create_upload_url":
            return
        body: dict[str, Any] = call.request.document
        name = body["filename"]
        if name in {".", ".."} or "/" in name or "\\" in name or not name.isprintable():
            raise Refused(422, "filename: Not the base name of a file")
        if ("parent_asset_id" in body) != ("chunk_index" in body):
            raise Refused(422, "chunk_index: Goes with parent_asset_id, and only with it")

    def shape(self, service: Service, operation: str, draft: Draft, call: Call) -> None:
        """Name the upload as the profile does."""
        if operation == "create_upload_url":
            by_token = service.by_token(call.request)
            for name in ("job_id", "file_key") if by_token else ("asset_id",):
                draft.place(f"$response.body#/{name}", MISSING)
            if not by_token:
                name = call.request.document["filename"]
                key = f"uploads/{draft.value('$response.body#/job_id')}/{name}"
                draft.place("$response.body#/file_key", key)
        if operation == "predict":
            draft.place("$response.body#/message", "Inference job submitted successfully")
            if not service.by_token(call.request):
                location = f"s3://sandbox/results/{draft.value('$response.body#/job_id')}.json"
                draft.place("$response.body#/output_location", location)


BACKEND = Ml()
