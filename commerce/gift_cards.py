"""Gift cards: issuing them, laying them on carts, holding their balance while a checkout runs."""

import datetime as dt
import secrets
from collections.abc import Sequence

from tortoise.expressions import F

from commerce.cart_lines import CartWarning
from commerce.gift_card_codes import digest_of, issue_gift_card
from commerce.opening_carts import changing
from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.carts import CartGiftCard
from models.gift_cards import GiftCard, GiftCardEntry, GiftCardEntryKind

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 16
MOST_ON_A_CART = 25


class NoSuchCard(Refusal):
    """The cart has no such gift card."""


class CardUsedUp(Refusal):
    """A gift card holds less than was promised."""

    code = "PAYMENTS_UNACCEPTABLE_PAYMENT_AMOUNT"


async def issue(
    amount: int, currency: str, *, now: dt.datetime, code: str | None = None, expires_at: dt.datetime | None = None
) -> str:
    """Make a gift card; answers its code, which is told this once."""
    code = code or "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    await issue_gift_card(code, amount=amount, currency=currency, now=now, expires_at=expires_at)
    return code


@unit_of_work
async def lay_on_cart(
    cart_id: str, codes: Sequence[str], *, now: dt.datetime, instead: bool = False
) -> list[CartWarning]:
    """Lay gift cards on a cart, besides those on it or instead of them. Codes of no usable card are warned of."""
    async with changing(cart_id, now=now) as cart:
        if instead:
            await CartGiftCard.filter(cart_id=cart_id).delete()
        usable = await _usable(codes[:MOST_ON_A_CART], cart.currency, now=now)
        lying = {key for (key,) in await CartGiftCard.filter(cart_id=cart_id).values_list("gift_card_id")}
        for card in usable.values():
            if card.id not in lying and len(lying) < MOST_ON_A_CART:
                await CartGiftCard.create(cart_id=cart_id, gift_card_id=card.id)
                lying.add(card.id)
    unknown = [code for code in codes if digest_of(code) not in usable]
    return [CartWarning("PAYMENTS_GIFT_CARDS_UNAVAILABLE", "A gift card cannot be used here.") for _ in unknown]


@unit_of_work
async def take_off_cart(cart_id: str, laid: Sequence[int], *, now: dt.datetime) -> list[CartWarning]:
    """Take gift cards off a cart; refuses all when one of them is not on it."""
    async with changing(cart_id, now=now):
        for index, key in enumerate(laid):
            if not await CartGiftCard.filter(cart_id=cart_id, id=key).delete():
                raise NoSuchCard("The cart has no such gift card.", field=("appliedGiftCardIds", str(index)))
    return []


async def hold(used: Sequence[tuple[int, int]], *, attempt_id: str, now: dt.datetime) -> None:
    """Set balance aside for a checkout, in one statement each; refuses what a card does not hold any more."""
    for card_id, amount in sorted(used):
        if amount == 0:
            continue
        enough = GiftCard.filter(id=card_id, enabled=True, balance__gte=amount)
        if not await enough.update(balance=F("balance") - amount):
            raise CardUsedUp("A gift card does not hold as much any more.", field=("cart", "appliedGiftCards"))
        await _enter(card_id, GiftCardEntryKind.HELD, -amount, attempt_id=attempt_id, now=now)


async def give_back(attempt_id: str, *, now: dt.datetime) -> None:
    """Return what was set aside for a checkout that failed. The caller makes sure that this happens once."""
    held = GiftCardEntry.filter(attempt_id=attempt_id, kind=GiftCardEntryKind.HELD)
    for card_id, amount in await held.order_by("gift_card_id").values_list("gift_card_id", "amount"):
        await GiftCard.filter(id=card_id).update(balance=F("balance") - amount)
        await _enter(card_id, GiftCardEntryKind.RELEASED, -amount, attempt_id=attempt_id, now=now)


async def refund(card_id: int, amount: int, *, order_id: int, now: dt.datetime) -> None:
    """Put money of a refunded order back on the card that paid it."""
    await GiftCard.filter(id=card_id).update(balance=F("balance") + amount)
    await _enter(card_id, GiftCardEntryKind.REFUNDED, amount, order_id=order_id, now=now)


async def _usable(codes: Sequence[str], currency: str, *, now: dt.datetime) -> dict[str, GiftCard]:
    """The cards these codes open, by digest, in the order of the codes: that is the order they are charged in."""
    digests = [digest_of(code) for code in codes]
    cards = await GiftCard.filter(code_digest__in=digests, enabled=True, balance__gt=0, currency=currency)
    good = {card.code_digest: card for card in cards if card.expires_at is None or now < card.expires_at}
    return {digest: good[digest] for digest in digests if digest in good}


async def _enter(
    card_id: int,
    kind: GiftCardEntryKind,
    amount: int,
    *,
    now: dt.datetime,
    attempt_id: str | None = None,
    order_id: int | None = None,
) -> None:
    await GiftCardEntry.create(
        gift_card_id=card_id, kind=kind, amount=amount, attempt_id=attempt_id, order_id=order_id, occurred_at=now
    )
