"""A second database beside the session's, for tests whose shop runs in other processes or with a pool of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tortoise import context

from database.connection import connected


@asynccontextmanager
async def beside(url: str, *, pool_max: int = 10) -> AsyncIterator[None]:
    """Work on this database for a while; the session's own is put back afterwards."""
    before, context._global_context = context._global_context, None
    try:
        async with connected(url, pool_max=pool_max):
            yield
    finally:
        context._global_context = before
