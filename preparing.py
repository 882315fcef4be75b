"""What must be true of a database before a shop can serve from it."""

import datetime as dt
import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tortoise.exceptions import OperationalError

from commerce.shop import ensure_shop_defaults
from database.connection import Address, address_of, opened
from database.errors import Unreachable
from database.migrating import alone, migrate, unapplied
from models.shop import Shop
from settings import Settings

log = logging.getLogger("shopwright.prepare")


async def prepare(settings: Settings, *, report: Callable[[str], object] = log.info) -> None:
    """Bring the tables up to date, and load the demo shop into an empty database if the settings ask for it."""
    address = address_of(settings.database)
    if await _is_ready(address):
        return
    told: list[str] = []

    def migrating(name: str) -> None:
        if not told:
            report("Preparing the database …")
        told.append(name)
        report(f"  {name}")

    await migrate(settings.database, report=migrating)
    async with alone(address, report), opened(address):
        if not await Shop.exists():
            await _open_shop(settings, report)


async def _is_ready(address: Address) -> bool:
    """Whether nothing is to be done, found out with two questions: this is what every later start waits for."""
    async with opened(address) as context:
        try:
            return not await unapplied(context.db()) and await Shop.exists()
        except OperationalError:  # a database without tables
            return False


async def _open_shop(settings: Settings, report: Callable[[str], object]) -> None:
    """The first shop of a database: the demo shop, or one with what selling needs and nothing else."""
    now = dt.datetime.now(dt.UTC)
    if settings.demo:
        from demo.load import load

        report("Loading the demo shop …")
        await load(now=now, progress=lambda what: report(f"  {what}"))
    else:
        await ensure_shop_defaults(now=now)


@contextmanager
def alone_on_sqlite(settings: Settings) -> Iterator[None]:
    """A SQLite file is served by one process; a second one is refused. PostgreSQL takes any number."""
    address = address_of(settings.database)
    if not address.is_sqlite:
        yield
        return
    with address.file.with_name(f"{address.file.name}.serving").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unreachable(f"Another process serves {address.file}; for more than one use PostgreSQL.") from None
        yield
