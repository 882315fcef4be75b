"""Placing an order: out of a draft, in the transaction that takes its goods and completes its cart."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from commerce.drafts import Draft
from commerce.opening_carts import new_token
from commerce.paying import financial_status, pay_with_gift_cards
from commerce.stock import Taken
from database.errors import Retryable
from models.carts import Cart, CartState
from models.catalog import Product, ProductVariant
from models.checkout import AttemptState, CheckoutAttempt
from models.discounts import DiscountUse, UseState
from models.orders import Allocation, Order, OrderLine, ShippingLine, TaxLine
from models.payments import Payment
from outbox.announcing import announce, topic
from outbox.record import record

FIRST_NUMBER = 1_000
SNAPSHOT = (
    "cart_id",
    "customer_id",
    "email",
    "phone",
    "currency",
    "subtotal",
    "discounts",
    "shipping",
    "tax",
    "tax_included",
    "total",
    "discount_applications",
    "shipping_address",
    "billing_address",
    "note",
    "attributes",
)


async def place_order(draft: Draft, attempt_id: str, taken: Sequence[Taken], *, now: dt.datetime) -> Order:
    """Write the order down, complete the cart and the attempt, and tell the world: all in the running transaction.

    The goods in `taken` are committed already, or will be by the caller in the same transaction.
    """
    order = await _order(draft, now)
    lines = await _lines(order, draft, taken)
    await _taxes(order, lines, draft)
    await pay_with_gift_cards(draft["cards"], draft["currency"], attempt_id=attempt_id, order_id=order.id, now=now)
    await Payment.filter(attempt_id=attempt_id).update(order_id=order.id)
    order.financial_status = await financial_status(order)
    order.number = FIRST_NUMBER + order.id
    order.name = f"{draft['prefix']}{order.number}"
    await order.save(update_fields=["number", "name", "financial_status"])
    await DiscountUse.filter(attempt_id=attempt_id).update(state=UseState.USED, order_id=order.id)
    await _complete(draft["cart_id"], attempt_id, order, now)
    await _count_sales(draft)
    await record("order.placed", aggregate="order", key=order.id, now=now, payload={"name": order.name})
    return order


async def without_gone_variants(draft: Draft) -> Draft:
    """The draft of what somebody has agreed to, though some of it may have been deleted since."""
    ids = {line["variant_id"] for line in draft["lines"]}
    known = {key for (key,) in await ProductVariant.filter(id__in=ids).values_list("id")}
    if ids <= known:
        return draft
    lines = [line if line["variant_id"] in known else {**line, "variant_id": None} for line in draft["lines"]]
    return {**draft, "lines": lines}


async def _order(draft: Draft, now: dt.datetime) -> Order:
    parts = {name: draft[name] for name in SNAPSHOT}
    return await Order.create(token=new_token(), placed_at=now, updated_at=now, **parts)


async def _lines(order: Order, draft: Draft, taken: Sequence[Taken]) -> list[OrderLine]:
    rows = [
        OrderLine(order_id=order.id, position=position, **_untaxed(line))
        for position, line in enumerate(draft["lines"], 1)
    ]
    try:
        await OrderLine.bulk_create(rows)
    except IntegrityError as gone:  # a variant was deleted a moment ago: look again
        raise Retryable(gone) from gone
    lines = await OrderLine.filter(order_id=order.id).order_by("position")
    await Allocation.bulk_create(_allocations(lines, taken))
    if delivery := draft["delivery"]:
        await ShippingLine.create(order_id=order.id, **_untaxed(delivery))
    return lines


def _untaxed(part: dict[str, Any]) -> dict[str, Any]:
    """A part of a draft without its taxes, which are rows of their own."""
    return {name: value for name, value in part.items() if name != "taxes"}


def _allocations(lines: Sequence[OrderLine], taken: Sequence[Taken]) -> list[Allocation]:
    """Share what was taken of each variant out over its lines, in their order."""
    left = [[part.variant_id, part.level_id, part.quantity] for part in taken]
    made = []
    for line in lines:
        wanted = line.quantity
        for part in left:
            units = min(wanted, part[2]) if part[0] == (line.variant_id or 0) else 0  # type: ignore[attr-defined]
            if units:
                made.append(Allocation(order_line_id=line.id, level_id=part[1], quantity=units))
                part[2] -= units
                wanted -= units
    return made


async def _taxes(order: Order, lines: Sequence[OrderLine], draft: Draft) -> None:
    found: list[tuple[int | None, dict[str, Any]]] = [
        (line.id, tax) for line, part in zip(lines, draft["lines"], strict=True) for tax in part["taxes"]
    ]
    found += [(None, tax) for tax in (draft["delivery"] or {}).get("taxes", [])]
    if found:
        await TaxLine.bulk_create([TaxLine(order_id=order.id, order_line_id=key, **tax) for key, tax in found])


async def _complete(cart_id: str, attempt_id: str, order: Order, now: dt.datetime) -> None:
    await Cart.filter(id=cart_id).update(state=CartState.COMPLETED, updated_at=now)
    await CheckoutAttempt.filter(id=attempt_id).update(
        state=AttemptState.SUCCEEDED, order_id=order.id, completed_at=now
    )
    await announce(topic("cart", cart_id))


async def _count_sales(draft: Draft) -> None:
    sold: dict[int, int] = {}
    for line in draft["lines"]:
        sold[line["product_id"]] = sold.get(line["product_id"], 0) + line["quantity"]
    for product_id, units in sorted(sold.items()):
        await Product.filter(id=product_id).update(units_sold=F("units_sold") + units)
