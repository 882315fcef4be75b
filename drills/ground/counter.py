"""A shop's own acts over its real tables, one after the other, for the model: a clock, a bank, and what is on sale."""

import asyncio
import datetime as dt
import secrets
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tortoise.connection import get_connection

from commerce import cart_details, carts, checkout, gift_cards
from commerce.gift_card_codes import digest_of
from commerce.shop import ensure_shop_defaults
from commerce.stocktaking import start_stock
from database.connection import address_of, opened
from database.transactions import transaction
from drills.ground.bank import Bank, Books
from drills.ground.contents import Contents, contents_of, put_back
from drills.ground.till import CARD, LIMIT, Shelf
from models.carts import CartLine
from models.catalog import InventoryPolicy, Product, ProductVariant
from models.checkout import AttemptState, CheckoutAttempt
from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod
from models.gift_cards import GiftCard
from models.orders import Order, OrderLine
from models.shop import Shop
from models.stock import StockLevel

T = TypeVar("T")
START = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
CODE = "TENTH"


class Crash(BaseException):
    """The process is gone: nothing may catch this and go on."""


class Counter:
    """One shop, from an empty one at the beginning of each example."""

    def __init__(self, loop: asyncio.Runner) -> None:
        self._loop = loop
        self._contents: Contents = {}
        self.dies_at = ""

    def run(self, act: Awaitable[T]) -> T:
        """Carry out an act."""

        async def whole() -> T:
            return await act

        return self._loop.run(whole())

    def begin(self, shelves: dict[str, Shelf]) -> None:
        """An empty shop with these things on sale, a code and a gift card."""
        self.minutes = 0
        self.books = Books(Path(":memory:"))
        self.bank = Bank(self.books, self._reach)
        self.run(self._furnish(shelves))

    async def _furnish(self, shelves: dict[str, Shelf]) -> None:
        if not self._contents:
            self._contents = await contents_of(get_connection("default"))
        await self.tidy()
        await ensure_shop_defaults(now=START)
        await Shop.filter(id=1).update(test_payments=True)
        self.terms = await Shop.get(id=1)
        self.variants = {name: await self._put_on_sale(name, shelf) for name, shelf in shelves.items()}
        self.names = {key: name for name, key in self.variants.items()}
        self.discount_id = await self._offer()
        self.card_code = await gift_cards.issue(CARD, "EUR", now=START)

    async def tidy(self) -> None:
        """Leave the tables as the migrations did."""
        await put_back(get_connection("default"), self._contents)

    async def _put_on_sale(self, name: str, shelf: Shelf) -> int:
        when: dict[str, Any] = {"created_at": START, "updated_at": START}
        product = await Product.create(handle=name, title=name, published_at=START, **when)
        policy = InventoryPolicy.CONTINUE if shelf.oversell else InventoryPolicy.DENY
        variant = await ProductVariant.create(
            product=product,
            position=1,
            title="Default Title",
            option1="Default Title",
            price=shelf.price,
            tracked=shelf.counted,
            inventory_policy=policy,
            requires_shipping=False,
            **when,
        )
        async with transaction():
            await start_stock([variant], {variant.id: shelf.on_hand}, now=START)
        return variant.id

    async def _offer(self) -> int:
        discount = await Discount.create(
            title=CODE,
            kind=DiscountKind.PERCENTAGE,
            method=DiscountMethod.CODE,
            value=100_000,
            usage_limit=LIMIT,
            created_at=START,
            updated_at=START,
        )
        await DiscountCode.create(discount=discount, code=CODE, code_key=CODE.casefold())
        return discount.id

    @property
    def now(self) -> dt.datetime:
        return START + dt.timedelta(minutes=self.minutes)

    @property
    def gateways(self) -> dict[str, Bank]:
        return {Bank.name: self.bank}

    def _reach(self, point: str) -> None:
        if point == self.dies_at:
            self.dies_at = ""
            raise Crash

    def new_cart(self) -> str:
        """A cart of somebody with an email."""

        async def act() -> str:
            cart_id, _ = await carts.create_cart(carts.NewCart("EUR"), now=self.now)
            identity = cart_details.Identity(frozenset({"email"}), email="ada@example.com")
            await cart_details.change_identity(cart_id, identity, now=self.now)
            return cart_id

        return self.run(act())

    def submit(self, cart_id: str, *, dies_at: str) -> checkout.Submitted | None:
        """Submit a cart as a new attempt; None if the process died on the way."""
        self.dies_at = dies_at
        submitting = checkout.submit(
            cart_id, secrets.token_hex(8), self.terms, self.gateways, now=self.now, return_url="https://shop.example"
        )
        try:
            return self.run(submitting)
        except Crash:
            return None
        finally:
            self.dies_at = ""

    async def line_of(self, cart_id: str, thing: str) -> int:
        """The line of a cart that holds a thing."""
        return int((await CartLine.get(cart_id=cart_id, variant_id=self.variants[thing])).id)

    async def attempt_of(self, cart_id: str) -> str:
        """The attempt of a cart that waits for its shopper, which is the payment's key."""
        return str((await CheckoutAttempt.get(cart_id=cart_id, state=AttemptState.ACTION_REQUIRED)).id)

    async def order_of(self, cart_id: str) -> int:
        """The order a cart became."""
        return (await Order.get(cart_id=cart_id)).id

    async def part_of(self, order: int, thing: str) -> int:
        """The line of an order for a thing."""
        return (await OrderLine.get(order_id=order, variant_id=self.variants[thing])).id

    async def level(self, name: str) -> tuple[int, int, int]:
        """What lies on a shelf, what is reserved and what is committed of it."""
        level = await StockLevel.get(variant_id=self.variants[name])
        return level.on_hand, level.reserved, level.committed

    async def balance(self) -> int:
        """What the gift card holds."""
        return int((await GiftCard.get(code_digest=digest_of(self.card_code))).balance)


@contextmanager
def counter_at(database: str) -> Iterator[Counter]:
    """A counter over a migrated database, with a loop of its own."""
    with asyncio.Runner() as loop:
        house = opened(address_of(database))
        loop.run(house.__aenter__())
        counter = Counter(loop)
        try:
            yield counter
            counter.run(counter.tidy())
        finally:
            loop.run(house.__aexit__(None, None, None))
