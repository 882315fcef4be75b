"""Giving money back for goods: how much a line, a unit or the delivery is worth, and what becomes of the goods."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tortoise.expressions import F

from commerce import stock
from commerce.moving_money import TooMuch, locked_order, refund_order
from commerce.packing import left_to_send, restate_sending, variant_of
from commerce.refund_books import Books, books_of
from commerce.refusals import Refusal
from commerce.returning import put_back
from commerce.shelves import Taken
from database.transactions import unit_of_work
from models.fulfillment import Refund, RefundLine, Restock, Return, ReturnLine, ReturnState
from models.orders import Allocation, Order, OrderLine


class NotRefundable(Refusal):
    """These units' price was given back already, or the goods are not where they are said to be."""

    code = "INVALID_QUANTITY"


class NoSuchLine(Refusal):
    """The order has no such line, or no such return."""

    code = "NOT_FOUND"


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a line whose price goes back, and what becomes of them."""

    line_id: int
    quantity: int
    restock: Restock = Restock.NO_RESTOCK


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be refunded: units, delivery, and an amount where it is another than these are worth."""

    units: Sequence[Units] = ()
    shipping: int | None = 0
    amount: int | None = None
    note: str | None = None
    return_id: int | None = None
    notify: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What goods and delivery are worth, of which tax, and the most that can be given back. In minor units."""

    lines: Mapping[int, int]
    tax: int
    shipping: int
    most_shipping: int
    most: int

    @property
    def subtotal(self) -> int:
        """All lines."""
        return sum(self.lines.values())

    @property
    def amount(self) -> int:
        """Lines and delivery, as far as there is money to give back."""
        return min(self.subtotal + self.shipping, self.most)


@unit_of_work
async def refund(order_id: int, wish: Wish, *, request_key: str, now: dt.datetime) -> list[int]:
    """Give money back for goods, which go back on the shelf, are not sent, or stay away. The same key refunds once.

    Answers the operations to carry out, after the commit.
    """
    order = await locked_order(order_id)
    if await Refund.filter(request_key=request_key).exists():
        return []
    wish = await _with_return(order, wish)
    worth = await suggest(order_id, wish)
    amount = worth.amount if wish.amount is None else wish.amount
    if amount <= 0:
        raise TooMuch("There is nothing to give back.", field=("amount",))
    operations = await refund_order(order_id, amount, request_key=request_key, note=wish.note, now=now)
    made = await Refund.get(request_key=request_key)
    await Refund.filter(id=made.id).update(shipping=min(worth.shipping, amount), request_id=wish.return_id)
    lines = await OrderLine.select_for_update().filter(order_id=order_id).order_by("id")
    for units in sorted(wish.units, key=lambda units: units.line_id):
        line = next(line for line in lines if line.id == units.line_id)
        await RefundLine.create(
            refund_id=made.id,
            order_line_id=line.id,
            quantity=units.quantity,
            amount=worth.lines[line.id],
            restock=units.restock,
        )
        await _move(order, line, units, now=now)
    if any(units.restock is Restock.CANCEL for units in wish.units):
        await restate_sending(order, lines, now=now)
    return operations


async def suggest(order_id: int, wish: Wish) -> Suggestion:
    """What the wished units and delivery are worth; refuses units that cannot be refunded."""
    books = (await books_of([order_id])).get(order_id)
    if books is None:
        raise NoSuchLine("There is no such order.", field=("orderId",))
    return worth_of(wish, books)


def worth_of(wish: Wish, books: Books) -> Suggestion:
    """What the wished units and delivery of an order are worth, by its books."""
    worth: dict[int, int] = {}
    tax = 0
    for index, units in enumerate(wish.units):
        line = books.lines.get(units.line_id)
        if line is None or units.line_id in worth:
            raise NoSuchLine("The order has no such line, or it is named twice.", field=_at(index, "lineItemId"))
        before = books.refunded.get(line.id, 0)
        _check(line, units, before, books.coming_back.get(line.id, 0), index)
        paid = line.total + (0 if books.order.tax_included else line.tax)
        worth[line.id] = _part(paid, line.quantity, before, units.quantity)
        tax += _part(line.tax, line.quantity, before, units.quantity)
    shipping = books.shipping_left if wish.shipping is None else wish.shipping
    if not 0 <= shipping <= books.shipping_left:
        raise TooMuch("The delivery did not cost as much as that.", field=("input", "shipping", "amount"))
    return Suggestion(worth, tax, shipping, books.shipping_left, books.most)


def _part(whole: int, quantity: int, before: int, units: int) -> int:
    """What some units of a line are worth, so that all of them together are worth the whole."""
    return whole * (before + units) // quantity - whole * before // quantity


def _check(line: OrderLine, units: Units, before: int, coming_back: int, index: int) -> None:
    left = line.quantity - before
    if units.restock is Restock.CANCEL:
        left = min(left, left_to_send(line))
    if units.restock is Restock.RETURN:
        left = min(left, line.fulfilled - line.returned - coming_back)
    if not 0 < units.quantity <= left:
        raise NotRefundable(f"{left} of {line.title!r} can be refunded so.", field=_at(index, "quantity"))


async def _with_return(order: Order, wish: Wish) -> Wish:
    """The wish with the units of its return, where it names a return and no units."""
    if wish.return_id is None:
        return wish
    back = await Return.get_or_none(id=wish.return_id, order_id=order.id)
    if back is None:
        raise NoSuchLine("The order has no such return.", field=("returnId",))
    if back.state not in (ReturnState.OPEN, ReturnState.CLOSED):
        raise NotRefundable(f"The return is {back.state}.", field=("returnId",), code="INVALID_STATE")
    parts = (
        await ReturnLine.filter(request_id=back.id).order_by("order_line_id").values_list("order_line_id", "quantity")
    )
    units = wish.units or [Units(line_id, quantity) for line_id, quantity in parts]
    return Wish(units, wish.shipping, wish.amount, wish.note, back.id, wish.notify)


async def _move(order: Order, line: OrderLine, units: Units, *, now: dt.datetime) -> None:
    if units.restock is Restock.CANCEL:
        await _take_off(line, units.quantity, order_id=order.id, now=now)
        line.canceled += units.quantity
        await OrderLine.filter(id=line.id).update(canceled=F("canceled") + units.quantity)
    if units.restock is Restock.RETURN:
        await OrderLine.filter(id=line.id).update(returned=F("returned") + units.quantity)
        await put_back(line.id, units.quantity, order_id=order.id, now=now)


async def _take_off(line: OrderLine, quantity: int, *, order_id: int, now: dt.datetime) -> None:
    """Promise units of a line no longer: they are on the shelf for others."""
    for place in await Allocation.filter(order_line_id=line.id, quantity__gt=0).order_by("id"):
        units = min(quantity, place.quantity)
        if units:
            await Allocation.filter(id=place.id).update(quantity=F("quantity") - units)
            level_id = int(place.level_id)  # type: ignore[attr-defined]
            await stock.uncommit([Taken(variant_of(line), level_id, units)], order_id=order_id, now=now)
            quantity -= units


def _at(index: int, name: str) -> tuple[str, ...]:
    return ("input", "refundLineItems", str(index), name)
