"""What goes with a product: bought together with it, in the same collections, under the same tags."""

import datetime as dt

from database.statements import Sql, records_of
from loaders.reading import Loader

MOST = 10

TOGETHER = """SELECT other.product_id AS id, 100 * COUNT(DISTINCT other.order_id) AS weight
    FROM order_line own JOIN order_line other ON other.order_id = own.order_id
    WHERE own.product_id = ? AND other.product_id <> ? GROUP BY other.product_id"""
IN_COLLECTIONS = """SELECT other.product_id AS id, 3 * COUNT(*) AS weight
    FROM collection_product own JOIN collection_product other ON other.collection_id = own.collection_id
    WHERE own.product_id = ? AND other.product_id <> ? GROUP BY other.product_id"""
UNDER_TAGS = """SELECT other.product_id AS id, 2 * COUNT(*) AS weight
    FROM product_tag own JOIN product_tag other ON other.tag = own.tag
    WHERE own.product_id = ? AND other.product_id <> ? GROUP BY other.product_id"""
OF_TYPE = """SELECT other.id AS id, 2 AS weight
    FROM product own JOIN product other ON other.product_type = own.product_type
    WHERE own.product_type <> '' AND own.id = ? AND other.id <> ?"""

INTENTS = {"RELATED": (TOGETHER, IN_COLLECTIONS, UNDER_TAGS, OF_TYPE), "COMPLEMENTARY": (TOGETHER,)}


class RecommendedFor(Loader[int, list[int]]):
    """The ids of the ten products that go best with one, best first; those that shoppers may see."""

    def __init__(self, now: dt.datetime, intent: str) -> None:
        super().__init__()
        self._now = now
        self._likenesses = INTENTS[intent]

    async def batch_load_fn(self, keys: list[int]) -> list[list[int]]:
        """One statement for all products."""
        parts = [self._part(number, key) for number, key in enumerate(keys)]
        text = " UNION ALL ".join(f"SELECT * FROM ({part.text}) part{n}" for n, part in enumerate(parts))  # noqa: S608 - the texts are ours; values travel as parameters
        found: list[list[int]] = [[] for _ in keys]
        for number, product_id in await records_of(Sql(text, tuple(v for part in parts for v in part.values))):
            found[number].append(product_id)
        return found

    def _part(self, number: int, key: int) -> Sql:
        likeness = " UNION ALL ".join(self._likenesses)
        return Sql(
            f"SELECT {number} AS part, p.id FROM ({likeness}) likeness JOIN product p ON p.id = likeness.id"  # noqa: S608 - the texts are ours; values travel as parameters
            " WHERE p.status = 'ACTIVE' AND p.published_at <= ?"
            f" GROUP BY p.id, p.units_sold ORDER BY SUM(likeness.weight) DESC, p.units_sold DESC, p.id LIMIT {MOST}",
            (*((key, key) * len(self._likenesses)), self._now),
        )
