"""Slowing down who guesses: so many failures under one key, then a wait. Counted in the database, for all workers.

A try is counted before it is made and given back when it succeeds, so that many at once are no way around.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

from tortoise.expressions import F

from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.throttling import FailedTries

log = logging.getLogger("shopwright.throttling")

IPV6_NETWORK = 64


class TooManyTries(Refusal):
    """Wait before trying again: until `until`."""

    code = "THROTTLED"

    def __init__(self, until: dt.datetime, *, field: Sequence[str] | None = None) -> None:
        told = until.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
        super().__init__(f"Too many tries. Please try again after {told}.", field=field)
        self.until = until


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many failures of a kind under one key, within a time that begins with the first."""

    kind: str
    most: int
    within: dt.timedelta = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Key:
    """One limit, for one email, cart, address or whatever else somebody tries from or at."""

    limit: Limit
    text: str

    @property
    def digest(self) -> str:
        """What is kept of it."""
        return sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def keys_of(*pairs: tuple[Limit, str]) -> list[Key]:
    """The keys that are known: an empty text, like the address of a peer without one, limits nothing."""
    return sorted((Key(limit, text) for limit, text in pairs if text), key=lambda key: (key.limit.kind, key.digest))


def place_of(address: str) -> str:
    """Where a network address belongs to: itself, or the network one IPv6 customer has, which is full of addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> IPV6_NETWORK << IPV6_NETWORK))


async def count_tries(keys: Sequence[Key], wanted: int = 1, *, now: dt.datetime, field: Sequence[str] = ()) -> int:
    """Count tries before they are made; answers how many may be, one at least. Refuses when none is left."""
    granted, until = await _count(keys, wanted, now=now)
    if not granted:
        log.warning("too many tries", extra={"limits": sorted({key.limit.kind for key in keys})})
        raise TooManyTries(until, field=field or None)
    return granted


@unit_of_work
async def succeeded(keys: Sequence[Key], tries: int = 1) -> None:
    """Give tries back that did not fail."""
    for key in keys:
        kept = FailedTries.filter(kind=key.limit.kind, key_digest=key.digest, failed__gte=tries)
        await kept.update(failed=F("failed") - tries)


async def forget_tries(*, now: dt.datetime) -> int:
    """Forget the failures whose time is over."""
    return await FailedTries.filter(ends_at__lte=now).delete()


@unit_of_work
async def _count(keys: Sequence[Key], wanted: int, *, now: dt.datetime) -> tuple[int, dt.datetime]:
    """How many tries may be made under all of the keys, which are counted; and when another one may be."""
    granted, until = wanted, now
    rows = [await _locked(key, now=now) for key in keys]
    for key, row in zip(keys, rows, strict=True):
        left = max(0, key.limit.most - row.failed)
        granted, until = min(granted, left), until if left else max(until, row.ends_at)
    for row in rows if granted else []:
        await FailedTries.filter(id=row.id).update(failed=row.failed + granted, ends_at=row.ends_at)
    return granted, until


async def _locked(key: Key, *, now: dt.datetime) -> FailedTries:
    """The failures under a key, locked until the transaction ends; none, where their time is over."""
    row = FailedTries(kind=key.limit.kind, key_digest=key.digest, ends_at=now + key.limit.within)
    await FailedTries.bulk_create([row], on_conflict=["kind", "key_digest"], update_fields=["kind"])
    kept = await FailedTries.get(kind=key.limit.kind, key_digest=key.digest)
    if kept.ends_at <= now or not kept.failed:
        kept.failed, kept.ends_at = 0, now + key.limit.within
    return kept
