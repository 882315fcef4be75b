"""Gift cards, for staff."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tortoise.expressions import F, Q

from commerce import gift_card_keeping as acts
from commerce.gift_card_keeping import Issued
from commerce.refusals import Refusal
from loaders.gift_cards import EntriesOfCard, EntryByKey, GiftCardByKey
from loaders.rows import gift_cards as rows
from models.gift_cards import GiftCard
from models.money import Money
from resolvers.context import Context
from resolvers.filtering import Term, moment_in, number_in, one_of, text_in
from resolvers.mistakes import BadArgument
from resolvers.paging import Page, Window, page_of_rows
from resolvers.staff_acts import listing, made_by, one
from resolvers.staff_outcomes import Change, Outcome, changed, recorded, refused


class CardSort(StrEnum):
    """What gift cards can be sorted by."""

    ID = "ID"
    CREATED_AT = "CREATED_AT"
    BALANCE = "BALANCE"


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card with its code, told this once."""

    card: rows.GiftCard | None
    code: str


def _filled(term: Term) -> Q:
    match term.value.casefold():
        case "full":
            return Q(balance=F("initial"))
        case "partial":
            return Q(balance__gt=0, balance__lt=F("initial"))
        case "empty":
            return Q(balance=0)
    raise BadArgument(f"{term.value!r} is none of full, partial and empty.", argument="query")


FIELDS = {
    "id": number_in("id"),
    "status": one_of("enabled", values={"enabled": True, "disabled": False}),
    "balance_status": _filled,
    "created_at": moment_in("created_at"),
    "expires_at": moment_in("expires_at"),
    "last_characters": text_in("last_characters"),
}
cards = listing(GiftCard, rows.GiftCard, CardSort, fields=FIELDS, words=text_in("last_characters"))
card = one(GiftCardByKey)
update = made_by(acts.update_card, "giftCardUpdate", GiftCard, read=GiftCardByKey, key="id", id=int, input=dict)
deactivate = made_by(acts.deactivate_card, "giftCardDeactivate", GiftCard, read=GiftCardByKey, key="id", id=int)


async def create(context: Context, root: object, *, input: dict[str, Any]) -> Outcome:
    """A card more, with its code."""
    code = ""

    async def act() -> int:
        nonlocal code
        issued: Issued = await acts.issue(input, currency=context.shop.currency, now=context.now)
        code = issued.code
        return issued.id

    made = await changed(context, Change("giftCardCreate", GiftCard), act, read=GiftCardByKey)
    return made if made.user_errors else Outcome(NewCard(made.row, code))


async def credit(context: Context, root: object, *, id: int, credit_input: dict[str, Any]) -> Outcome:
    """More on it."""
    return await _moved(context, "giftCardCredit", id, acts.credit_card, credit_input=credit_input)


async def debit(context: Context, root: object, *, id: int, debit_input: dict[str, Any]) -> Outcome:
    """Less on it."""
    return await _moved(context, "giftCardDebit", id, acts.debit_card, debit_input=debit_input)


async def _moved(context: Context, action: str, key: int, do: Any, **told: Any) -> Outcome:
    async def act() -> int:
        entry: int = await do(key, **told, currency=context.shop.currency, now=context.now)
        return entry

    try:
        entry = await recorded(context, Change(action, GiftCard, key), act)
    except Refusal as refusal:
        return refused(refusal)
    context.renew()
    return Outcome(await context.loaders(EntryByKey).load(entry))


def initial_value(context: Context, card: rows.GiftCard) -> Money:
    """What it was made with."""
    return Money(card.initial, card.currency)


def balance(context: Context, card: rows.GiftCard) -> Money:
    """What it holds."""
    return Money(card.balance, card.currency)


def masked_code(context: Context, card: rows.GiftCard) -> str:
    """The code but for its last characters."""
    return f"•••• •••• •••• {card.last_characters.lower()}"


async def entries(context: Context, card: rows.GiftCard, *, window: Window) -> Page[rows.GiftCardEntry]:
    """Every movement of its balance."""
    return page_of_rows(await context.loaders(EntriesOfCard).load(card.id), window, key=lambda entry: entry.id)


async def card_of_entry(context: Context, entry: rows.GiftCardEntry) -> rows.GiftCard | None:
    """The card that moved."""
    return await context.loaders(GiftCardByKey).load(entry.gift_card_id)


async def amount(context: Context, entry: rows.GiftCardEntry) -> Money:
    """By how much."""
    return Money(entry.amount, context.shop.currency)
