"""Gift cards as staff issue and end them. A code is told when its card is made, and never again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from tortoise.expressions import F

from commerce import gift_cards
from commerce.fitting import LARGEST_AMOUNT, Taken, Unfit, fitted, kept, minor_of
from commerce.gift_card_codes import digest_of
from database.transactions import unit_of_work
from models.gift_cards import GiftCard, GiftCardEntry, GiftCardEntryKind
from outbox.record import record

SHORTEST_CODE, LONGEST_CODE = 8, 20


class CardClosed(Unfit):
    """A gift card that does not take part any more."""


class Issued(NamedTuple):
    """A gift card just made, with its code."""

    id: int
    code: str


@unit_of_work
async def issue(told: Mapping[str, Any], *, currency: str, now: dt.datetime) -> Issued:
    """Make a card; its code is made up unless one is given."""
    at = ("input", "initialValue")
    amount = minor_of(told["initial_value"], currency, at=at, lowest=1)
    assert amount is not None  # noqa: S101 - the amount has to be given, and null is none
    expires_at = told.get("expires_at")
    if expires_at is not None and expires_at <= now:
        raise Unfit("It would have ended already.", field=("input", "expiresAt"), code="INVALID")
    code = await _free(told.get("code"))
    code = await gift_cards.issue(amount, currency, now=now, code=code, expires_at=expires_at)
    card = await GiftCard.get(code_digest=digest_of(code))
    if told.get("note"):
        await GiftCard.filter(id=card.id).update(note=told["note"])
    await _tell("created", card.id, now=now)
    return Issued(card.id, code)


@unit_of_work
async def update_card(id: int, input: Mapping[str, Any], *, now: dt.datetime) -> None:
    """Another note, another end."""
    await kept(GiftCard, id, at=("id",), called="gift card")
    columns = fitted(GiftCard, input, at=("input",))
    if columns:
        await GiftCard.filter(id=id).update(**columns)
    await _tell("updated", id, now=now)


@unit_of_work
async def deactivate_card(id: int, *, now: dt.datetime) -> None:
    """End a card for good. What a checkout under way has set aside of it stays so. Repeating it changes nothing."""
    card = await kept(GiftCard, id, at=("id",), called="gift card")
    if card.enabled:
        await GiftCard.filter(id=id).update(enabled=False)
        await _tell("deactivated", id, now=now)


@unit_of_work
async def credit_card(id: int, credit_input: Mapping[str, Any], *, currency: str, now: dt.datetime) -> int:
    """Put money on a card, up to what it was made with; answers the entry's id."""
    amount = _amount(credit_input["credit_amount"], currency, ("creditInput", "creditAmount"))
    card = await _open(id, now)
    room = GiftCard.filter(id=id, initial__gte=F("balance") + amount)
    if not await room.update(balance=F("balance") + amount):
        told = "A card holds no more than it was made with."
        at = ("creditInput", "creditAmount", "amount")
        raise Unfit(told, field=at, code="GIFT_CARD_LIMIT_EXCEEDED")
    return await _enter(card, amount, credit_input.get("note"), "creditInput", now=now)


@unit_of_work
async def debit_card(id: int, debit_input: Mapping[str, Any], *, currency: str, now: dt.datetime) -> int:
    """Take money off a card, no more than it holds; answers the entry's id."""
    amount = _amount(debit_input["debit_amount"], currency, ("debitInput", "debitAmount"))
    card = await _open(id, now)
    if not await GiftCard.filter(id=id, balance__gte=amount).update(balance=F("balance") - amount):
        at = ("debitInput", "debitAmount", "amount")
        raise Unfit("The card does not hold as much.", field=at, code="INSUFFICIENT_FUNDS")
    return await _enter(card, -amount, debit_input.get("note"), "debitInput", now=now)


async def _free(code: str | None) -> str | None:
    if code is None:
        return None
    letters = "".join(letter for letter in code if letter.isalnum())
    at = ("input", "code")
    if not (letters.isascii() and SHORTEST_CODE <= len(letters) <= LONGEST_CODE):
        told = f"A code has {SHORTEST_CODE} to {LONGEST_CODE} letters and digits."
        raise Unfit(told, field=at, code="INVALID")
    if await GiftCard.filter(code_digest=digest_of(code)).exists():
        raise Taken("Another card has this code.", field=at)
    return code


def _amount(told: Mapping[str, Any], currency: str, at: tuple[str, ...]) -> int:
    if told["currency_code"] != currency:
        raise Unfit(f"The card holds {currency}.", field=(*at, "currencyCode"), code="MISMATCHING_CURRENCY")
    return minor_of(told["amount"], currency, at=(*at, "amount"), lowest=1) or LARGEST_AMOUNT


async def _open(id: int, now: dt.datetime) -> GiftCard:
    card: GiftCard = await kept(GiftCard, id, at=("id",), called="gift card")
    if not card.enabled or (card.expires_at is not None and card.expires_at <= now):
        raise CardClosed("The card has ended.", field=("id",), code="GIFT_CARD_CLOSED")
    return card


async def _enter(card: GiftCard, amount: int, note: str | None, at: str, *, now: dt.datetime) -> int:
    columns = fitted(GiftCardEntry, {"note": note}, at=(at,))
    entry = await GiftCardEntry.create(
        gift_card_id=card.id, kind=GiftCardEntryKind.ADJUSTED, amount=amount, occurred_at=now, **columns
    )
    await _tell("adjusted", card.id, now=now)
    return int(entry.id)


async def _tell(became: str, key: int, *, now: dt.datetime) -> None:
    await record(f"gift_card.{became}", aggregate="gift_card", key=key, now=now)
