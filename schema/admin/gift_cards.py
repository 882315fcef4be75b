"""Gift cards, for staff. A code is told when its card is made, and never again."""

import datetime as dt

import strawberry

from loaders.rows import gift_cards as rows
from resolvers import staff_gift_cards
from resolvers.staff_outcomes import Outcome
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import UserError, payload
from schema.binding import changed_by, described, describes, resolved_by
from schema.codes import CurrencyCode
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, id_argument, id_of, number_key
from schema.requirements import AS_FOUND
from schema.scalars import Amount, MoneyV2

NEEDS, CHANGING = "read_gift_cards", "write_gift_cards"
CARD = number_key("GiftCard")

told(
    staff_gift_cards.CardSort,
    "GiftCardSortKeys",
    "What gift cards can be sorted by.",
    {"ID": "Their ids.", "CREATED_AT": "When they were made.", "BALANCE": "What they hold."},
)


@strawberry.type(description="One movement of a gift card's balance. It is never edited.")
@describes(rows.GiftCardEntry, needs=NEEDS)
class GiftCardTransaction(Node):
    """One movement of a balance."""

    id: strawberry.ID = id_of("GiftCardTransaction")
    amount: MoneyV2 = resolved_by(staff_gift_cards.amount, "By how much; below zero, money was taken off.")
    kind: str = described("Why: issued, held, released, refunded or adjusted. Shopwright's own.")
    note: str | None = described("What was written to it.")
    processed_at: dt.datetime = resolved_by(lambda context, row: row.occurred_at, "When it was.")
    gift_card: "GiftCard" = resolved_by(staff_gift_cards.card_of_entry, "The card.")


GiftCardTransactionConnection = connection(GiftCardTransaction, "a movement of a balance")


@strawberry.type(description="Money paid in advance.")
@describes(rows.GiftCard, needs=NEEDS)
class GiftCard(Node):
    """Money paid in advance."""

    id: strawberry.ID = id_of("GiftCard")
    last_characters: str = described("The end of its code; the rest is not kept.")
    masked_code: str = resolved_by(staff_gift_cards.masked_code, "Its code, but for the end.")
    initial_value: MoneyV2 = resolved_by(staff_gift_cards.initial_value, "What it was made with.")
    balance: MoneyV2 = resolved_by(staff_gift_cards.balance, "What it holds.")
    enabled: bool = described("Whether it can be paid with.")
    note: str | None = described("What staff wrote to it.")
    expires_at: dt.datetime | None = described("When it ends. Shopwright's own.")
    created_at: dt.datetime = described("When it was made.")
    transactions: GiftCardTransactionConnection = resolved_by(
        staff_gift_cards.entries, "Every movement of its balance, oldest first."
    )


GiftCardConnection = connection(GiftCard, "a gift card")


@strawberry.type
class GiftCardQuery:
    """Questions about gift cards."""

    gift_cards: GiftCardConnection = resolved_by(
        staff_gift_cards.cards,
        "The shop's gift cards.",
        needs=NEEDS,
        query="What to search for, like `status:enabled balance_status:partial`; a word alone is the end of a code.",
        sort_key="What to sort by.",
    )
    gift_card: GiftCard | None = resolved_by(
        staff_gift_cards.card, "One gift card.", needs=NEEDS, id=id_argument(CARD, "The card's id.")
    )


@strawberry.input(description="An amount of money.")
class GiftCardMoneyInput:
    """An amount of money."""

    amount: Amount = required("How much.")
    currency_code: CurrencyCode = required("In which currency: the shop's.", decode=str)


@strawberry.input(description="One more gift card.")
class GiftCardCreateInput:
    """One more gift card."""

    initial_value: Amount = required("What it is worth, in the shop's currency.")
    code: str | None = optional("Its code, of 8 to 20 letters and digits; made up without it.")
    note: str | None = optional("What staff should know of it.")
    expires_at: dt.datetime | None = optional("When it ends; never without it. Shopwright's own.")


@strawberry.input(description="What changes about a gift card.")
class GiftCardUpdateInput:
    """What changes about a gift card."""

    note: str | None = optional("What staff should know of it.")
    expires_at: dt.datetime | None = optional("When it ends; null for never. Shopwright's own.")


@strawberry.input(description="Money put on a gift card.")
class GiftCardCreditInput:
    """Money put on a card."""

    credit_amount: GiftCardMoneyInput = required("How much.")
    note: str | None = optional("Why.")


@strawberry.input(description="Money taken off a gift card.")
class GiftCardDebitInput:
    """Money taken off a card."""

    debit_amount: GiftCardMoneyInput = required("How much.")
    note: str | None = optional("Why.")


@strawberry.type(description="The answer of `giftCardCreate`.")
@describes(Outcome, needs=AS_FOUND)
class GiftCardCreatePayload:
    """A card with its code, told this once."""

    gift_card: GiftCard | None = resolved_by(lambda context, done: done.row and done.row.card, "The card.")
    gift_card_code: str | None = resolved_by(
        lambda context, done: done.row and done.row.code, "Its code: told now, and never again."
    )
    user_errors: list[UserError] = described("Why it was refused; empty when it was done.")


GiftCardUpdatePayload = payload("GiftCardUpdate", "gift_card", GiftCard, "The card.")
GiftCardDeactivatePayload = payload("GiftCardDeactivate", "gift_card", GiftCard, "The card.")
GiftCardCreditPayload = payload(
    "GiftCardCredit", "gift_card_credit_transaction", GiftCardTransaction, "The movement of its balance."
)
GiftCardDebitPayload = payload(
    "GiftCardDebit", "gift_card_debit_transaction", GiftCardTransaction, "The movement of its balance."
)


@strawberry.type
class GiftCardMutation:
    """What staff do with gift cards."""

    gift_card_create: GiftCardCreatePayload | None = changed_by(
        staff_gift_cards.create,
        "Issue a gift card. Its code is told now, and never again.",
        needs=CHANGING,
        input=told_as(GiftCardCreateInput, "The card."),
    )
    gift_card_update: GiftCardUpdatePayload | None = changed_by(
        staff_gift_cards.update,
        "Change a gift card's note or end.",
        needs=CHANGING,
        id=id_argument(CARD, "The card's id."),
        input=told_as(GiftCardUpdateInput, "What changes."),
    )
    gift_card_deactivate: GiftCardDeactivatePayload | None = changed_by(
        staff_gift_cards.deactivate,
        "End a gift card for good.",
        needs=CHANGING,
        id=id_argument(CARD, "The card's id."),
    )
    gift_card_credit: GiftCardCreditPayload | None = changed_by(
        staff_gift_cards.credit,
        "Put money on a gift card, up to what it was made with.",
        needs=CHANGING,
        id=id_argument(CARD, "The card's id."),
        credit_input=told_as(GiftCardCreditInput, "How much."),
    )
    gift_card_debit: GiftCardDebitPayload | None = changed_by(
        staff_gift_cards.debit,
        "Take money off a gift card, no more than it holds.",
        needs=CHANGING,
        id=id_argument(CARD, "The card's id."),
        debit_input=told_as(GiftCardDebitInput, "How much."),
    )
