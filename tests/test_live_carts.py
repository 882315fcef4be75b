"""Following a cart and what is left of products: the latest state, on every device, until it is over."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from database.transactions import transaction
from models.carts import Cart
from models.catalog import Product, ProductVariant
from outbox.announcing import announce, topic
from outbox.feed import Feed
from outbox.opening import feed_of
from outbox.record import record
from schema.storefront.schema import storefront
from tests.catalogue import goods
from tests.goods import a_variant, stock_up, take
from tests.shop import NOON, Asked, Counter

pytestmark = pytest.mark.usefixtures("committed")

SCHEMA = storefront()
FOLLOW = "subscription($id: ID!) { cart(id: $id) { id totalQuantity note } }"
LEFT = """subscription($ids: [ID!]!) { productAvailability(ids: $ids) {
    handle availableForSale totalInventory variants(first: 2) { nodes { quantityAvailable } } } }"""
CREATE = """mutation($variant: ID!, $quantity: Int!) {
    cartCreate(input: {lines: [{merchandiseId: $variant, quantity: $quantity}]}) { cart { id } } }"""
NOTE = 'mutation($id: ID!) { cartNoteUpdate(cartId: $id, note: "Ring twice") { cart { note } } }'


@pytest.fixture
async def feed(database_url: str) -> AsyncIterator[Feed]:
    async with feed_of(database_url) as feed:
        yield feed


async def next_of(events: AsyncIterator[Asked]) -> Asked:
    return await asyncio.wait_for(anext(events), 5)


async def a_cart(counter: Counter) -> str:
    variant = await a_variant()
    asked = await counter.ask(CREATE, variant=f"gid://shopwright/ProductVariant/{variant.id}", quantity=2)
    return str(asked.data["cartCreate"]["cart"]["id"])


async def test_a_cart_is_followed_on_another_device(feed: Feed) -> None:
    counter = Counter(SCHEMA, feed=feed)
    cart = await a_cart(counter)
    async with counter.follow(FOLLOW, id=cart) as phone:
        assert (await next_of(phone)).data["cart"] == {"id": cart, "totalQuantity": 2, "note": None}

        await counter.ask(NOTE, id=cart)

        assert (await next_of(phone)).data["cart"]["note"] == "Ring twice"


async def test_a_cart_that_became_an_order_is_told_as_the_last_event(feed: Feed) -> None:
    counter = Counter(SCHEMA, feed=feed)
    cart = await a_cart(counter)
    async with counter.follow(FOLLOW, id=cart) as phone:
        await next_of(phone)
        async with transaction():
            key = cart.rsplit("/", 1)[1].split("?")[0]
            await Cart.filter(id=key).update(state="COMPLETED")
            await announce(topic("cart", key))

        last = await next_of(phone)
        assert (last.data, last.codes) == ({"cart": None}, [])
        with pytest.raises(StopAsyncIteration):
            await next_of(phone)


async def test_a_cart_that_does_not_exist_is_not_followed(feed: Feed) -> None:
    async with Counter(SCHEMA, feed=feed).follow(FOLLOW, id="gid://shopwright/Cart/made-up") as phone:
        assert (await next_of(phone)).codes == ["NOT_FOUND"]
    assert feed.topics == 0


def test_the_key_of_a_cart_is_not_told_to_the_database_that_wakes_its_followers() -> None:
    assert "secret" not in topic("cart", "secret")
    assert topic("order", 7) == "order:7"


async def test_what_is_left_is_told_at_first_and_after_a_sale(feed: Feed) -> None:
    counter = Counter(SCHEMA, feed=feed)
    product = await goods("jumper", sizes=("S",), colours=(), quantity=5)
    variant = await Product.get(id=product).values_list("variant_rows__id", flat=True)
    async with counter.follow(LEFT, ids=[f"gid://shopwright/Product/{product}"]) as events:
        first = (await next_of(events)).data["productAvailability"]
        assert (first["handle"], first["totalInventory"]) == ("jumper", 5)

        await sell(int(str(variant)), 5)

        then = (await next_of(events)).data["productAvailability"]
        assert (then["availableForSale"], then["totalInventory"]) == (False, 0)


async def sell(variant_id: int, quantity: int) -> None:
    async with transaction():
        await take(await ProductVariant.get(id=variant_id), quantity)


async def test_a_sale_that_fails_is_not_told(feed: Feed) -> None:
    counter = Counter(SCHEMA, feed=feed)
    product = await goods("jumper", sizes=("S",), colours=(), quantity=5)
    variant = int(str(await Product.get(id=product).values_list("variant_rows__id", flat=True)))
    async with counter.follow(LEFT, ids=[f"gid://shopwright/Product/{product}"]) as events:
        await next_of(events)
        with pytest.raises(ZeroDivisionError):
            async with transaction():
                await sell(variant, 1)
                raise ZeroDivisionError
        await sell(variant, 2)
        assert (await next_of(events)).data["productAvailability"]["totalInventory"] == 3


async def another_variant(product_id: int) -> ProductVariant:
    return await ProductVariant.create(
        product_id=product_id,
        position=2,
        title="M",
        option1="M",
        price=1_000,
        tracked=True,
        created_at=NOON,
        updated_at=NOON,
    )


async def test_a_variant_that_is_added_later_is_followed_too(feed: Feed) -> None:
    counter = Counter(SCHEMA, feed=feed)
    product = await goods("jumper", sizes=("S",), colours=(), quantity=5)
    async with counter.follow(LEFT, ids=[f"gid://shopwright/Product/{product}"]) as events:
        assert (await next_of(events)).data["productAvailability"]["totalInventory"] == 5
        async with transaction():
            added = await another_variant(product)
            await stock_up(added, 3)
            await record("product.updated", aggregate="product", key=product, now=NOON)
        assert (await next_of(events)).data["productAvailability"]["totalInventory"] == 8

        await sell(added.id, 2)

        assert (await next_of(events)).data["productAvailability"]["totalInventory"] == 6
    assert feed.topics == 0


async def test_products_that_shoppers_do_not_see_are_not_followed(feed: Feed) -> None:
    product = await goods("jumper")
    await Product.filter(id=product).update(status="DRAFT")
    async with Counter(SCHEMA, feed=feed).follow(LEFT, ids=[f"gid://shopwright/Product/{product}"]) as events:
        assert (await next_of(events)).codes == ["NOT_FOUND"]


@pytest.mark.parametrize("count", [0, 51])
async def test_between_one_and_fifty_products_are_followed_at_once(feed: Feed, count: int) -> None:
    ids = [f"gid://shopwright/Product/{key}" for key in range(1, count + 1)]
    async with Counter(SCHEMA, feed=feed).follow(LEFT, ids=ids) as events:
        assert (await next_of(events)).codes == ["BAD_USER_INPUT"]
