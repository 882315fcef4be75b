"""The demo shop with carts, orders and customers in it, asked again and again, each time as it was before."""

import datetime as dt
import random
import re
import secrets
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import pytest
from graphql import ExecutionResult
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection

from demo.load import load
from drills.ground.contents import all_at_once
from loaders.rows.shop import Shop
from models.scopes import EVERYTHING, Scope, with_reading
from outbox.feed import LocalFeed
from outbox.relay import place_facts
from payments.choosing import gateways
from resolvers.context import Context, Services, Viewer
from tests.engine.plans.faults import Faults, failing
from tests.engine.plans.same import Run, World
from tests.shop import NOON, SIGNER, a_shop
from tests.whole_shop import WholeShop

SALTED = re.compile(r"\$argon2[^\"]*")


@dataclass
class Larkmoor:
    """The furnished shop."""

    shop: Shop
    whole: WholeShop
    contents: str
    feed: LocalFeed = field(default_factory=LocalFeed)

    @classmethod
    async def furnished(cls) -> "Larkmoor":
        """Open it in an empty database."""
        await load(now=NOON - dt.timedelta(days=40))
        whole = WholeShop()
        await whole.open()
        await whole.grow(2)
        await place_facts()
        larkmoor = cls(await a_shop(), whole, await all_at_once(get_connection("default")))
        larkmoor.feed.close()  # streams tell what there is, and end
        return larkmoor

    def context(self, viewer: Viewer) -> Context:
        """An operation's surroundings, the same every time."""
        services = Services(feed=self.feed, signer=SIGNER, gateways=gateways())
        return Context(
            shop=self.shop,
            public_url="https://shop.example",
            now=NOON,
            services=services,
            viewer=viewer,
            clock=lambda: NOON,
        )

    def reading(self, viewer: Viewer, faults: Faults) -> World:
        """A world for what changes nothing."""

        async def world(run: Run) -> tuple[Sequence[ExecutionResult], object]:
            with failing(faults):
                return await run(self.context(viewer)), None

        return world

    def writing(self, viewer: Viewer, faults: Faults) -> World:
        """A world for what changes the shop: it is told what the whole database held afterwards, and taken back."""

        async def world(run: Run) -> tuple[Sequence[ExecutionResult], object]:
            connection = get_connection("default")
            with failing(faults), known_chance(faults.seed):
                async with taken_back(connection):
                    answers = await run(self.context(viewer))
                    kept = await connection.execute_query_dict(self.contents)
            return answers, {row["name"]: SALTED.sub("", str(row["kept"])) for row in kept}

        return world


@asynccontextmanager
async def taken_back(connection: BaseDBAsyncClient) -> AsyncIterator[None]:
    """What the block does to the database is undone."""
    undone = connection._in_transaction()
    await undone.__aenter__()
    try:
        yield
    finally:
        await undone.__aexit__(Exception, None, None)


@contextmanager
def known_chance(seed: int) -> Iterator[None]:
    """Tokens and ids come out the same both ways."""
    dice = random.Random(seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(secrets, "token_hex", lambda size=32: dice.randbytes(size).hex())
        patched.setattr(secrets, "token_urlsafe", lambda size=32: dice.randbytes(size).hex())
        patched.setattr(secrets, "choice", dice.choice)
        patched.setattr(uuid, "uuid4", lambda: uuid.UUID(bytes=dice.randbytes(16), version=4))
        yield


def shopper(dice: random.Random) -> Viewer:
    """A guest, or the customer."""
    return Viewer(customer_id=1) if dice.randrange(2) else Viewer()


def clerk(dice: random.Random) -> Viewer:
    """Mostly somebody who may do everything, else something or nothing."""
    if dice.randrange(4):
        return Viewer(staff="clerk", staff_id=1, scopes=EVERYTHING, owner=True)
    return Viewer(staff="clerk", scopes=with_reading([scope for scope in Scope if dice.randrange(2)]))
