"""What a checkout holds while it is paid: goods, uses of discounts, balance of gift cards. Given back once, or used."""

import datetime as dt
from collections.abc import Sequence

from tortoise.expressions import F, Q

from commerce import gift_cards, stock
from commerce.drafts import Draft
from commerce.offers import uses_by
from commerce.refusals import Refusal
from commerce.shelves import Shelves, Taken
from database.inserting import insert
from database.prepared import Prepared
from models.checkout import Reservation, ReservationState
from models.discounts import Discount, DiscountUse, UseState

_HELD = Prepared(
    lambda attempt_id: (
        Reservation.filter(attempt_id=attempt_id, state=ReservationState.HELD)
        .order_by("level_id")
        .values_list("level__variant_id", "level_id", "quantity")
    ),
    str,
)
_USE = Prepared(
    lambda attempt_id: Reservation.filter(attempt_id=attempt_id).update(state=ReservationState.CONSUMED), str
)


class DiscountUsedUp(Refusal):
    """The last use of a discount went to somebody else."""

    code = "DISCOUNT_USAGE_LIMIT_REACHED"


async def promise_discounts(draft: Draft, attempt_id: str, *, now: dt.datetime) -> None:
    """Set a use of each discount aside, in one conditional statement each; refuses what is used up."""
    for discount_id, code in sorted(draft["uses"], key=lambda use: int(use[0])):
        free = Discount.filter(Q(usage_limit__isnull=True) | Q(usage_limit__gt=F("uses")), id=discount_id)
        if not await free.update(uses=F("uses") + 1):
            raise DiscountUsedUp("A discount in the cart has just been used up.", field=("cart", "discountCodes"))
        customer_key = _customer_key(draft)
        await _within_customer_limit(discount_id, customer_key)
        await DiscountUse.create(
            discount_id=discount_id, attempt_id=attempt_id, code=code, customer_key=customer_key, created_at=now
        )


async def promise_cards(draft: Draft, attempt_id: str, *, now: dt.datetime) -> None:
    """Set balance of the gift cards aside."""
    await gift_cards.hold([(card, amount) for card, amount in draft["cards"]], attempt_id=attempt_id, now=now)


async def promise_goods(draft: Draft, shelves: Shelves, attempt_id: str, *, now: dt.datetime) -> None:
    """Hold the goods for the attempt."""
    taken = await stock.reserve(wanted_of(draft), shelves, now=now, note=f"checkout {attempt_id[:8]}")
    await insert([Reservation(attempt_id=attempt_id, level_id=part.level_id, quantity=part.quantity) for part in taken])


async def held_goods(attempt_id: str) -> list[Taken]:
    """The goods an attempt still holds."""
    return [
        Taken(variant_id or 0, level_id, quantity) for variant_id, level_id, quantity in await _HELD.values(attempt_id)
    ]


async def use_goods(attempt_id: str, held: Sequence[Taken], *, order_id: int, now: dt.datetime) -> None:
    """Give the held goods to the order."""
    await stock.commit_reserved(held, order_id=order_id, now=now)
    await _USE.change(attempt_id)


async def give_back(attempt_id: str, *, now: dt.datetime) -> None:
    """Give everything an attempt held back. The caller has just ended the attempt, so this happens once."""
    await stock.release(await held_goods(attempt_id), now=now)
    await Reservation.filter(attempt_id=attempt_id).update(state=ReservationState.RELEASED)
    await release_uses(attempt_id)
    await gift_cards.give_back(attempt_id, now=now)


async def release_uses(attempt_id: str) -> None:
    """Give the uses of discounts back."""
    uses = DiscountUse.filter(attempt_id=attempt_id).exclude(state=UseState.RELEASED).order_by("discount_id")
    for (discount_id,) in await uses.values_list("discount_id"):
        await Discount.filter(id=discount_id).update(uses=F("uses") - 1)
    await DiscountUse.filter(attempt_id=attempt_id).update(state=UseState.RELEASED)


def wanted_of(draft: Draft) -> dict[int, int]:
    """How many of each variant the draft takes."""
    return {int(variant_id): int(units) for variant_id, units in draft["wanted"]}


def _customer_key(draft: Draft) -> str:
    if draft["customer_id"] is not None:
        return f"customer:{draft['customer_id']}"
    return f"email:{str(draft['email']).strip().lower()}"


async def _within_customer_limit(discount_id: int, customer_key: str) -> None:
    """The discount's row is locked by the statement before, so that two checkouts of one buyer count each other."""
    (limit,) = (await Discount.filter(id=discount_id).values_list("customer_limit"))[0]
    if limit is not None and await uses_by(discount_id, customer_key) >= limit:
        raise DiscountUsedUp(
            "The buyer has used a discount as often as one may.",
            field=("cart", "discountCodes"),
            code="DISCOUNT_CUSTOMER_USAGE_LIMIT_REACHED",
        )
