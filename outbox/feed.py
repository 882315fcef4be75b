"""Wake-ups for live readers. A feed carries topics and nothing else: who is woken reads the state again."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from typing import Protocol, TypeVar

from outbox.moments import Moments

T = TypeVar("T")


class FeedClosed(Exception):
    """The process is going away; nobody will be woken any more."""


class Wakeups:
    """The knocks at one reader's door, kept as one flag: however many come before it looks, it reads once."""

    def __init__(self) -> None:
        self._knocked = asyncio.Event()
        self._closed = False

    def knock(self) -> None:
        """Let the reader know that something changed."""
        self._knocked.set()

    def close(self) -> None:
        """Let the reader know that this was the last."""
        self._closed = True
        self._knocked.set()

    @property
    def pending(self) -> bool:
        """Whether somebody knocked since the reader last looked."""
        return self._knocked.is_set()

    async def wait(self) -> None:
        """Return after at least one knock since the last call; raises FeedClosed when there will be none."""
        await self._knocked.wait()
        self._knocked.clear()
        if self._closed:
            raise FeedClosed


class Feed(Protocol):
    """Where live readers wait."""

    @property
    def healthy(self) -> bool:
        """Whether changes made by other processes arrive just now."""

    @property
    def topics(self) -> int:
        """How many topics have a reader."""

    def listening(self, *topics: str) -> AbstractContextManager[Wakeups]:
        """Listen from here on: what commits later than this call knocks."""

    async def moment(self, topics: tuple[str, ...], name: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """What `read` answers, shared by all who ask under this name until one of the topics is announced again."""

    def forget(self) -> None:
        """Let go of the readings that are kept because many ask for them at once."""


class FeedObserver(Protocol):
    """Told how the feed fares; must be quick and must not raise."""

    def feed_connected(self) -> None:
        """The feed hears other processes, for the first time or again."""

    def feed_delayed(self, seconds: float) -> None:
        """So long it took a message of this process to come back to it."""


class LocalFeed:
    """The feed inside one process. All a single-process shop needs; the other feeds deliver into one of these."""

    def __init__(self) -> None:
        self._readers: defaultdict[str, set[Wakeups]] = defaultdict(set)
        self._versions: dict[str, int] = {}
        self._counted = count()
        self._moments = Moments()
        self._closed = False

    @property
    def healthy(self) -> bool:
        """A process always hears itself."""
        return not self._closed

    @property
    def topics(self) -> int:
        """How many topics have a reader."""
        return len(self._readers)

    @contextmanager
    def listening(self, *topics: str) -> Iterator[Wakeups]:
        """Listen from here on: what is delivered later than this call knocks."""
        wakeups = Wakeups()
        if self._closed:
            wakeups.close()
        for topic in topics:
            if topic not in self._readers:
                self._versions[topic] = next(self._counted)
            self._readers[topic].add(wakeups)
        try:
            yield wakeups
        finally:
            for topic in topics:
                self._leave(topic, wakeups)

    def deliver(self, topics: Iterable[str]) -> None:
        """Knock at everybody who listens to one of the topics."""
        for topic in topics:
            if topic in self._readers:
                self._versions[topic] = next(self._counted)
                for wakeups in tuple(self._readers[topic]):
                    wakeups.knock()

    async def moment(self, topics: tuple[str, ...], name: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """What `read` answers, shared by all who ask under this name until one of the topics is announced again.

        Ask while listening to the topics: a version is counted only while somebody does, and never comes again. A
        reading begun before an announcement is never handed to who asks after it, so that nothing is missed.
        """
        versions = tuple(self._versions.get(topic) for topic in topics)
        if None in versions or not self.healthy:
            return await read()
        return await self._moments.of((name, versions), read)

    def deliver_to_all(self) -> None:
        """Knock at everybody: something may have been missed."""
        self.deliver(tuple(self._readers))

    def close(self) -> None:
        """Tell everybody that this was the last."""
        self._closed = True
        for readers in tuple(self._readers.values()):
            for wakeups in tuple(readers):
                wakeups.close()

    def reopen(self) -> None:
        """Serve again after a close, for a process that starts the shop anew."""
        self._closed = False
        self.forget()

    def forget(self) -> None:
        """Let go of what many have asked for at once."""
        self._moments.clear()

    def _leave(self, topic: str, wakeups: Wakeups) -> None:
        readers = self._readers.get(topic)
        if readers is not None:
            readers.discard(wakeups)
            if not readers:
                del self._readers[topic]
                del self._versions[topic]
