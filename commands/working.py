"""`worker`: background work in a process of its own, for shops that serve with `--no-worker`."""

import asyncio
import signal

import typer

from commands import Refusal


def worker() -> None:
    """Relay facts, send mail, expire what is over, finish payments. Any number may run; one at a time works."""
    from database.connection import address_of
    from operations.logs import configure_logs
    from settings import settings

    given = settings()
    if address_of(given.database).is_sqlite:
        raise Refusal("On SQLite `serve` does this work itself; a separate worker needs PostgreSQL.")
    configure_logs(level=given.log_level, style=given.log_format)
    asyncio.run(_until_told_to_stop())
    typer.echo("Stopped.")


async def _until_told_to_stop() -> None:
    from database.connection import connected
    from preparing import prepare
    from settings import settings
    from worker import working

    given = settings()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await prepare(given)
    async with connected(given.database, pool_min=1, pool_max=given.database_pool_max), working(given):
        await stop.wait()
