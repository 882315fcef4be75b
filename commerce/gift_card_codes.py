"""Gift card codes: shown once, kept only as a digest."""

import datetime as dt
from hashlib import sha256

from database.transactions import unit_of_work
from models.gift_cards import GiftCard, GiftCardEntry, GiftCardEntryKind


def digest_of(code: str) -> str:
    """What is kept of a code. Case, spaces and dashes make no difference."""
    return sha256(_letters(code).encode()).hexdigest()


@unit_of_work
async def issue_gift_card(
    code: str, *, amount: int, currency: str, now: dt.datetime, expires_at: dt.datetime | None = None
) -> GiftCard:
    """A card worth `amount` minor units that opens with this code, its balance entered by a first entry."""
    card = await GiftCard.create(
        code_digest=digest_of(code),
        last_characters=_letters(code)[-4:],
        currency=currency,
        initial=amount,
        balance=amount,
        expires_at=expires_at,
        created_at=now,
    )
    await GiftCardEntry.create(gift_card_id=card.id, kind=GiftCardEntryKind.ISSUED, amount=amount, occurred_at=now)
    return card


def _letters(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
