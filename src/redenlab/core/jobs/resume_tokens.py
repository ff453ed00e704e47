"""Resume tokens: a job in a short text that holds no secret."""

import base64
import binascii
import json
from typing import Any, cast

from redenlab.core.errors import InputError
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.text import is_signed

VERSION = 1


def encode(service: str, job: str, ref: JobRef) -> str:
    """The token of the job `ref`, of the type `job` of `service`.

    Raises:
        InputError: The service names the job by a signed URL alone, which is a secret.
    """
    check_portable(ref)
    content: dict[str, Any] = {
        "v": VERSION,
        "service": service,
        "job": job,
        "model": ref.model,
        "id": ref.job_id,
    }
    if ref.kept:
        content["kept"] = dict(ref.kept)
    text = json.dumps(content, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def decode(resume_token: str) -> tuple[str, str, JobRef]:
    """Service, type and job of a token.

    Raises:
        InputError: It is no resume token, or one of another version.
    """
    content = _content(resume_token)
    service, job, job_id = (str(content.get(key, "")) for key in ("service", "job", "id"))
    model, kept = content.get("model"), content.get("kept", {})
    if not job_id or not isinstance(model, str | None) or not isinstance(kept, dict):
        raise InputError("the resume token is damaged", hint="copy all of job.resume_token")
    return service, job, JobRef(job_id, model, kept=cast("dict[str, Any]", kept))


def check_portable(ref: JobRef) -> None:
    """Refuse to carry a signed URL out of this process."""
    for name, value in ref.kept.items():
        if isinstance(value, str) and is_signed(value):
            raise InputError(
                f"job {ref.job_id} is known by a signed URL ({name}), which must not be stored",
                hint="wait for the job in this process",
                job_id=ref.job_id,
            )


def _content(resume_token: str) -> dict[str, Any]:
    hint = "a resume token comes from job.resume_token"
    try:
        text = base64.urlsafe_b64decode(resume_token + "=" * (-len(resume_token) % 4))
        content = json.loads(text)
    except (ValueError, binascii.Error, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise InputError("this is not a resume token", hint=hint)
    fields = cast("dict[str, Any]", content)
    if fields.get("v") != VERSION:
        problem = "the resume token is of another version of this SDK"
        raise InputError(problem, hint="upgrade redenlab")
    return fields
