"""Collections in batches, and the collections of products."""

import datetime as dt
from collections import defaultdict
from typing import Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from loaders.reading import ByKey, Loader, rows_of
from loaders.rows.catalog import Collection as CollectionRow
from loaders.rows.catalog import Membership
from models.catalog import Collection, CollectionProduct


def shown(now: dt.datetime) -> Q:
    """Which collections shoppers may see: those whose publication has come."""
    return Q(published_at__lte=now)


class CollectionById(ByKey[int, CollectionRow]):
    """Collections shoppers may see, by id."""

    row = CollectionRow

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self._now = now

    def query(self) -> QuerySet[Any]:
        """Only what is shown now."""
        return Collection.filter(shown(self._now))


class CollectionByHandle(ByKey[str, CollectionRow]):
    """Collections shoppers may see, by handle."""

    row, key = CollectionRow, "handle"

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self._now = now

    def query(self) -> QuerySet[Any]:
        """Only what is shown now."""
        return Collection.filter(shown(self._now))


class CollectionsOfProduct(Loader[int, list[CollectionRow]]):
    """The collections shoppers may see that a product is in, by id."""

    def __init__(self, now: dt.datetime) -> None:
        super().__init__()
        self._now = now

    async def batch_load_fn(self, keys: list[int]) -> list[list[CollectionRow]]:
        """Two queries for all products: which collections, and what they are."""
        members = await rows_of(CollectionProduct.filter(product_id__in=keys).order_by("collection_id"), Membership)
        wanted = {member.collection_id for member in members}
        found = await rows_of(Collection.filter(shown(self._now), id__in=wanted), CollectionRow) if wanted else []
        collections = {collection.id: collection for collection in found}
        groups: defaultdict[int, list[CollectionRow]] = defaultdict(list)
        for member in members:
            if member.collection_id in collections:
                groups[member.product_id].append(collections[member.collection_id])
        return [groups[key] for key in keys]
