"""Ending a block of a task from outside, without it being mistaken for the task's own cancellation."""

import asyncio


class Ending:
    """Made inside the task whose block may be ended. Whoever ends it says why; the block catches the cancellation and
    asks whether it was this."""

    __slots__ = ("_task", "reason")

    def __init__(self) -> None:
        self._task = asyncio.current_task()
        self.reason: str | None = None

    def end(self, reason: str) -> None:
        """End the block, once."""
        if self.reason is None and self._task is not None:
            self.reason = reason
            self._task.cancel()

    def was_asked(self) -> bool:
        """Whether the cancellation just caught was this one; then it is taken back."""
        if self.reason is not None and self._task is not None:
            self._task.uncancel()
        return self.reason is not None
