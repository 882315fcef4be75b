"""Whether a cart can be paid now, and if not, precisely what is missing."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from commerce.addresses import Problem, problems_of
from commerce.cart_details import EMAIL, PHONE
from commerce.merchandise import Merchandise
from commerce.quotes import Quote, TaxRules
from models.addresses import Address
from models.carts import Cart
from models.customers import Customer
from models.money import Money
from payments.choosing import Gateways, gateway_for
from payments.manual import method_among
from payments.test import TestGateway

PARTS = {
    "first_name": "FIRST_NAME",
    "last_name": "LAST_NAME",
    "company": "COMPANY",
    "address1": "ADDRESS1",
    "address2": "ADDRESS2",
    "city": "CITY",
    "zip": "POSTAL_CODE",
    "phone": "PHONE_NUMBER",
}
OTHERWISE = {
    ("zip", "INVALID"): "DELIVERY_INVALID_POSTAL_CODE_FOR_COUNTRY",
    ("province_code", "REQUIRED"): "DELIVERY_ZONE_REQUIRED_FOR_COUNTRY",
    ("province_code", "NOT_FOUND"): "DELIVERY_ZONE_NOT_FOUND",
    ("country_code", "REQUIRED"): "DELIVERY_COUNTRY_REQUIRED",
}


class ShopTerms(TaxRules, Protocol):
    """What of a shop decides how a cart is paid and ordered."""

    @property
    def currency(self) -> str:
        """The shop's currency."""

    @property
    def manual_payment_methods(self) -> list[str]:
        """The manual payments the shop takes."""

    @property
    def capture_on_authorization(self) -> bool:
        """Whether money is taken at once."""

    @property
    def test_payments(self) -> bool:
        """Whether the test provider may be paid with."""

    @property
    def order_number_prefix(self) -> str:
        """What order names begin with."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing in the way of paying."""

    code: str
    message: str


async def missing_of(
    cart: Cart, quote: Quote, goods: Merchandise, shop: ShopTerms, gateways: Gateways, *, now: dt.datetime
) -> list[Missing]:
    """Everything in the way of paying this cart now; empty when nothing is."""
    if not quote.lines:
        return [Missing("ERROR", "The cart is empty.")]
    return [
        *_goods(quote, goods, now),
        *await _buyer(cart),
        *_delivery(quote),
        *_payment(cart.payment, quote.priced.due, shop, gateways),
    ]


def _goods(quote: Quote, goods: Merchandise, now: dt.datetime) -> list[Missing]:
    wanted = all_wanted(quote.lines)
    found = [
        Missing("MERCHANDISE_PRODUCT_NOT_PUBLISHED", "Something in the cart is not sold any more.")
        for variant_id in wanted
        if (variant := goods.variants.get(variant_id)) is None or not variant.is_on_sale(now)
    ]
    return found + [
        shortage(most, units) for variant_id, units in wanted.items() if _short(most := goods.left(variant_id), units)
    ]


def shortage(most: int | None, units: int) -> Missing:
    """Fewer are left than are wanted, perhaps none."""
    if not most:
        return Missing("MERCHANDISE_OUT_OF_STOCK", "Something in the cart is sold out.")
    message = f"Only {most} of the {units} wanted are left of something in the cart."
    return Missing("MERCHANDISE_NOT_ENOUGH_STOCK_AVAILABLE", message)


def _short(most: int | None, units: int) -> bool:
    return most is not None and most < units


async def _buyer(cart: Cart) -> list[Missing]:
    email = cart.email or await customer_email(cart)
    if not email:
        return [Missing("BUYER_IDENTITY_EMAIL_REQUIRED", "Say where the order is confirmed to.")]
    found = [] if EMAIL.fullmatch(email) else [Missing("BUYER_IDENTITY_EMAIL_IS_INVALID", "This is no email address.")]
    if cart.phone and not PHONE.fullmatch(cart.phone):
        found.append(Missing("BUYER_IDENTITY_PHONE_IS_INVALID", "This is no phone number."))
    return found


async def customer_email(cart: Cart) -> str | None:
    """The email of the customer a cart belongs to."""
    customer_id = cart.customer_id  # type: ignore[attr-defined]
    customer = await Customer.get_or_none(id=customer_id) if customer_id else None
    return customer.email if customer else None


def _delivery(quote: Quote) -> list[Missing]:
    if not any(line.requires_shipping for line in quote.lines):
        return []
    if quote.address is None:
        return [Missing("DELIVERY_ADDRESS_REQUIRED", "Say where the goods shall go.")]
    address = Address.kept(quote.address.address)
    found = [Missing(_address_code(problem), problem.message) for problem in problems_of(address, strict=True)]
    if not found and quote.priced.sending is None:
        found.append(Missing("DELIVERY_NO_DELIVERY_AVAILABLE", "The shop does not send these goods there."))
    return found


def _address_code(problem: Problem) -> str:
    special = OTHERWISE.get((problem.part, problem.kind))
    return special or f"DELIVERY_{PARTS[problem.part]}_{problem.kind}"


def _payment(payment: Mapping[str, Any] | None, due: int, shop: ShopTerms, gateways: Gateways) -> list[Missing]:
    if payment is None:
        return [Missing("PAYMENTS_METHOD_REQUIRED", "Say how the order is paid.")]
    if not _taken(payment, due, shop, gateways):
        return [Missing("PAYMENTS_METHOD_UNAVAILABLE", "This order cannot be paid that way.")]
    if payment["amount"] != due:
        owed = Money(due, shop.currency)
        message = f"{owed.amount} {shop.currency} are to be paid, another amount was agreed to."
        return [Missing("PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT", message)]
    return []


def _taken(payment: Mapping[str, Any], due: int, shop: ShopTerms, gateways: Gateways) -> bool:
    if due == 0 or payment["kind"] == "free":
        return due == 0 and payment["kind"] == "free"
    if payment["kind"] == "manual":
        return method_among(payment["name"], shop.manual_payment_methods) is not None
    gateway = gateway_for(payment["session_id"], gateways)
    return gateway is not None and (gateway.name != TestGateway.name or shop.test_payments)


def all_wanted(lines: Sequence[Any]) -> dict[int, int]:
    """How many of each variant there are in lines."""
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.variant_id] = wanted.get(line.variant_id, 0) + line.quantity
    return wanted
