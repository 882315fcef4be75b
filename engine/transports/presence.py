"""Noticing that a client has gone away while its operation runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.types import Receive

from engine.transports.bodies import Disconnected
from engine.transports.ending import Ending

PATIENCE = 0.05  # seconds before listening: most operations are done by then, and listening costs a task


@asynccontextmanager
async def while_connected(receive: Receive) -> AsyncIterator[None]:
    """Run the block only while the client is there: when it goes, the block is cancelled and `Disconnected` raised."""
    ending = Ending()
    listening: list[asyncio.Task[None]] = []
    timer = asyncio.get_running_loop().call_later(
        PATIENCE, lambda: listening.append(asyncio.ensure_future(_listen(receive, ending)))
    )
    try:
        yield
    except asyncio.CancelledError:
        if ending.was_asked():
            raise Disconnected from None
        raise
    finally:
        timer.cancel()
        for task in listening:
            task.cancel()


async def _listen(receive: Receive, ending: Ending) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    ending.end("The client went away.")
