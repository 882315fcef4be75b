"""Collections in batches, and the collections of products."""

import datetime as dt
from collections import defaultdict
from typing import Any

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from database.statements import among, records_of
from loaders.reading import ByKey, Loader, rows_of
from loaders.rows.catalog import Collection as CollectionRow
from loaders.rows.catalog import CollectionRules, Membership
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
        self._among = shown(now)

    async def batch_load_fn(self, keys: list[int]) -> list[list[CollectionRow]]:
        """Two queries for all products: which collections, and what they are."""
        members = await rows_of(CollectionProduct.filter(product_id__in=keys).order_by("collection_id"), Membership)
        wanted = {member.collection_id for member in members}
        found = await rows_of(Collection.filter(self._among, id__in=wanted), CollectionRow) if wanted else []
        collections = {collection.id: collection for collection in found}
        groups: defaultdict[int, list[CollectionRow]] = defaultdict(list)
        for member in members:
            if member.collection_id in collections:
                groups[member.product_id].append(collections[member.collection_id])
        return [groups[key] for key in keys]


class AnyCollectionById(ByKey[int, CollectionRow]):
    """Collections by id, shown or not: for staff."""

    row = CollectionRow

    def query(self) -> QuerySet[Any]:
        """Every collection."""
        return Collection.all()


class AnyCollectionByHandle(ByKey[str, CollectionRow]):
    """Collections by handle, shown or not: for staff."""

    row, key = CollectionRow, "handle"

    def query(self) -> QuerySet[Any]:
        """Every collection."""
        return Collection.all()


class AnyCollectionsOfProduct(CollectionsOfProduct):
    """The collections that a product is in, shown or not: for staff."""

    def __init__(self) -> None:
        Loader.__init__(self)
        self._among = Q()


class RulesOfCollection(ByKey[int, CollectionRules]):
    """The rules of collections, by id."""

    row = CollectionRules

    def query(self) -> QuerySet[Any]:
        """Of every collection."""
        return Collection.all()


class SizeOfCollection(Loader[int, int]):
    """How many products are in a collection, shown or not."""

    async def batch_load_fn(self, keys: list[int]) -> list[int]:
        """One statement for all."""
        wanted = among("collection_id", keys)
        text = (
            f"SELECT m.collection_id, COUNT(*) FROM collection_product m WHERE {wanted.text} GROUP BY m.collection_id"  # noqa: S608 - no value in the text
        )
        found = dict(map(tuple, await records_of(wanted._replace(text=text))))
        return [int(found.get(key, 0)) for key in keys]
