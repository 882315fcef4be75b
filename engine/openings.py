"""Everything open in an engine: looked after by one clock, counted against its limits, ended together."""

import asyncio
from contextlib import suppress
from typing import Protocol

from engine.limits import Limits

LONGEST_TICK = 0.5


class Open(Protocol):
    """A stream or socket that is open."""

    def close_soon(self) -> None:
        """End without keeping the caller waiting."""

    def check(self, now: float) -> None:
        """Do what the time asks for: a sign of life, or an end. Called every tick, by the loop's clock."""


class Openings:
    """The open streams and sockets. One clock for all of them: timers of their own would cost each one memory, and
    every event a start and a stop."""

    def __init__(self, limits: Limits) -> None:
        self._open: set[Open] = set()
        self._seconds = min(LONGEST_TICK, limits.shortest_patience / 4)
        self._close_seconds = limits.close_seconds
        self._clock: asyncio.TimerHandle | None = None
        self._due = 0.0
        self._all_closed = asyncio.Event()
        self.closing = False

    def __len__(self) -> int:
        return len(self._open)

    def add(self, stream: Open) -> None:
        """Look after a stream or socket from now on; one that comes too late is ended at once."""
        self._open.add(stream)
        if self.closing:
            stream.close_soon()
        elif len(self._open) == 1:
            self._wind(asyncio.get_running_loop())

    def discard(self, stream: Open) -> None:
        """Forget one that has ended."""
        self._open.discard(stream)
        if not self._open:
            self._all_closed.set()
            if self._clock is not None:
                self._clock.cancel()

    def close_soon(self) -> None:
        """Ask everything open to end, and let nothing more be opened. May be called many times."""
        self.closing = True
        for stream in tuple(self._open):
            stream.close_soon()

    async def close(self) -> None:
        """End everything, and wait until it has ended, though not for ever."""
        self.close_soon()
        self._all_closed.clear()
        if self._open:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._all_closed.wait(), self._close_seconds)

    def _wind(self, loop: asyncio.AbstractEventLoop) -> None:
        self._due = loop.time() + self._seconds
        self._clock = loop.call_later(self._seconds, self._tick, loop)

    def _tick(self, loop: asyncio.AbstractEventLoop) -> None:
        """Check everything, unless this process was itself away: what clients said meanwhile is not yet read."""
        now = loop.time()
        if now - self._due <= self._seconds:
            for stream in tuple(self._open):
                stream.check(now)
        if self._open:
            self._wind(loop)
