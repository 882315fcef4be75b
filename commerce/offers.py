"""Which discounts a shopper may use now: the automatic ones, and those of the codes entered."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tortoise.expressions import Q

from commerce.discounts import Class, Goods, Offer
from database.prepared import Prepared
from models.catalog import CollectionProduct
from models.discounts import Discount, DiscountCode, DiscountMethod, DiscountTarget, DiscountUse, UseState

_AUTOMATIC = Prepared(
    lambda now: Discount.filter(
        Q(starts_at__isnull=True) | Q(starts_at__lte=now), method=DiscountMethod.AUTOMATIC, active=True
    ).order_by("id"),
    dt.datetime,
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who uses a discount."""

    customer_id: int | None = None
    email: str | None = None

    @property
    def key(self) -> str | None:
        """What uses are counted by: the customer, or a guest's email; None while neither is known."""
        if self.customer_id is not None:
            return f"customer:{self.customer_id}"
        return f"email:{self.email.strip().lower()}" if self.email else None


@dataclass(frozen=True, slots=True)
class EnteredCode:
    """A code as it was entered: the discount it stands for, or why it cannot be used."""

    code: str
    discount_id: int | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """The discounts open to a shopper, and what became of each code."""

    offers: tuple[Offer, ...]
    codes: tuple[EnteredCode, ...]


def code_key(code: str) -> str:
    """What codes are compared by: case and surrounding space do not matter."""
    return code.strip().casefold()


async def offers_for(codes: Sequence[str], buyer: Buyer, *, now: dt.datetime) -> Offers:
    """The automatic discounts and those of the codes, for this buyer at this time."""
    named = await _named([code_key(code) for code in codes])
    entered = []
    offers: dict[int, Offer] = {}
    for code in codes:
        discount = named.get(code_key(code))
        refused = "DISCOUNT_NOT_FOUND" if discount is None else await refusal(discount, buyer, now=now)
        entered.append(EnteredCode(code, discount.id if discount else None, refused))
        if discount and not refused:
            offers.setdefault(discount.id, _offer(discount, code))
    for discount in await _automatic(now):
        if await refusal(discount, buyer, now=now) is None:
            offers.setdefault(discount.id, _offer(discount, None))
    return Offers(tuple(offers.values()), tuple(entered))


async def refusal(discount: Discount, buyer: Buyer, *, now: dt.datetime) -> str | None:
    """Why a discount is not open to a buyer now, as a warning code; None when it is."""
    if not discount.active or not _running(discount, now):
        return "DISCOUNT_CURRENTLY_INACTIVE"
    if discount.usage_limit is not None and discount.uses >= discount.usage_limit:
        return "DISCOUNT_USAGE_LIMIT_REACHED"
    if discount.customer_ids and buyer.customer_id is None:
        return "DISCOUNT_ELIGIBLE_CUSTOMER_MISSING"
    if discount.customer_ids and buyer.customer_id not in discount.customer_ids:
        return "DISCOUNT_CUSTOMER_NOT_ELIGIBLE"
    if discount.customer_limit is None or buyer.key is None:
        return None
    used_up = await uses_by(discount.id, buyer.key) >= discount.customer_limit
    return "DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED" if used_up else None


async def uses_by(discount_id: int, customer_key: str) -> int:
    """How often a buyer has used a discount, checkouts under way counted."""
    uses = DiscountUse.filter(discount_id=discount_id, customer_key=customer_key)
    return await uses.exclude(state=UseState.RELEASED).count()


async def collections_of(product_ids: Iterable[int], offers: Iterable[Offer]) -> dict[int, frozenset[int]]:
    """The collections of each product, of those that the offers speak of."""
    spoken_of = frozenset().union(*(offer.goods.collections | offer.buys.collections for offer in offers))
    members: defaultdict[int, set[int]] = defaultdict(set)
    if spoken_of:
        rows = CollectionProduct.filter(product_id__in=list(product_ids), collection_id__in=list(spoken_of))
        for product_id, collection_id in await rows.values_list("product_id", "collection_id"):
            members[product_id].add(collection_id)
    return {product_id: frozenset(collections) for product_id, collections in members.items()}


async def _named(keys: Sequence[str]) -> dict[str, Discount]:
    if not keys:
        return {}
    codes = await DiscountCode.filter(code_key__in=keys, discount__method=DiscountMethod.CODE).select_related(
        "discount"
    )
    return {code.code_key: code.discount for code in codes}


async def _automatic(now: dt.datetime) -> list[Discount]:
    return await _AUTOMATIC.rows(Discount, now)


def _running(discount: Discount, now: dt.datetime) -> bool:
    begun = discount.starts_at is None or discount.starts_at <= now
    return begun and (discount.ends_at is None or now < discount.ends_at)


def _offer(discount: Discount, code: str | None) -> Offer:
    allowed = {
        Class.LINES: discount.combines_with_products,
        Class.ORDER: discount.combines_with_order,
        Class.SHIPPING: discount.combines_with_shipping,
    }
    return Offer(
        id=discount.id,
        kind=discount.kind,
        title=discount.title,
        code=code,
        on_order=discount.target == DiscountTarget.ORDER,
        value=discount.value,
        goods=Goods(frozenset(discount.product_ids), frozenset(discount.collection_ids)),
        min_subtotal=discount.min_subtotal,
        min_quantity=discount.min_quantity,
        buys=Goods(frozenset(discount.buy_product_ids), frozenset(discount.buy_collection_ids)),
        buy_quantity=discount.buy_quantity,
        get_quantity=discount.get_quantity,
        countries=frozenset(discount.countries),
        combines_with=frozenset(kind for kind, together in allowed.items() if together),
    )
