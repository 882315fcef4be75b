"""Slowing down who guesses: so many tries for one thing from one place, then a wait. Kept in this process."""

import datetime as dt
from collections import OrderedDict

from commerce.refusals import Refusal

MOST_KEPT = 10_000


class TooManyTries(Refusal):
    """Wait before trying again."""

    code = "THROTTLED"


class Tries:
    """Failed tries by key, each forgotten after a while."""

    def __init__(self, most: int, within: dt.timedelta) -> None:
        self._most = most
        self._within = within
        self._failed: OrderedDict[str, list[dt.datetime]] = OrderedDict()

    def check(self, key: str, *, now: dt.datetime) -> None:
        """Refuse who has failed too often lately."""
        recent = [moment for moment in self._failed.get(key, []) if now - moment < self._within]
        if len(recent) >= self._most:
            raise TooManyTries("Too many tries. Please wait a while.")

    def failed(self, key: str, *, now: dt.datetime) -> None:
        """Remember a failure."""
        recent = [moment for moment in self._failed.pop(key, []) if now - moment < self._within]
        self._failed[key] = [*recent, now]
        while len(self._failed) > MOST_KEPT:
            self._failed.popitem(last=False)

    def forget(self) -> None:
        """Begin anew."""
        self._failed.clear()
