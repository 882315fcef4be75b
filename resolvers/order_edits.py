"""What staff write on orders, and do with their money."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

from commerce import order_details
from commerce.canceling import cancel_order
from commerce.moving_money import capture_order, carry_out
from commerce.opening_carts import new_token
from commerce.order_details import Details
from commerce.product_edits import Edit as ProductEdit
from commerce.refunding import Wish, refund
from loaders.order_money import RefundByKey, TagsOfOrder
from loaders.orders import OrderByKey
from models.fulfillment import Refund
from models.money import Money
from models.orders import CancelReason, Order
from resolvers.context import Context
from resolvers.mistakes import BadArgument
from resolvers.permissions import require
from resolvers.staff_labels import tag_product, with_tags, without_tags
from resolvers.staff_outcomes import Change, Outcome, changed

TAGGED = {"Order": "write_orders", "Product": "write_products"}


@dataclass(frozen=True, slots=True)
class Capture:
    """Promised money to be taken: all that is left, or an amount in the order's currency."""

    order_id: int
    amount: str | None = None


@dataclass(frozen=True, slots=True)
class Refunding:
    """A refund as asked for: amounts as they are written, in the order's currency."""

    order_id: int
    wish: Wish
    amount: str | None = None
    shipping: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """What is written on which order."""

    order_id: int
    details: Details


@dataclass(frozen=True, slots=True)
class Tagged:
    """Something with tags."""

    id: str
    tags: Sequence[str]


async def update(context: Context, root: object, *, input: Edit) -> Outcome:
    """Another note, other tags."""

    async def act() -> int:
        return await order_details.update_order(input.order_id, input.details, now=context.now)

    return await changed(context, Change("orderUpdate", Order, input.order_id), act, read=OrderByKey)


async def close(context: Context, root: object, *, input: int) -> Outcome:
    """Nothing is left to do."""

    async def act() -> int:
        return await order_details.close_order(input, now=context.now)

    return await changed(context, Change("orderClose", Order, input), act, read=OrderByKey)


async def cancel(context: Context, root: object, *, order_id: int, reason: CancelReason) -> Outcome:
    """The order is called off; goods, codes and money go back."""

    async def act() -> list[int]:
        return await cancel_order(order_id, reason, now=context.now)

    return await _with_providers(context, Change("orderCancel", Order, order_id), act)


async def capture(context: Context, root: object, *, input: Capture) -> Outcome:
    """Promised money is taken."""
    amount = await _minor(context, input.order_id, input.amount)

    async def act() -> list[int]:
        return await capture_order(input.order_id, amount, now=context.now)

    return await _with_providers(context, Change("orderCapture", Order, input.order_id), act)


async def create_refund(context: Context, root: object, *, input: Refunding) -> Outcome:
    """Money is given back, for goods or as it is."""
    key = f"staff:{input.order_id}:{input.key or new_token()}"[:64]
    amount = await _minor(context, input.order_id, input.amount)
    shipping = await _minor(context, input.order_id, input.shipping)
    told = input.wish
    wish = Wish(
        told.units, told.shipping if shipping is None else shipping, amount, told.note, told.return_id, told.notify
    )
    operations: list[int] = []

    async def act() -> int:
        operations[:] = await refund(input.order_id, wish, request_key=key, now=context.now)
        return (await Refund.get(request_key=key)).id

    outcome = await changed(context, Change("refundCreate", Refund), act, read=RefundByKey)
    await carry_out(operations, context.services.gateways, now=context.now)
    context.renew()
    return outcome


async def add_tags(context: Context, root: object, *, id: tuple[str, int], tags: Sequence[str]) -> Outcome:
    """More tags."""
    if id[0] == "Product":
        return await _tag_product(context, "tagsAdd", id[1], partial(with_tags, tags=tags))
    return await _tag(context, "tagsAdd", id, lambda key: order_details.add_tags(key, tags, now=context.now))


async def remove_tags(context: Context, root: object, *, id: tuple[str, int], tags: Sequence[str]) -> Outcome:
    """Fewer tags."""
    if id[0] == "Product":
        return await _tag_product(context, "tagsRemove", id[1], partial(without_tags, tags=tags))
    return await _tag(context, "tagsRemove", id, lambda key: order_details.remove_tags(key, tags, now=context.now))


async def _tag(context: Context, action: str, tagged: tuple[str, int], act: Callable[[int], Awaitable[int]]) -> Outcome:
    kind, key = tagged
    require(context, TAGGED[kind])
    outcome = await changed(context, Change(action, Order, key), lambda: act(key), read=OrderByKey)
    if outcome.row is None:
        return outcome
    tags = [each.tag for each in await context.loaders(TagsOfOrder).load(key)]
    return Outcome(Tagged(f"gid://shopwright/{kind}/{key}", tags))


async def _tag_product(context: Context, action: str, product_id: int, change: ProductEdit) -> Outcome:
    require(context, TAGGED["Product"])
    tags = await tag_product(context, action, product_id, change)
    return tags if isinstance(tags, Outcome) else Outcome(Tagged(f"gid://shopwright/Product/{product_id}", tags))


async def _with_providers(context: Context, change: Change, act: Callable[[], Awaitable[list[int]]]) -> Outcome:
    """Carry out an act, then, after its commit, what it leaves for providers to do."""
    operations: list[int] = []

    async def collected() -> None:
        operations[:] = await act()

    outcome = await changed(context, change, collected, read=OrderByKey)
    if not operations:
        return outcome
    await carry_out(operations, context.services.gateways, now=context.now)
    context.renew()
    return Outcome(await context.loaders(OrderByKey).load(change.key))  # type: ignore[arg-type]


async def _minor(context: Context, order_id: int, amount: str | None) -> int | None:
    """An amount in minor units of the order's currency."""
    if amount is None:
        return None
    order = await context.loaders(OrderByKey).load(order_id)
    try:
        return Money.of(amount, order.currency if order else context.shop.currency).minor
    except ValueError:
        raise BadArgument("This is no amount of the order's currency.", argument="amount") from None
