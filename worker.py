"""Back door: the work nobody waits for. One process of a shop does it, the one that leads."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from commerce.access import Signer
from commerce.letters import Office
from database.connection import address_of
from database.leading import lead
from keys import signing_keys
from mail.carriers import mailer_of
from payments.choosing import Gateways
from providers import open_providers
from settings import Settings

log = logging.getLogger("shopwright.worker")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do again and again. `act` is told the time; what it fails at, it meets again the next time."""

    name: str
    seconds: float
    act: Callable[[dt.datetime], Awaitable[object]]


def office_of(settings: Settings) -> Office:
    """Where this shop's letters are written."""
    return Office(
        mailer=mailer_of(settings.mail_url, settings.data / "mail"),
        signer=Signer(signing_keys(settings)),
        shop=settings.public_url,
        storefront=settings.storefront_url or settings.public_url,
        sender=settings.mail_from,
    )


def duties(office: Office, providers: Gateways, *, kept: dt.timedelta, carts_kept: dt.timedelta) -> list[Duty]:
    """Everything the worker does."""
    from cache.editions import forget_editions
    from commerce.sweeping import sweep, tidy_up
    from commerce.throttling import forget_tries
    from outbox.relay import forget_facts, place_facts

    async def relay(_now: dt.datetime) -> object:
        return await place_facts()

    async def finish_payments(now: dt.datetime) -> object:
        return await sweep(providers, now=now)

    async def forget(now: dt.datetime) -> object:
        while await forget_facts(before=now - kept):
            pass
        await forget_tries(now=now)
        await forget_editions()
        return await tidy_up(now=now, carts_kept=carts_kept)

    return [
        Duty("relay", 0.25, relay),
        Duty("letters", 2, office.send_letters),
        Duty("payments", 5, finish_payments),
        Duty("forgetting", 3_600, forget),
    ]


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[None]:
    """Do the duties beside whatever the block does, whenever this process leads."""
    work = asyncio.create_task(work_for_ever(settings), name="worker")
    try:
        yield
    finally:
        work.cancel()
        with suppress(asyncio.CancelledError):
            await work


async def work_for_ever(settings: Settings) -> None:
    """Lead, and do the duties while leading, until canceled."""
    async with open_providers(settings) as providers:
        kept = dt.timedelta(days=settings.history_days)
        carts = dt.timedelta(days=settings.cart_days)
        together = duties(office_of(settings), providers, kept=kept, carts_kept=carts)
        await lead(address_of(settings.database), partial(_do_all, together))


async def _do_all(together: Sequence[Duty]) -> None:
    log.info("this process does the background work")
    async with asyncio.TaskGroup() as group:
        for duty in together:
            group.create_task(keep_doing(duty), name=duty.name)


async def keep_doing(duty: Duty) -> None:
    """Do one duty again and again; what goes wrong is logged, and is met again the next time."""
    while True:
        try:
            await duty.act(dt.datetime.now(dt.UTC))
        except Exception:
            log.exception("the duty %r failed and will be tried again", duty.name)
        await asyncio.sleep(duty.seconds)
