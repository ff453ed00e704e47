"""The registered language models, listed without blocking an event loop."""

import asyncio

from redenlab.modelred import AsyncModelRedClient


async def main() -> None:
    async with AsyncModelRedClient() as client:
        for model in await client.models.list():
            print(model.display_name, model.provider)


asyncio.run(main())
