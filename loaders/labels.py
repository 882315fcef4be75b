"""The words the shop groups its products by, each once."""

import datetime as dt

from database.statements import Sql, records_of
from loaders.reading import Loader

LABELS = {
    "tags": "SELECT DISTINCT t.tag FROM product_tag t JOIN product p ON p.id = t.product_id",
    "types": "SELECT DISTINCT p.product_type FROM product p",
}
PLACES = {"tags": "t.tag", "types": "p.product_type"}


class LabelsInUse(Loader[int, list[str]]):
    """The first labels of a kind (`tags` or `types`) that products shoppers may see have."""

    def __init__(self, kind: str, now: dt.datetime) -> None:
        super().__init__()
        self._kind = kind
        self._now = now

    async def batch_load_fn(self, keys: list[int]) -> list[list[str]]:
        """One statement for the largest number asked for."""
        place = PLACES[self._kind]
        most = max(keys)
        text = (
            f"{LABELS[self._kind]} WHERE p.status = 'ACTIVE' AND p.published_at <= ? AND {place} > ''"
            f" ORDER BY {place} LIMIT {most}"
        )
        found = [record[0] for record in await records_of(Sql(text, (self._now,)))]
        return [found[:first] for first in keys]
