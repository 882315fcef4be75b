"""The lines of a cart with what they cost."""

from dataclasses import dataclass

from commerce.pricing import PricedLine
from commerce.quotes import Quote, QuotedLine
from loaders.catalog import AnyVariantById
from loaders.rows import carts as rows
from loaders.rows.catalog import ProductVariant
from models.money import Money
from resolvers.context import Context
from resolvers.mistakes import NotFound
from resolvers.paging import Page, Window, page_of_rows
from resolvers.quotes import quote


@dataclass(frozen=True, slots=True)
class CartLine:
    """A line of a cart, priced."""

    id: int
    quantity: int
    attributes: list[dict[str, str]]
    cart: rows.Cart
    kept: QuotedLine
    priced: PricedLine


@dataclass(frozen=True, slots=True)
class LineCost:
    """What a line costs."""

    amount_per_quantity: Money
    compare_at_amount_per_quantity: Money | None
    subtotal_amount: Money
    total_amount: Money


@dataclass(frozen=True, slots=True)
class EstimatedLineCost:
    """What a line costs, as older clients ask for it."""

    amount: Money
    compare_at_amount: Money | None
    subtotal_amount: Money
    total_amount: Money


@dataclass(frozen=True, slots=True)
class Instructions:
    """What may be done with a line."""

    can_remove: bool
    can_update_quantity: bool


@dataclass(frozen=True, slots=True)
class ParentRelationship:
    """The line another one was added to."""

    parent: CartLine


def lines_in(cart: rows.Cart, quoted: Quote) -> list[CartLine]:
    """All lines of a cart."""
    return [
        CartLine(kept.id, kept.quantity, kept.attributes, cart, kept, priced)
        for kept, priced in zip(quoted.lines, quoted.priced.lines, strict=True)
    ]


async def lines_of_cart(context: Context, cart: rows.Cart, *, window: Window) -> Page[CartLine]:
    """A part of the lines, in the order they were added."""
    return page_of_rows(lines_in(cart, await quote(context, cart)), window, key=lambda line: line.id)


async def total_quantity(context: Context, cart: rows.Cart) -> int:
    """How many units there are."""
    return sum(line.quantity for line in (await quote(context, cart)).lines)


def cost_of_line(context: Context, line: CartLine) -> LineCost:
    """What the line costs; discounts on the whole order are not taken off."""
    return LineCost(
        amount_per_quantity=_money(line, line.kept.price),
        compare_at_amount_per_quantity=_compared(line),
        subtotal_amount=_money(line, line.priced.price),
        total_amount=_money(line, line.priced.after_line_discounts),
    )


def estimated_cost_of_line(context: Context, line: CartLine) -> EstimatedLineCost:
    """The same, by its older names."""
    return EstimatedLineCost(
        amount=_money(line, line.kept.price),
        compare_at_amount=_compared(line),
        subtotal_amount=_money(line, line.priced.price),
        total_amount=_money(line, line.priced.after_line_discounts),
    )


async def merchandise_of_line(context: Context, line: CartLine) -> ProductVariant:
    """What the line is of. A variant that is gone has taken its lines with it."""
    variant = await context.loaders(AnyVariantById).load(line.kept.variant_id)
    if variant is None:
        raise NotFound("What this line held is not sold any more.")
    return variant


def instructions_of_line(context: Context, line: CartLine) -> Instructions:
    """Every line may be changed and taken out."""
    return Instructions(can_remove=True, can_update_quantity=True)


async def parent_of_line(context: Context, line: CartLine) -> ParentRelationship | None:
    """The line this one was added to."""
    if line.kept.parent_id is None:
        return None
    lines = lines_in(line.cart, await quote(context, line.cart))
    return next((ParentRelationship(other) for other in lines if other.id == line.kept.parent_id), None)


def _money(line: CartLine, minor: int) -> Money:
    return Money(minor, line.cart.currency)


def _compared(line: CartLine) -> Money | None:
    return None if line.kept.compare_at_price is None else _money(line, line.kept.compare_at_price)
