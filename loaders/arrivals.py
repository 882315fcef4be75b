"""Values on their way in a batch: what a loader hands out, cheap enough to be had for every row of a long list."""

import asyncio
from collections.abc import Callable, Generator, Sequence
from contextvars import Context
from typing import Any, Generic, TypeVar, cast

Value = TypeVar("Value")

PENDING = object()


class Batch:
    """What arrives together. Whoever waits for much of it at once waits for `arrived`."""

    __slots__ = ("_waiting", "loop", "tasks")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.tasks: list[asyncio.Task[None]] = []  # what brings it; a loop alone does not keep its tasks
        self._waiting: list[asyncio.Future[None]] = []

    @property
    def arrived(self) -> "asyncio.Future[None]":
        """Done as soon as some of what is still missing is there: what came with it is, before anyone else runs.

        Whoever asks has one for themselves, so that giving up on it is nobody else's loss.
        """
        arrived = self.loop.create_future()
        self._waiting.append(arrived)
        return arrived

    def settle(self) -> None:
        """Wake those who wait. A batch in parts arrives once for each, so who asks from now on waits for the next."""
        waiting, self._waiting = self._waiting, []
        for arrived in waiting:
            if not arrived.done():
                arrived.set_result(None)


class Arrival(Generic[Value]):
    """One value of a batch: `outcome` is `PENDING`, then the value or the error in its place."""

    __slots__ = ("_waiting", "batch", "key", "outcome")

    def __init__(self, batch: Batch, key: Any) -> None:
        self.batch = batch
        self.key = key
        self.outcome: Any = PENDING
        self._waiting: list[tuple[Load[Value], Callable[[Any], object], Context | None]] | None = None

    def result(self) -> Value:
        """The value; raises the error in its place."""
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return cast("Value", self.outcome)

    def tell(self, load: "Load[Value]", callback: Callable[[Any], object], context: Context | None) -> None:
        """Call back when it is there."""
        self._waiting = self._waiting or []
        self._waiting.append((load, callback, context))

    def forget(self, load: "Load[Value]") -> None:
        """Call back at once for somebody who gave up."""
        waiting = self._waiting or []
        for who, callback, context in waiting:
            if who is load:
                self.batch.loop.call_soon(callback, load, context=context)
        self._waiting = [each for each in waiting if each[0] is not load]

    def settle(self, outcome: Any) -> None:
        """It is there, or never will be: an exception is the error in its place."""
        self.outcome = outcome
        if self._waiting is not None:
            for load, callback, context in self._waiting:
                self.batch.loop.call_soon(callback, load, context=context)
            self._waiting = None


class Load(Generic[Value]):
    """Somebody waiting for an arrival. Like a future; giving up on it leaves the batch and the others alone.

    A task may await it as anything else. Code that steps through many coroutines by itself finds one that waits here by
    `batch`, and goes on with it after `batch.arrived`.
    """

    __slots__ = ("_arrival", "_asyncio_future_blocking", "_given_up")

    def __init__(self, arrival: Arrival[Value]) -> None:
        self._arrival = arrival
        self._given_up = False
        self._asyncio_future_blocking: bool | None = None  # so that it counts as a future only while awaited

    @property
    def batch(self) -> Batch:
        """What it arrives with."""
        return self._arrival.batch

    def __await__(self) -> Generator[Any, None, Value]:
        while not self.done():
            self._asyncio_future_blocking = True
            yield self
        self._asyncio_future_blocking = None
        return self.result()

    def done(self) -> bool:
        """Whether there is nothing to wait for."""
        return self._given_up or self._arrival.outcome is not PENDING

    def result(self) -> Value:
        """The value; raises the error in its place."""
        if self._given_up:
            raise asyncio.CancelledError
        return self._arrival.result()

    def cancel(self, msg: object = None) -> bool:
        """Give up."""
        if self.done():
            return False
        self._given_up = True
        self._arrival.forget(self)
        return True

    def add_done_callback(self, callback: Callable[[Any], object], *, context: Context | None = None) -> None:
        """Call back when there is nothing to wait for."""
        if self.done():
            self._arrival.batch.loop.call_soon(callback, self, context=context)
        else:
            self._arrival.tell(self, callback, context)

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """The loop it belongs to."""
        return self._arrival.batch.loop


async def values_of(arrivals: Sequence[Arrival[Any]]) -> list[Any]:
    """What has arrived once all of it has; an exception stands for what failed."""
    for arrival in arrivals:
        while arrival.outcome is PENDING:  # a batch too large for one statement comes in parts
            await arrival.batch.arrived
    return [arrival.outcome for arrival in arrivals]
