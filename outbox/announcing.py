"""Announcing a change to live readers: with the commit, and never without it."""

from collections.abc import Sequence
from functools import partial
from hashlib import sha256

from tortoise.connection import get_connection

from database.transactions import after_commit, gather_for_commit, in_unit_of_work
from outbox.feed import LocalFeed

CHANNEL = "shopwright"

IN_PROCESS = LocalFeed()
"""The feed of a shop on SQLite, which has one process: acts deliver into it after their commit."""


async def announce(*topics: str) -> None:
    """Wake who listens to these topics, once the running transaction has committed; nobody if it rolls back.

    PostgreSQL sends a transaction's notifications with its commit, so they are asked for at its end, all in one
    statement; SQLite has one process, which wakes itself.
    """
    if get_connection("default").capabilities.dialect == "sqlite":
        after_commit(partial(IN_PROCESS.deliver, topics))
    elif in_unit_of_work():
        gather_for_commit(_notify, topics)
    else:
        await _notify(_unique(topics))


async def _notify(topics: list[str]) -> None:
    await get_connection("default").execute_query(
        "SELECT pg_notify($1, topic) FROM unnest($2::text[]) AS topic", [CHANNEL, topics]
    )


def topic(aggregate: str, key: int | str) -> str:
    """The topic of one thing: `order:17`. A key that is text may be a secret, as a cart's is, and is hashed."""
    return f"{aggregate}:{key if isinstance(key, int) else sha256(key.encode()).hexdigest()[:32]}"


def _unique(topics: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(topics))
