"""Gift cards and the movements of their balances, in batches."""

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, ByParent
from loaders.rows import gift_cards as rows
from models.gift_cards import GiftCard, GiftCardEntry


class GiftCardByKey(ByKey[int, rows.GiftCard]):
    """Cards by id."""

    row = rows.GiftCard

    def query(self) -> QuerySet[GiftCard]:
        """Every card."""
        return GiftCard.all()


class EntryByKey(ByKey[int, rows.GiftCardEntry]):
    """Movements by id."""

    row = rows.GiftCardEntry

    def query(self) -> QuerySet[GiftCardEntry]:
        """Every movement."""
        return GiftCardEntry.all()


class EntriesOfCard(ByParent[int, rows.GiftCardEntry]):
    """The movements of a card's balance, oldest first."""

    row = rows.GiftCardEntry
    parent = "gift_card_id"

    def query(self) -> QuerySet[GiftCardEntry]:
        """Every movement."""
        return GiftCardEntry.all().order_by("id")
