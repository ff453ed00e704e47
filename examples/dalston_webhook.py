"""A receiver of Dalston's webhooks: deliveries are verified before they are read."""

from typing import Annotated, Any

from fastapi import Depends, FastAPI

from redenlab.dalston import WebhookPayload, fastapi_webhook_dependency

app = FastAPI()
verified = fastapi_webhook_dependency("whsec_for_examples")


@app.post("/hooks")
async def receive(payload: Annotated[WebhookPayload, Depends(verified)]) -> dict[str, Any]:
    return {"event": payload.event, "transcription": str(payload.transcription_id)}
