"""Awaits the same function for many rows without a task for each.

A task costs more than most rows do. So coroutines are stepped through here as an event loop would, as long as all they
wait for are loads: a load tells its `batch`, which makes a future `arrived` for whoever waits for everything that comes
with it, and one wait serves all rows. What waits for anything else goes on from there in a task of its own.
"""

import asyncio
from asyncio.tasks import _enter_task, _leave_task
from collections.abc import Awaitable, Coroutine, Generator, Sequence
from contextvars import copy_context
from typing import Any


async def outcome(value: Awaitable[Any]) -> Any:
    """What it comes back with, or the exception it ends with."""
    try:
        return await value
    except Exception as error:  # noqa: BLE001 - becomes the error of a field
        return error


async def outcomes_of(coroutines: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
    """What each comes back with, or the exception it ends with."""
    loop = asyncio.get_running_loop()
    walks = [Walk(coroutine, loop) for coroutine in coroutines]
    try:
        while arriving := _walked(walks, loop):
            for arrived in arriving:
                await arrived
        return [walk.outcome if walk.task is None else await walk.task for walk in walks]
    finally:
        for walk in walks:
            walk.stop()


def _walked(walks: Sequence["Walk"], loop: asyncio.AbstractEventLoop) -> list[Any]:
    """Let each go as far as it can; the arrivals of the batches that some wait for.

    All of them are asked for at once: a batch that came while another was waited for would never be told of again.
    """
    batches: dict[int, Any] = {}
    here: Any = asyncio.current_task()
    _leave_task(loop, here)
    try:
        for walk in walks:
            if not walk.ended and walk.task is None and (batch := walk.go()) is not None:
                batches[id(batch)] = batch
    finally:
        _enter_task(loop, here)
    return [batch.arrived for batch in batches.values()]


class Walk:
    """A coroutine on its way. To the coroutine it is the current task, for timeouts and task groups to take hold of."""

    __slots__ = ("_awaited", "_context", "_coroutine", "_loop", "_requests", "ended", "outcome", "task")

    def __init__(self, coroutine: Coroutine[Any, Any, Any], loop: asyncio.AbstractEventLoop) -> None:
        self._coroutine = coroutine
        self._loop = loop
        self._context = copy_context()
        self._awaited: Any = None
        self._requests = 0
        self.ended = False
        self.outcome: Any = None
        self.task: asyncio.Task[Any] | None = None

    def go(self) -> Any:
        """Go on to the end or the next wait; the batch, if a load is what it waits for."""
        this: Any = self
        _enter_task(self._loop, this)
        try:
            self._awaited = self._context.run(self._coroutine.send, None)
        except StopIteration as end:
            self.ended, self.outcome = True, end.value
            return None
        except Exception as error:  # noqa: BLE001 - becomes the error of a field
            self.ended, self.outcome = True, error
            return None
        finally:
            _leave_task(self._loop, this)
        batch = getattr(self._awaited, "batch", None)
        if batch is None or self._requests:
            self._goes_alone()
            return None
        return batch

    def stop(self) -> None:
        """Make an end of it, wherever it is."""
        if self.task is not None:
            self.task.cancel()
        elif not self.ended:
            self._coroutine.close()

    def cancel(self, msg: Any = None) -> bool:
        """What a timeout does to its task."""
        self._requests += 1
        if self.task is not None:
            self.task.cancel(msg)
        elif self._awaited is not None:
            self._goes_alone()
        return True

    def cancelling(self) -> int:
        """How often it was asked to end."""
        return self._requests

    def uncancel(self) -> int:
        """Take one of these back."""
        self._requests -= 1
        if self.task is not None and self.task.cancelling():
            self.task.uncancel()
        return self._requests

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """The loop it runs in."""
        return self._loop

    def _goes_alone(self) -> None:
        rest = _Rest(self._coroutine, self._awaited, canceled=self._requests > 0)
        self.task = self._loop.create_task(outcome(rest), context=self._context)


class _Rest(Awaitable[Any]):
    """The rest of a coroutine that has begun to wait."""

    def __init__(self, coroutine: Coroutine[Any, Any, Any], awaited: Any, *, canceled: bool) -> None:
        self._coroutine = coroutine
        self._awaited = awaited
        self._canceled = canceled

    def __await__(self) -> Generator[Any, Any, Any]:
        awaited = self._awaited
        try:
            if self._canceled:
                awaited = self._coroutine.throw(asyncio.CancelledError())
            while True:
                try:
                    sent = yield awaited
                except BaseException as error:  # noqa: BLE001 - whatever is thrown in is for the coroutine
                    awaited = self._coroutine.throw(error)
                else:
                    awaited = self._coroutine.send(sent)
        except StopIteration as end:
            return end.value
