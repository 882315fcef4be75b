"""Places for streams: how many may be open at once, in a process, from one address and for one viewer."""

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

from graphql import GraphQLError

from engine.errors import TOO_MANY_STREAMS, Refused
from engine.limits import Limits


class NoPlace(Refused):
    """A stream or socket too many; `limit` says which limit it met."""

    def __init__(self, limit: str, most: int) -> None:
        self.limit = limit
        message = f"There are {most} live streams of this {limit} already. Close one, or try again later."
        super().__init__([GraphQLError(message, extensions={"code": TOO_MANY_STREAMS, "limit": limit})], status=429)


class Places:
    """Counts what is open. Engines of one process may share one."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._taken: Counter[Hashable] = Counter()

    @contextmanager
    def for_stream(self, address: str) -> Iterator["Place"]:
        """A place of the process and of the client's address while the block runs; an address of "" is not counted."""
        yield from self._kept("stream", address)

    @contextmanager
    def for_socket(self, address: str) -> Iterator["Place"]:
        """The same for a socket, which takes memory before anything is followed on it."""
        yield from self._kept("socket", address)

    def _kept(self, kind: str, address: str) -> Iterator["Place"]:
        place = Place(self._taken, kind, self._limits)
        try:
            place.take("process", None, self._limits.streams)
            if address:
                place.take("address", address, self._limits.streams_per_address)
            yield place
        finally:
            place.leave()


class Place:
    """What one stream or socket has taken."""

    __slots__ = ("_counts", "_kind", "_limits", "_mine")

    def __init__(self, counts: Counter[Hashable], kind: str, limits: Limits) -> None:
        self._counts = counts
        self._kind = kind
        self._limits = limits
        self._mine: list[Hashable] = []

    def claim(self, viewer: Hashable | None) -> None:
        """Take a place of the viewer's too, where it is known who that is."""
        if viewer is not None:
            self.take("viewer", viewer, self._limits.streams_per_viewer)

    def take(self, limit: str, whose: Hashable, most: int) -> None:
        """Count one more; raises `NoPlace` where there is none."""
        key = self._kind, limit, whose
        if self._counts[key] >= most:
            raise NoPlace(limit, most)
        self._counts[key] += 1
        self._mine.append(key)

    def leave(self) -> None:
        """Give everything back."""
        for key in self._mine:
            self._counts[key] -= 1
            if not self._counts[key]:
                del self._counts[key]
        self._mine.clear()
