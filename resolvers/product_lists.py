"""Lists of products: which order, which part, narrowed by what."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from database.statements import Sql
from loaders.product_lists import Bound, Listed, ProductList, ProductLists
from loaders.rows import catalog as rows
from models.catalog import CollectionOrder, ProductStatus
from resolvers.context import Context
from resolvers.facets import Shelf
from resolvers.mistakes import BadCursor
from resolvers.paging import LARGEST_KEY, LONGEST_TEXT, Page, Window, moment_of, seal, trimmed, unseal
from resolvers.product_filters import Tick, narrowed_by


@dataclass(frozen=True, slots=True)
class Order:
    """An order of products. The name ties a cursor to the order it was made in."""

    name: str
    column: str
    descending: bool = False

    def value(self, listed: Listed) -> Any:
        """The value a product is sorted by."""
        table, _, column = self.column.partition(".")
        if table == "p":
            return getattr(listed.product, column)
        return listed.place if table == "m" else listed.score

    def cursor(self, listed: Listed) -> str:
        """The cursor that stands on a product."""
        value = self.value(listed)
        return seal([self.name, value.isoformat() if isinstance(value, dt.datetime) else value, listed.product.id])

    def place(self, cursor: str) -> tuple[Any, int]:
        """The value and id a cursor stands on; raises BadCursor for one of another order."""
        match unseal(cursor):
            case [self.name, value, int(key)] if 0 < key <= LARGEST_KEY and self._sorts(value):
                return moment_of(value) if self.column.endswith("_at") else value, key
        raise BadCursor("The cursor does not belong to this list in this order. Start again without it.")

    def _sorts(self, value: object) -> bool:
        """Whether the database could compare a value with this column: a cursor is a client's text, not a promise."""
        if self.column in TEXTS:
            return isinstance(value, str) and "\x00" not in value and len(value) <= LONGEST_TEXT
        return isinstance(value, float) if self.column == "r.score" else type(value) is int and abs(value) < 2**63


TEXTS = {"p.title", "p.vendor", "p.product_type", "p.created_at", "p.updated_at"}
BY_ID = Order("id", "p.id")
BY_RELEVANCE = Order("relevance", "r.score", descending=True)
BY_SALES = Order("sales", "p.units_sold", descending=True)
BY_PRICE = Order("price", "p.min_price")
BY_TITLE = Order("title", "p.title")
BY_PLACE = Order("place", "m.position")

ORDERS = {
    "ID": BY_ID,
    "TITLE": BY_TITLE,
    "PRODUCT_TYPE": Order("type", "p.product_type"),
    "VENDOR": Order("vendor", "p.vendor"),
    "UPDATED_AT": Order("updated", "p.updated_at"),
    "CREATED_AT": Order("created", "p.created_at"),
    "CREATED": Order("created", "p.created_at"),
    "BEST_SELLING": BY_SALES,
    "PRICE": BY_PRICE,
    "MANUAL": BY_PLACE,
}
COLLECTION_ORDERS = {
    CollectionOrder.MANUAL: BY_PLACE,
    CollectionOrder.BEST_SELLING: BY_SALES,
    CollectionOrder.ALPHA_ASC: BY_TITLE,
    CollectionOrder.ALPHA_DESC: Order("title-down", "p.title", descending=True),
    CollectionOrder.PRICE_ASC: BY_PRICE,
    CollectionOrder.PRICE_DESC: Order("price-down", "p.min_price", descending=True),
    CollectionOrder.CREATED: Order("created", "p.created_at"),
    CollectionOrder.CREATED_DESC: Order("created-down", "p.created_at", descending=True),
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which products a list is about, before its order and part: all that shoppers see, unless told otherwise."""

    where: tuple[Sql, ...] = ()
    ticks: tuple[Tick, ...] = ()
    collection_id: int | None = None
    ranking: Sql | None = None
    hidden: bool = False
    """Whether products that shoppers may not see are in it too: for staff."""


def shown(context: Context) -> Sql:
    """The condition that shoppers may see a product `p`."""
    return Sql("p.status = ? AND p.published_at <= ?", (ProductStatus.ACTIVE.value, context.now))


async def page_of_products(context: Context, narrowed: Narrowed, order: Order, window: Window) -> Page[rows.Product]:
    """One page of the products that fit, in this order."""
    if order is BY_SALES:
        context.keep_no_answer()
    where = narrowed.where if narrowed.hidden else (shown(context), *narrowed.where)
    down = order.descending != window.reverse
    bounds = [(window.after, down), (window.before, not down)]
    wanted = ProductList(
        order=order.column,
        descending=down != window.backwards,
        limit=window.size + 1,
        where=(*where, *narrowed_by(narrowed.ticks)),
        bounds=tuple(Bound(*order.place(cursor), below=below) for cursor, below in bounds if cursor),
        collection_id=narrowed.collection_id,
        ranking=narrowed.ranking,
    )
    found = await context.loaders(ProductLists).load(wanted)
    listed = {each.product.id: each for each in found}
    page = trimmed([each.product for each in found], window, lambda product: order.cursor(listed[product.id]))
    shelf = Shelf(where, narrowed.ticks, narrowed.collection_id)
    return replace(page, extra=shelf)
