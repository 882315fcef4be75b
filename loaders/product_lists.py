"""Lists of products: sorted, narrowed, in parts. All the lists an operation asks for at once are one statement."""

from collections import defaultdict
from typing import Any, NamedTuple

from database.statements import Sql, all_of, dialect, joined, records_of
from loaders.reading import Loader, columns_of, rows_from
from loaders.rows.catalog import Product

COLUMNS = columns_of(Product)
SCORE = "COALESCE(r.score, 0.0)"
SELECTED = ", ".join(f"p.{column}" for column in COLUMNS)


class Bound(NamedTuple):
    """An end of a part: only products on one side of this place in the order."""

    value: Any
    product_id: int
    below: bool


class ProductList(NamedTuple):
    """Which products, in which order, how many at most.

    `order` is a column or expression over `p` (the product), `m` (its place in the collection) and `r` (how well it
    matches, where `ranking` selects `key, score`; nothing counts as zero). Ties are broken by id.
    """

    order: str
    descending: bool
    limit: int
    where: tuple[Sql, ...]
    bounds: tuple[Bound, ...] = ()
    collection_id: int | None = None
    ranking: Sql | None = None


class Listed(NamedTuple):
    """A product in a list, with its place in the collection or its score where the list has them."""

    product: Product
    place: int | None
    score: float | None


class ProductLists(Loader[ProductList, list[Listed]]):
    """The products of lists, each in its order."""

    max_batch_size = 100

    async def batch_load_fn(self, keys: list[ProductList]) -> list[list[Listed]]:
        """One statement for all lists."""
        parts = [_part(number, wanted) for number, wanted in enumerate(keys)]
        if len(parts) > 1:
            parts = [part._replace(text=f"SELECT * FROM ({part.text}) part{n}") for n, part in enumerate(parts)]  # noqa: S608 - the texts are ours; values travel as parameters
        records = await records_of(joined(parts, " UNION ALL "))
        products = rows_from([record[3:] for record in map(tuple, records)], Product, dialect=dialect())
        lists: defaultdict[int, list[Listed]] = defaultdict(list)
        for record, product in zip(records, products, strict=True):
            lists[record[0]].append(Listed(product, record[1], record[2]))
        return [lists[number] for number in range(len(keys))]


def _part(number: int, wanted: ProductList) -> Sql:
    way = "DESC" if wanted.descending else "ASC"
    order = SCORE if wanted.order == "r.score" else wanted.order
    ties = "" if order == "p.id" else f", p.id {way}"
    source = _source(wanted)
    where = all_of([*wanted.where, *_of_collection(wanted), *(_beyond(order, bound) for bound in wanted.bounds)])
    place = "m.position" if wanted.collection_id is not None else "CAST(NULL AS INTEGER)"
    score = SCORE if wanted.ranking else "CAST(NULL AS DOUBLE PRECISION)"
    return Sql(
        f"SELECT {number} AS part, {place} AS place, {score} AS score, {SELECTED} FROM {source.text}"  # noqa: S608 - the texts are ours; values travel as parameters
        f" WHERE {where.text} ORDER BY {order} {way}{ties} LIMIT {wanted.limit}",
        (*source.values, *where.values),
    )


def _source(wanted: ProductList) -> Sql:
    text = "product p"
    if wanted.collection_id is not None:
        text += " JOIN collection_product m ON m.product_id = p.id"
    if wanted.ranking:
        return Sql(f"{text} LEFT JOIN ({wanted.ranking.text}) r ON r.key = p.id", wanted.ranking.values)
    return Sql(text)


def _of_collection(wanted: ProductList) -> list[Sql]:
    return [] if wanted.collection_id is None else [Sql("m.collection_id = ?", (wanted.collection_id,))]


def _beyond(order: str, bound: Bound) -> Sql:
    way = "<" if bound.below else ">"
    if order == "p.id":
        return Sql(f"p.id {way} ?", (bound.product_id,))
    return Sql(f"{order} {way}= ? AND ({order} {way} ? OR p.id {way} ?)", (bound.value, bound.value, bound.product_id))
