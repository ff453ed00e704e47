"""Many models on one recording at the same time, over eight connections."""

import asyncio

from redenlab import AsyncInferenceClient, RedenLabError

MODELS = ("intelligibility", "speaker_counter", "speaker_diarisation_workflow")


async def main() -> None:
    async with AsyncInferenceClient() as client:
        calls = [client.predict("call.wav", model_name=name) for name in MODELS]
        for name, found in zip(MODELS, await asyncio.gather(*calls, return_exceptions=True)):
            print(name, found if isinstance(found, RedenLabError) else found.result)


asyncio.run(main())
