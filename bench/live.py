"""Following live: one order's changes to a thousand open streams."""

import time
from dataclasses import dataclass

from bench.contest import Ground, Heard
from bench.servers import Server
from bench.watch import Watch
from bench.workloads import FOLLOWERS
from database.connection import address_of, opened
from drills.audience.halls import Audience, audience
from drills.audience.orders import changed_all, links_to, placed
from models.orders import Order

PATIENCE = 60.0


class Untold(RuntimeError):
    """Somebody was not told everything."""


@dataclass(frozen=True, slots=True)
class Following:
    """A server that streams the state of orders over graphql-transport-ws."""

    server: Server
    ground: Ground

    async def heard(self, seconds: float) -> Heard:
        """Open all streams, and then change the order again and again: one request is one event told to one of them."""
        async with opened(address_of(self.ground.database)):
            order = (await placed(1))[0]
            async with audience(links_to([order], followers=FOLLOWERS), self.server, halls=1) as crowd:
                if (count := await crowd.open()) != FOLLOWERS:
                    raise Untold(f"{count} of {FOLLOWERS} streams could be opened")
                await _delays(crowd, order)
                heard = await self._changes(crowd, order, seconds)
                await crowd.leave()
                return heard

    async def _changes(self, crowd: Audience, order: Order, seconds: float) -> Heard:
        delays: list[float] = []
        watch = Watch([self.server.process])
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            delays += await _delays(crowd, order)
        return watch.heard(delays)


async def _delays(crowd: Audience, order: Order) -> list[float]:
    """How long after a change's commit each was told."""
    places, at = await changed_all([order])
    told = await crowd.until(places, seconds=PATIENCE)
    if told.late or told.wrong:
        raise Untold(f"{told.late} were not told of a change, {told.wrong} something wrong: {told.words}")
    return [max(0.0, moment - at) for moment in told.heard_at]
