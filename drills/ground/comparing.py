"""Where the shop and the till differ, in words; and what the audit finds."""

from collections.abc import Sequence

from commerce.offers import Buyer
from commerce.paying import GIFT_CARD
from commerce.quotes import quote_of
from drills.ground import shelf
from drills.ground.counter import Counter
from drills.ground.till import Sale, Till
from models.carts import Cart, CartLine, CartState
from models.checkout import AttemptState, CheckoutAttempt
from models.discounts import Discount
from models.orders import Order, OrderLine
from models.payments import Payment

UNDER_WAY = (AttemptState.PROCESSING, AttemptState.ACTION_REQUIRED)


async def differences(counter: Counter, till: Till, carts: Sequence[str]) -> list[str]:
    """Everything that is not as the till says."""
    found = await shelf.audit()
    for name, kept in till.shelves.items():
        if kept.counted:
            found += differs(f"shelf {name}", await counter.level(name), (kept.on_hand, kept.reserved, kept.committed))
    found += differs("uses of the code", (await Discount.get(id=counter.discount_id)).uses, till.uses)
    found += differs("the gift card", await counter.balance(), till.card)
    found += await _baskets(counter, till, carts)
    found += differs("orders", {order.id for order in await Order.all()}, set(till.sales))
    for order, sale in till.sales.items():
        found += await _order(counter, order, sale)
    return found


def differs(what: str, there: object, expected: object) -> list[str]:
    """In words, if it does."""
    return [] if there == expected else [f"{what}: {there}, not {expected}"]


async def _baskets(counter: Counter, till: Till, carts: Sequence[str]) -> list[str]:
    found = []
    for number, cart_id in enumerate(carts):
        basket, cart = till.baskets[number], await Cart.get(id=cart_id)
        under_way = await CheckoutAttempt.filter(cart_id=cart_id, state__in=UNDER_WAY).count()
        found += differs(f"basket {number} is an order", cart.state == CartState.COMPLETED, basket.completed)
        found += differs(f"attempts of basket {number}", under_way, int(number in till.tries))
        if basket.completed:
            continue
        lines = await CartLine.filter(cart_id=cart_id).values_list("variant_id", "quantity")
        found += differs(f"basket {number}", {counter.names[key]: units for key, units in lines}, basket.lines)
        quote = await quote_of(cart, Buyer(None, cart.email), counter.terms, now=counter.now)
        found += differs(f"what is due for basket {number}", quote.priced.due, till.charge(basket)[0])
    return found


async def _order(counter: Counter, key: int, sale: Sale) -> list[str]:
    order = await Order.get(id=key)
    lines = OrderLine.filter(order_id=key)
    parts = {
        counter.names[variant]: rest
        for variant, *rest in await lines.values_list("variant_id", "quantity", "fulfilled", "canceled", "returned")
    }
    expected = {name: [part.ordered, part.fulfilled, part.canceled, part.returned] for name, part in sale.parts.items()}
    payments = await Payment.filter(order_id=key)
    cards = [payment for payment in payments if payment.gateway == GIFT_CARD]
    others = [payment for payment in payments if payment.gateway != GIFT_CARD]
    return [
        *differs(f"order {key}", parts, expected),
        *differs(f"total of order {key}", order.total, sale.total),
        *differs(f"taken for {key}", sum(each.captured for each in others), sale.taken),
        *differs(f"given back of {key}", sum(each.refunded + each.pending_refund for each in others), sale.given_back),
        *differs(f"put back on the card for {key}", sum(each.refunded for each in cards), sale.card_back),
    ]
