"""Placing an order: out of a draft, in the transaction that takes its goods and completes its cart."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tortoise.exceptions import IntegrityError

from commerce.drafts import Draft
from commerce.opening_carts import new_token
from commerce.paying import paid_with_gift_cards, status_of, write_down
from commerce.shelves import Taken
from database.errors import Retryable
from database.inserting import insert
from database.prepared import Prepared
from database.updating import add_to_many
from models.carts import Cart, CartState
from models.catalog import Product, ProductVariant
from models.checkout import AttemptState, CheckoutAttempt
from models.discounts import DiscountUse, UseState
from models.orders import Allocation, FinancialStatus, Order, OrderLine, ShippingLine, TaxLine
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

_NAME = Prepared(
    lambda order_id, number, name: Order.filter(id=order_id).update(number=number, name=name), int, int, str
)
_COMPLETE_CART = Prepared(
    lambda cart_id, now: Cart.filter(id=cart_id).update(state=CartState.COMPLETED, updated_at=now), str, dt.datetime
)
_COMPLETE_ATTEMPT = Prepared(
    lambda attempt_id, order_id, now: CheckoutAttempt.filter(id=attempt_id).update(
        state=AttemptState.SUCCEEDED, order_id=order_id, completed_at=now
    ),
    str,
    int,
    dt.datetime,
)
_KNOWN = Prepared(lambda variant_ids: ProductVariant.filter(id__in=variant_ids).values_list("id"), list)


async def place_order(
    draft: Draft, attempt_id: str, taken: Sequence[Taken], payment: Payment | None, *, now: dt.datetime
) -> Order:
    """Write the order down, complete the cart and the attempt, and tell the world: all in the running transaction.

    The goods in `taken` are committed already, or will be by the caller in the same transaction, who then counts the
    sales: goods and products are what other orders wait for, so they are locked last, and in this order. The `payment`
    is what pays beside gift cards; the caller saves one that is kept already.
    """
    cards, ledger = paid_with_gift_cards(draft["cards"], draft["currency"], attempt_id=attempt_id, now=now)
    payments = [*([payment] if payment else []), *cards]
    order = await _order(draft, status_of(payments, total=draft["total"]), now)
    lines = await _lines(order, draft, taken)
    await _taxes(order, lines, draft)
    for each in payments:
        each.order_id = order.id
    await insert([each for each in payments if each.id is None])
    await write_down(ledger)
    if draft["uses"]:
        await DiscountUse.filter(attempt_id=attempt_id).update(state=UseState.USED, order_id=order.id)
    await _complete(draft["cart_id"], attempt_id, order, now)
    await record("order.placed", aggregate="order", key=order.id, now=now, payload={"name": order.name})
    return order


async def count_sales(draft: Draft) -> None:
    """Count what was sold of each product."""
    sold: dict[int, int] = {}
    for line in draft["lines"]:
        sold[line["product_id"]] = sold.get(line["product_id"], 0) + line["quantity"]
    await add_to_many(Product, [{"id": product_id, "units_sold": units} for product_id, units in sold.items()])


async def without_gone_variants(draft: Draft, held: Sequence[Taken]) -> Draft:
    """The draft of what somebody has agreed to, though some of it may have been deleted since.

    What is `held` for it is there, and need not be looked up.
    """
    known = {part.variant_id for part in held}
    if others := {line["variant_id"] for line in draft["lines"]} - known:
        known |= {key for (key,) in await _KNOWN.values(list(others))}
    if others <= known:
        return draft
    lines = [line if line["variant_id"] in known else {**line, "variant_id": None} for line in draft["lines"]]
    return {**draft, "lines": lines}


async def _order(draft: Draft, status: FinancialStatus, now: dt.datetime) -> Order:
    parts = {name: draft[name] for name in SNAPSHOT}
    order = Order(token=new_token(), financial_status=status, placed_at=now, updated_at=now, **parts)
    await insert([order])
    order.number = FIRST_NUMBER + order.id
    order.name = f"{draft['prefix']}{order.number}"
    await _NAME.change(order.id, order.number, order.name)
    return order


async def _lines(order: Order, draft: Draft, taken: Sequence[Taken]) -> list[OrderLine]:
    lines = [
        OrderLine(order_id=order.id, position=position, **_untaxed(line))
        for position, line in enumerate(draft["lines"], 1)
    ]
    try:
        await insert(lines)
    except IntegrityError as gone:  # a variant was deleted a moment ago: look again
        raise Retryable(gone) from gone
    await insert(_allocations(lines, taken))
    if delivery := draft["delivery"]:
        await insert([ShippingLine(order_id=order.id, **_untaxed(delivery))])
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
    await insert([TaxLine(order_id=order.id, order_line_id=key, **tax) for key, tax in found])


async def _complete(cart_id: str, attempt_id: str, order: Order, now: dt.datetime) -> None:
    await _COMPLETE_CART.change(cart_id, now)
    await _COMPLETE_ATTEMPT.change(attempt_id, order.id, now)
    await announce(topic("cart", cart_id))
