"""Whether a client takes what is sent to it: since when a message has been waiting for room."""

import asyncio


class Taking:
    """Counts the messages on their way out of one stream or socket. Each that gets through is a sign of reading."""

    __slots__ = ("_since", "_waiting")

    def __init__(self) -> None:
        self._waiting = 0
        self._since = 0.0

    @property
    def waiting(self) -> bool:
        """Whether a message waits for room."""
        return self._waiting > 0

    def begin(self) -> None:
        """A message is being sent."""
        if not self._waiting:
            self._since = asyncio.get_running_loop().time()
        self._waiting += 1

    def end(self) -> None:
        """It was taken, or given up."""
        self._waiting -= 1
        if self._waiting:
            self._since = asyncio.get_running_loop().time()

    def waits_longer_than(self, seconds: float, now: float) -> bool:
        """Whether nothing has been taken for so long."""
        return self._waiting > 0 and now - self._since > seconds
