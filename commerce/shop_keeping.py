"""The shop's own settings and legal texts, as staff set them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from commerce.cart_details import EMAIL
from commerce.fitting import Unfit, argument, counted, fitted, kept
from commerce.shop import shop_changed
from database.transactions import unit_of_work
from models.content import Policy, PolicyKind
from models.gift_cards import GiftCard
from models.orders import Order
from models.shop import Shop
from outbox.record import record

MOST_METHODS = 20
LONGEST_METHOD = 64
TITLES = {
    PolicyKind.PRIVACY: "Privacy policy",
    PolicyKind.REFUND: "Refund policy",
    PolicyKind.SHIPPING: "Shipping policy",
    PolicyKind.TERMS: "Terms of service",
    PolicyKind.SUBSCRIPTION: "Subscription policy",
}


class CurrencyInUse(Unfit):
    """Orders and gift cards are in the shop's currency already."""


@unit_of_work
async def update_shop(input: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Change what is told of the shop; answers its id. The currency stays once money has been promised in it."""
    shop = await kept(Shop, 1, at=("input",), called="shop")
    told = {name: value for name, value in input.items() if value is not None or Shop._meta.fields_map[name].null}
    columns = fitted(Shop, told, at=("input",), needed=("name",) if "name" in told else ())
    if columns.get("email") and not EMAIL.fullmatch(columns["email"]):
        raise Unfit("This is no email address.", field=("input", "email"), code="INVALID")
    if "manual_payment_methods" in columns:
        columns["manual_payment_methods"] = _methods(columns["manual_payment_methods"])
    for name in ("cancel_window_minutes", "return_window_days"):
        counted(columns.get(name), at=("input", argument(name)))
    if columns.get("currency", shop.currency) != shop.currency and await _money_was_promised():
        told_why = "There are orders or gift cards in the currency the shop has."
        raise CurrencyInUse(told_why, field=("input", "currency"), code="IN_USE")
    await Shop.filter(id=1).update(**columns, updated_at=now)
    shop_changed()
    await record("shop.updated", aggregate="shop", key=1, now=now)
    return 1


@unit_of_work
async def update_policy(shop_policy: Mapping[str, Any], *, now: dt.datetime) -> int:
    """Write one of the legal texts; answers its id."""
    kind = _kind(shop_policy["type"])
    plain = {name: shop_policy[name] for name in ("title", "body") if shop_policy.get(name)}
    columns = fitted(Policy, plain, at=("shopPolicy",), needed=("body",))
    policy = await Policy.filter(kind=kind).select_for_update().first()
    if policy is None:
        policy = await Policy.create(kind=kind, updated_at=now, **{"title": TITLES[kind], **columns})
    else:
        await Policy.filter(id=policy.id).update(**columns, updated_at=now)
    await record("policy.updated", aggregate="policy", key=policy.id, now=now)
    return policy.id


async def policy_of(name: str) -> int | None:
    """The id of the legal text of a kind, if it was written."""
    policy = await Policy.get_or_none(kind=_kind(name))
    return policy.id if policy else None


def _kind(name: str) -> PolicyKind:
    return PolicyKind(name.lower().replace("_", "-"))


async def _money_was_promised() -> bool:
    return await Order.exists() or await GiftCard.exists()


def _methods(told: list[str]) -> list[str]:
    methods = list(dict.fromkeys(" ".join(method.split()) for method in told))
    if len(methods) > MOST_METHODS:
        at = ("input", "manualPaymentMethods")
        raise Unfit(f"At most {MOST_METHODS} methods are offered.", field=at, code="TOO_MANY")
    for index, method in enumerate(methods):
        if not 0 < len(method) <= LONGEST_METHOD:
            where = ("input", "manualPaymentMethods", str(index))
            raise Unfit(f"A method is named in at most {LONGEST_METHOD} characters.", field=where, code="INVALID")
    return methods
