"""What a drill changes of a shop behind its servers' backs, by the shop's own acts: goods, a code, a gift card."""

import datetime as dt
import secrets
from dataclasses import dataclass

from commerce.gift_card_codes import digest_of
from commerce.gift_cards import issue
from commerce.invariants import broken_promises
from commerce.shop import ensure_shop_defaults
from commerce.stocktaking import count_stock, start_stock
from database.migrating import migrate
from database.transactions import transaction, unit_of_work
from models.catalog import Product, ProductVariant
from models.discounts import Discount, DiscountCode, DiscountKind, DiscountMethod
from models.gift_cards import GiftCard, GiftCardEntry, GiftCardEntryKind
from models.shop import Shop
from models.stock import StockLevel

PRICE = 2_500
PATIENCE = dt.timedelta(hours=1)
"""After so long every time to pay or to confirm is over."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to buy; `id` as clients write it."""

    key: int

    @property
    def id(self) -> str:
        return f"gid://shopwright/ProductVariant/{self.key}"


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


async def open_shop(database: str) -> None:
    """Make an empty database a shop that takes test payments, captured at once."""
    await migrate(database, report=str)


async def furnish() -> None:
    """What selling needs, in the connected database."""
    await ensure_shop_defaults(now=now())
    await Shop.filter(id=1).update(test_payments=True)


@unit_of_work
async def a_thing(units: int | None) -> Thing:
    """A product on sale with so many units, or one whose stock is not counted."""
    at = now()
    product = await Product.create(
        handle=f"lamp-{secrets.token_hex(4)}",
        title="Last lamp",
        published_at=at,
        created_at=at,
        updated_at=at,
        min_price=PRICE,
        max_price=PRICE,
    )
    variant = await ProductVariant.create(
        product=product,
        position=1,
        title="Default Title",
        option1="Default Title",
        price=PRICE,
        tracked=units is not None,
        created_at=at,
        updated_at=at,
    )
    await start_stock([variant], {variant.id: units or 0}, now=at)
    return Thing(variant.id)


async def count(thing: Thing, units: int) -> None:
    """Let exactly so many units be left to sell."""
    async with transaction():
        await count_stock({thing.key: units}, note="drill", now=now())


async def left_of(thing: Thing) -> int:
    """How many units are left to sell."""
    return sum([units for (units,) in await StockLevel.filter(variant_id=thing.key).values_list("available")])


@unit_of_work
async def a_code(code: str, *, uses: int) -> int:
    """A code for a tenth off, with so many uses in all."""
    at = now()
    discount = await Discount.create(
        title=code,
        kind=DiscountKind.PERCENTAGE,
        method=DiscountMethod.CODE,
        value=100_000,
        usage_limit=uses,
        created_at=at,
        updated_at=at,
    )
    await DiscountCode.create(discount=discount, code=code, code_key=code.casefold())
    return discount.id


async def uses_left(discount_id: int) -> int:
    """How often a discount can still be used."""
    discount = await Discount.get(id=discount_id)
    return int(discount.usage_limit or 0) - discount.uses


async def allow_uses(discount_id: int, more: int) -> None:
    """Let a discount be used exactly so often from now on."""
    discount = await Discount.get(id=discount_id)
    await Discount.filter(id=discount_id).update(usage_limit=discount.uses + more)


async def a_card(amount: int) -> str:
    """The code of a new gift card."""
    return await issue(amount, "EUR", now=now())


async def balance_of(code: str) -> int:
    """What a gift card holds."""
    return int((await GiftCard.get(code_digest=digest_of(code))).balance)


@unit_of_work
async def fill_up(code: str) -> None:
    """Let a gift card hold again what it was issued with."""
    card = await GiftCard.filter(code_digest=digest_of(code)).select_for_update().get()
    if missing := card.initial - card.balance:
        await GiftCard.filter(id=card.id).update(balance=card.initial)
        await GiftCardEntry.create(gift_card=card, kind=GiftCardEntryKind.ADJUSTED, amount=missing, occurred_at=now())


async def audit() -> list[str]:
    """What the audit finds, in words."""
    return [
        f"{broken.promise.words} {broken.promise.table} {', '.join(broken.keys)}" for broken in await broken_promises()
    ]
