"""A client whose settings are arguments: key, time-outs, retries, polls, logs."""

import logging
import os

from redenlab import InferenceClient, Poll, Retry

logging.basicConfig(level=logging.INFO)


async def tenant(request, proceed):
    """Middleware: one header more on every request, before it is signed."""
    return await proceed(request.with_headers({"X-Tenant": "north"}))


client = InferenceClient(
    api_key=os.environ["REDENLAB_ML_API_KEY"],
    base_url=os.environ["REDENLAB_ML_BASE_URL"],
    model_name="speaker_counter",
    timeout=900,  # seconds for a whole call, waiting included
    http_timeout=20,  # seconds for one request
    retry=Retry(retries=5, max_delay=30),
    poll=Poll.proportional(0.1),  # a tenth of the time that has passed
    middleware=[tenant],
)
with client:
    print(client.predict("call.wav").result.speaker_count)
    print(client.metrics)
