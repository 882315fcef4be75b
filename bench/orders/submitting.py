"""Placing orders through the API: each client submits one cart after the other, and each becomes a paid order."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial

import asyncpg

from bench.contest import CLIENTS, Ground, Heard
from bench.load import Client, NothingLeft, client_at, heard_of, posted
from bench.orders.carts import PER_SECOND, copies, see_paid
from bench.workloads import submission


@dataclass(frozen=True, slots=True)
class Submitting:
    """Checkout at a server, from a cart that is ready to be submitted."""

    port: int
    processes: tuple[int, ...]
    ground: Ground

    async def heard(self, seconds: float) -> Heard:
        """Submit until the time is over; then all that was answered has to be there, and paid."""
        ground = self.ground
        carts = await carts_for(ground, seconds)
        messages = iter([posted("/graphql", submission(cart)) for cart in carts])
        async with AsyncExitStack() as connections:
            clients = [await connections.enter_async_context(client_at(self.port)) for _ in range(CLIENTS)]
            asks = [partial(_submit, client, messages) for client in clients]
            heard = await heard_of(asks, self.processes, seconds)
        await see_paid(ground.database, carts, heard.requests)
        return heard


async def carts_for(ground: Ground, seconds: float) -> list[str]:
    """As a rule more carts than can be bought in the time; whoever is faster is done sooner."""
    connection = await asyncpg.connect(ground.database)
    try:
        count = int(seconds * PER_SECOND) + 100
        carts = await copies(connection, ground.goods.full_cart, count, products=ground.products)
        await connection.execute("ANALYZE cart, cart_line, cart_address")
        return carts
    finally:
        await connection.close()


async def _submit(client: Client, messages: Iterator[bytes]) -> None:
    if (message := next(messages, None)) is None:
        raise NothingLeft
    answer = await client.ask(message)
    if b'"SubmitSuccess"' not in answer:
        raise RuntimeError(f"an order was refused: {answer!r}")
