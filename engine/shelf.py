"""Things kept up to a total weight, the least recently asked for given up first."""

from collections import OrderedDict
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Shelf(Generic[Kept]):
    """Holds things up to a total weight; putting one in may push out those not asked for the longest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._weight = 0
        self._kept: OrderedDict[str, tuple[Kept, int]] = OrderedDict()

    @property
    def count(self) -> int:
        """How many things there are."""
        return len(self._kept)

    def get(self, key: str) -> Kept | None:
        """What is kept under a key."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: str, thing: Kept, *, weight: int) -> None:
        """Keep a thing, in place of what was there under its key."""
        _, before = self._kept.pop(key, (None, 0))
        self._kept[key] = (thing, weight)
        self._weight += weight - before
        self._give_up()

    def outweigh(self, key: str, more: int) -> None:
        """Say that a thing has become heavier since."""
        if key in self._kept:
            thing, weight = self._kept[key]
            self._kept[key] = (thing, weight + more)
            self._weight += more
            self._give_up()

    def _give_up(self) -> None:
        while self._weight > self._most:
            _, (_, freed) = self._kept.popitem(last=False)
            self._weight -= freed
