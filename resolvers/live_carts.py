"""Following a cart live, on every device that holds its key: always the latest state, nothing of how it came about."""

from collections.abc import AsyncGenerator
from functools import partial

from loaders.carts import CartByKey
from loaders.rows import carts as rows
from outbox.announcing import topic
from resolvers.context import Context
from resolvers.mistakes import NotFound
from resolvers.streams import Shared, access_class, woken


async def cart(context: Context, root: object, *, id: str) -> AsyncGenerator[Shared, None]:
    """The cart as it stands, then after every change; null once it became an order, and that is the end."""
    feed, here = context.services.feed, (topic("cart", id),)
    with feed.listening(*here) as wakeups:
        shown = False
        while True:
            context.renew()
            reading = await feed.moment(here, id, partial(_read, context, id))
            if reading.cart is None and not shown:
                raise NotFound("There is no such cart. Make a new one.")
            yield Shared((reading, access_class(context)), reading.cart)
            if reading.cart is None:
                return
            shown = True
            await woken(wakeups)


class Reading:
    """A cart at one moment; each reading is itself and no other."""

    def __init__(self, cart: rows.Cart | None) -> None:
        self.cart = cart


async def _read(context: Context, key: str) -> Reading:
    return Reading(await context.loaders(CartByKey).load(key))
