"""Metafields in batches."""

from collections import defaultdict
from typing import Any

from tortoise.queryset import QuerySet

from loaders.reading import ByKey, Loader, rows_of
from loaders.rows.metafields import Metafield as MetafieldRow
from models.content import Metafield


class MetafieldsOf(Loader[str, dict[tuple[str, str], MetafieldRow]]):
    """All metafields of owners of one type, by namespace and key."""

    def __init__(self, owner_type: str) -> None:
        super().__init__()
        self._owner_type = owner_type

    async def batch_load_fn(self, keys: list[str]) -> list[dict[tuple[str, str], MetafieldRow]]:
        """One query for all owners."""
        query = Metafield.filter(owner_type=self._owner_type, owner_id__in=keys)
        groups: defaultdict[str, dict[tuple[str, str], MetafieldRow]] = defaultdict(dict)
        for row in await rows_of(query, MetafieldRow):
            groups[row.owner_id][row.namespace, row.key] = row
        return [groups[key] for key in keys]


class MetafieldById(ByKey[int, MetafieldRow]):
    """Metafields by id."""

    row = MetafieldRow

    def query(self) -> QuerySet[Any]:
        """Every metafield."""
        return Metafield.all()
