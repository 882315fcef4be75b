"""The rows of gift cards: never their codes."""

import datetime as dt
from typing import NamedTuple


class GiftCard(NamedTuple):
    """Money paid in advance."""

    id: int
    last_characters: str
    currency: str
    initial: int
    balance: int
    enabled: bool
    note: str | None
    expires_at: dt.datetime | None
    created_at: dt.datetime


class GiftCardEntry(NamedTuple):
    """One movement of a balance."""

    id: int
    gift_card_id: int
    kind: str
    amount: int
    order_id: int | None
    note: str | None
    occurred_at: dt.datetime
