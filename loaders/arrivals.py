"""Values on their way in a batch: what a loader hands out, cheap enough to be had for every row of a long list."""

import asyncio
from collections.abc import Callable, Generator, Sequence
from contextvars import Context
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Batch:
    """What arrives together. Whoever waits for much of it at once waits for `arrived`."""

    __slots__ = ("_arrived", "loop")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._arrived: asyncio.Future[None] | None = None

    @property
    def arrived(self) -> "asyncio.Future[None]":
        """Done as soon as some of what is still missing is there: what came with it is, before anyone else runs."""
        if self._arrived is None:
            self._arrived = self.loop.create_future()
        return self._arrived

    def settle(self) -> None:
        """Wake those who wait. A batch in parts arrives once for each, so who asks from now on waits for the next."""
        arrived, self._arrived = self._arrived, None
        if arrived is not None and not arrived.done():
            arrived.set_result(None)


class Arrival(Generic[Value]):
    """One value of a batch, or the error in its place. aiodataloader settles it as it would a future."""

    __slots__ = ("_done", "_error", "_value", "_waiting", "batch")

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._done = False
        self._value: Value | None = None
        self._error: Exception | None = None
        self._waiting: list[tuple[Load[Value], Callable[[Any], object], Context | None]] = []

    def done(self) -> bool:
        """Whether it is there."""
        return self._done

    def set_result(self, value: Value) -> None:
        """It is there."""
        self._value = value
        self._settle()

    def set_exception(self, error: Exception) -> None:
        """It will never be."""
        self._error = error
        self._settle()

    def result(self) -> Value:
        """The value; raises the error in its place."""
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]  # set, or its type allows None

    @property
    def outcome(self) -> Any:
        """The value, or the error in its place."""
        return self._value if self._error is None else self._error

    def tell(self, load: "Load[Value]", callback: Callable[[Any], object], context: Context | None) -> None:
        """Call back when it is there."""
        self._waiting.append((load, callback, context))

    def forget(self, load: "Load[Value]") -> None:
        """Call back at once for somebody who gave up."""
        for who, callback, context in self._waiting:
            if who is load:
                self.batch.loop.call_soon(callback, load, context=context)
        self._waiting = [waiting for waiting in self._waiting if waiting[0] is not load]

    def _settle(self) -> None:
        self._done = True
        self.batch.settle()
        for load, callback, context in self._waiting:
            self.batch.loop.call_soon(callback, load, context=context)
        self._waiting.clear()


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
        return self._given_up or self._arrival.done()

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
        if not arrival._done:
            await asyncio.shield(arrival.batch.arrived)
            if not arrival._done:  # a batch too large for one statement comes in parts
                await _arrived(arrival)
    return [arrival.outcome for arrival in arrivals]


async def _arrived(arrival: Arrival[Any]) -> None:
    try:
        await Load(arrival)
    except Exception:  # noqa: BLE001 - told by its outcome
        return
