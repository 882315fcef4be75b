"""An order as it will be placed: everything about it in plain values, so that it outlives a crash while it is paid.

A draft is kept with the attempt while a provider is asked; what the shopper agreed to is what is placed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from commerce.cart_discounts import applications_of
from commerce.merchandise import Merchandise, Sold
from commerce.pricing import PricedLine
from commerce.quotes import Quote, QuotedLine
from commerce.readiness import ShopTerms, all_wanted
from commerce.tax import Tax
from database.prepared import Prepared
from models.carts import Cart
from models.catalog import ProductOption

Draft = dict[str, Any]

_OPTIONS = Prepared(
    lambda product_ids: ProductOption.filter(product_id__in=product_ids).values_list("product_id", "position", "name"),
    list,
)


def digest_of(cart: Cart, quote: Quote) -> str:
    """What tells a retry from a changed cart: everything the client decides."""
    lines = [[line.variant_id, line.quantity, line.attributes] for line in quote.lines]
    told: list[Any] = [
        lines,
        quote.address.address if quote.address else None,
        cart.delivery_option,
        cart.discount_codes,
        [card.gift_card_id for card in quote.cards],
        [cart.email, cart.phone, cart.country_code, cart.customer_id],  # type: ignore[attr-defined]
        [cart.note, cart.attributes, cart.billing_address, cart.payment],
    ]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


async def draft_of(cart: Cart, quote: Quote, goods: Merchandise, shop: ShopTerms, *, email: str | None) -> Draft:
    """The order that this cart becomes. Amounts are whole minor units."""
    priced = quote.priced
    used = _offers_used(quote)
    shipping_address = quote.address.address if quote.address and priced.sending else None
    return {
        "cart_id": cart.id,
        "customer_id": cart.customer_id,  # type: ignore[attr-defined]
        "email": email,
        "phone": cart.phone,
        "note": cart.note,
        "attributes": cart.attributes,
        "prefix": shop.order_number_prefix,
        "currency": cart.currency,
        "tax_included": priced.tax_included,
        "subtotal": priced.subtotal,
        "discounts": sum(line.discount for line in priced.lines) + _shipping_discount(quote),
        "shipping": priced.shipping,
        "tax": priced.tax,
        "total": priced.total,
        "due": priced.due,
        "shipping_address": shipping_address,
        "billing_address": cart.billing_address or shipping_address,
        "discount_applications": applications_of(used, cart.currency),
        "uses": [[offer.id, offer.code] for offer in used],
        "cards": [[card, amount] for card, amount in priced.gift_cards if amount],
        "lines": await _lines(quote, goods, [offer.id for offer in used]),
        "delivery": _delivery(quote, [offer.id for offer in used]),
        "payment": cart.payment,
        "capture": shop.capture_on_authorization,
        "wanted": [[variant_id, units] for variant_id, units in sorted(all_wanted(quote.lines).items())],
    }


def _offers_used(quote: Quote) -> list[Any]:
    taken: set[int] = set()
    for line in quote.priced.lines:
        taken |= {*line.line_discounts, *line.order_discounts}
    if quote.priced.sending:
        taken |= set(quote.priced.sending.discounts)
    return [offer for offer in quote.offers.offers if offer.id in taken]


def _shipping_discount(quote: Quote) -> int:
    return sum(quote.priced.sending.discounts.values()) if quote.priced.sending else 0


async def _lines(quote: Quote, goods: Merchandise, used: Sequence[int]) -> list[Draft]:
    names: dict[int, dict[int, str]] = {}
    for product_id, position, name in await _OPTIONS.values(list({line.product_id for line in quote.lines})):
        names.setdefault(product_id, {})[position] = name
    return [
        _line(kept, priced, goods.variants[kept.variant_id], names.get(kept.product_id, {}), used)
        for kept, priced in zip(quote.lines, quote.priced.lines, strict=True)
    ]


def _line(kept: QuotedLine, priced: PricedLine, variant: Sold, names: Mapping[int, str], used: Sequence[int]) -> Draft:
    values = (variant.option1, variant.option2, variant.option3)
    chosen = [{"name": names[n], "value": value} for n, value in enumerate(values, 1) if value and n in names]
    return {
        "variant_id": kept.variant_id,
        "product_id": kept.product_id,
        "title": variant.product_title,
        "variant_title": variant.title,
        "options": chosen,
        "sku": variant.sku,
        "image_url": variant.image_url,
        "attributes": kept.attributes,
        "requires_shipping": bool(kept.requires_shipping),
        "weight_grams": kept.weight_grams,
        "unit_price": kept.price,
        "quantity": kept.quantity,
        "discount": priced.discount,
        "discount_allocations": allocations([priced.line_discounts, priced.order_discounts], used),
        "tax": sum(tax.amount for tax in priced.taxes),
        "total": priced.total,
        "taxes": _taxes(priced.taxes),
    }


def _delivery(quote: Quote, used: Sequence[int]) -> Draft | None:
    sending = quote.priced.sending
    if sending is None:
        return None
    return {
        "handle": sending.option.handle,
        "title": sending.option.title,
        "price": sending.option.price,
        "discount": sum(sending.discounts.values()),
        "discount_allocations": allocations([sending.discounts], used),
        "tax": sum(tax.amount for tax in sending.taxes),
        "total": sending.total,
        "taxes": _taxes(sending.taxes),
    }


def allocations(taken: Sequence[Mapping[int, int]], used: Sequence[int]) -> list[dict[str, int]]:
    """Which of the order's discounts took how much off: by their place in the order's list of discounts."""
    return [{"application": used.index(offer), "amount": amount} for part in taken for offer, amount in part.items()]


def _taxes(taxes: Sequence[Tax]) -> list[Draft]:
    return [{"title": tax.title, "rate": tax.rate, "amount": tax.amount} for tax in taxes]
