"""A service of your own: it submits predictions, and tells their status."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from redenlab import RedenLabError
from redenlab.replicate import AsyncReplicateClient


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncReplicateClient() as client:  # one client for all requests
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


@app.exception_handler(RedenLabError)
async def refused(_: Request, error: RedenLabError) -> JSONResponse:
    body = {"error": error.message, "hint": error.hint, "request_id": error.request_id}
    return JSONResponse(body, status_code=503 if error.retryable else 502)


@app.post("/images", status_code=202)
async def create(request: Request, prompt: str) -> dict[str, Any]:
    model = "black-forest-labs/flux-schnell"
    job = await request.app.state.client.submit(model, input={"prompt": prompt})
    return {"id": job.id, "status": job.status}


@app.get("/images/{job_id}")
async def status(request: Request, job_id: str) -> dict[str, Any]:
    found = await request.app.state.client.get_status(job_id)
    if found.state == "failed":
        raise HTTPException(502, "the model has failed")
    return {"id": job_id, "status": found.status}
