"""Back door: the work nobody waits for. One process of a shop does it, the one that leads."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from database.connection import address_of
from database.leading import lead

log = logging.getLogger("shopwright.worker")

FACTS_KEPT = dt.timedelta(days=90)
"""As long as an order's link is good, so that whoever may still follow an order can catch up."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do again and again. `act` is told the time; what it fails at, it meets again the next time."""

    name: str
    seconds: float
    act: Callable[[dt.datetime], Awaitable[object]]


def duties() -> list[Duty]:
    """Everything the worker does."""
    from commerce.sweeping import sweep, tidy_up
    from outbox.relay import forget_facts, place_facts
    from payments.choosing import gateways

    providers = gateways()

    async def relay(_now: dt.datetime) -> object:
        return await place_facts()

    async def finish_payments(now: dt.datetime) -> object:
        return await sweep(providers, now=now)

    async def forget(now: dt.datetime) -> object:
        while await forget_facts(before=now - FACTS_KEPT):
            pass
        return await tidy_up(now=now)

    return [Duty("relay", 0.25, relay), Duty("payments", 5, finish_payments), Duty("forgetting", 3_600, forget)]


@asynccontextmanager
async def working(database_url: str) -> AsyncIterator[None]:
    """Do the duties beside whatever the block does, whenever this process leads."""
    work = asyncio.create_task(work_for_ever(database_url), name="worker")
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def work_for_ever(database_url: str) -> None:
    """Lead, and do the duties while leading, until canceled."""
    await lead(address_of(database_url), _do_all)


async def _do_all() -> None:
    log.info("this process does the background work")
    async with asyncio.TaskGroup() as group:
        for duty in duties():
            group.create_task(keep_doing(duty), name=duty.name)


async def keep_doing(duty: Duty) -> None:
    """Do one duty again and again; what goes wrong is logged, and is met again the next time."""
    while True:
        try:
            await duty.act(dt.datetime.now(dt.UTC))
        except Exception:
            log.exception("the duty %r failed and will be tried again", duty.name)
        await asyncio.sleep(duty.seconds)
