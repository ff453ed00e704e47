"""A scripted Dalston server, its answers, and both clients of it."""

import json
from collections.abc import Callable
from typing import Any

import anyio
import httpx

from redenlab.dalston import AsyncDalston, Dalston
from scripted_api import BASE, KEY, ScriptedApi, options

JOB = "4f2c9be1-1f0e-4c43-9a53-1f0de2a2a5a5"
JOBS = "/v1/audio/transcriptions"
SUBMIT, POLL = f"POST {JOBS}", f"GET {JOBS}/{JOB}"
CREATED = {
    "id": JOB,
    "status": "pending",
    "display_name": "call.wav",
    "created_at": "2026-02-16T12:00:00.123456Z",
}


def stage(name: str, status: str, *, required: bool = True) -> dict[str, Any]:
    return {"stage": name, "status": status, "required": required, "retries": None}


def job(status: str = "completed", *stages: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A job as the server describes it."""
    found: dict[str, Any] = {**CREATED, "status": status, "progress": None, "current_stage": None}
    found |= {"stages": list(stages) or None, "words": None, "pii": None, "entities": None}
    if status == "completed":
        words = [{"text": "Good", "start": 0.4, "end": 0.6, "confidence": 0.9}]
        segment = {"id": "seg_000", "start": 0.4, "end": 1.2, "text": "Good morning."}
        found |= {"text": "Good morning.", "language_code": "en", "redacted_text": None}
        found |= {"segments": [{**segment, "speaker": "SPEAKER_00", "words": words}]}
        found |= {"speakers": [{"id": "SPEAKER_00", "label": None}], "audio_duration_seconds": 2.5}
    return {**found, **more}


def server(*polls: Any) -> ScriptedApi:
    """A server that accepts one job."""
    api = ScriptedApi().on(SUBMIT, httpx.Response(201, json=CREATED))
    return api.on(POLL, *polls) if polls else api


def sync_call(api: ScriptedApi, method: str, *args: Any, **kwargs: Any) -> Any:
    with Dalston(BASE, **given(api)) as client:
        found = find(client, method)(*args, **kwargs)
        return list(found) if method.startswith(("list_jobs", "realtime_sessions.list")) else found


def async_call(api: ScriptedApi, method: str, *args: Any, **kwargs: Any) -> Any:
    async def main() -> Any:
        async with AsyncDalston(BASE, **given(api)) as client:
            found = find(client, method)(*args, **kwargs)
            if method.startswith(("list_jobs", "realtime_sessions.list")):
                return [each async for each in found]
            return await found

    return anyio.run(main)


def find(client: Any, method: str) -> Callable[..., Any]:
    for name in method.split("."):
        client = getattr(client, name)
    return client


def given(api: ScriptedApi) -> dict[str, Any]:
    found = options(api)
    return {name: value for name, value in found.items() if name != "base_url"}


def fields(request: httpx.Request) -> dict[str, str]:
    """The texts of a form."""
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    found: dict[str, str] = {}
    for part in request.content.split(b"--" + boundary)[1:-1]:
        head, _, body = part.partition(b"\r\n\r\n")
        found[head.split(b'name="')[1].split(b'"')[0].decode()] = body[:-2].decode()
    return found


def refusal(status: int, body: Any, **headers: str) -> httpx.Response:
    text = body if isinstance(body, str) else json.dumps(body)
    return httpx.Response(status, content=text.encode(), headers=headers)


__all__ = ["KEY", "async_call", "sync_call"]
