"""The feed over PostgreSQL's LISTEN and NOTIFY: one connection of its own per process, watched and opened again."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg

from outbox.announcing import CHANNEL
from outbox.feed import FeedObserver, LocalFeed

log = logging.getLogger("shopwright.feed")

FAILURES = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
PROBE = "probe:"
PROBING = "SELECT pg_notify($1, $2)"
PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0)
PING_SECONDS = 5.0
ANSWER_SECONDS = 5.0


class PostgresFeed(LocalFeed):
    """Delivers what any process announces. After a lost connection all readers are woken, to read what they missed."""

    def __init__(
        self, credentials: dict[str, Any], *, ping_seconds: float = PING_SECONDS, observer: FeedObserver | None = None
    ) -> None:
        super().__init__()
        self._credentials = credentials
        self._ping_seconds = ping_seconds
        self._observer = observer
        self._probe = PROBE + secrets.token_hex(8)
        self._probed_at = 0.0
        self._listening = asyncio.Event()
        self._failures = 0
        self.backend_pid: int | None = None

    @property
    def healthy(self) -> bool:
        """Whether the connection stands; a readiness check asks."""
        return self._listening.is_set()

    async def wait_until_healthy(self) -> None:
        """Return once the connection stands."""
        await self._listening.wait()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["PostgresFeed"]:
        """Listen while the block runs. Opening waits for the first connection, or its first failure."""
        attempted = asyncio.Event()
        supervisor = asyncio.create_task(self._supervise(attempted), name="feed")
        try:
            await attempted.wait()
            yield self
        finally:
            supervisor.cancel()
            with suppress(asyncio.CancelledError):
                await supervisor
            self.close()

    async def _supervise(self, attempted: asyncio.Event) -> None:
        while True:
            try:
                await self._listen(attempted)
            except FAILURES as error:
                log.warning("the feed lost its connection to PostgreSQL: %s", str(error) or type(error).__name__)
            finally:
                self._listening.clear()
                attempted.set()
            await asyncio.sleep(PAUSES[min(self._failures, len(PAUSES) - 1)])
            self._failures += 1

    async def _listen(self, attempted: asyncio.Event) -> None:
        connection = await asyncpg.connect(**self._credentials)
        try:
            await connection.add_listener(CHANNEL, self._heard)
            self.backend_pid = connection.get_server_pid()
            self._failures = 0
            self._listening.set()
            attempted.set()
            self.deliver_to_all()
            if self._observer is not None:
                self._observer.feed_connected()
            await self._watch(connection)
        finally:
            connection.terminate()

    async def _watch(self, connection: asyncpg.Connection) -> None:
        """Return when the connection ends; a peer that vanished is found out by a message to oneself."""
        ended = asyncio.Event()
        connection.add_termination_listener(lambda _: ended.set())
        while not ended.is_set():
            try:
                await asyncio.wait_for(ended.wait(), self._ping_seconds)
            except TimeoutError:
                self._probed_at = time.monotonic()
                await connection.execute(PROBING, CHANNEL, self._probe, timeout=ANSWER_SECONDS)

    def _heard(self, _connection: Any, _pid: int, _channel: str, payload: Any) -> None:
        if payload == self._probe:
            if self._observer is not None:
                self._observer.feed_delayed(time.monotonic() - self._probed_at)
        else:
            self.deliver((str(payload),))
