"""Offering products and collections to shoppers: from now, from a day to come, or no more."""

import datetime as dt

from commerce.refusals import Refusal
from database.transactions import unit_of_work
from models.catalog import Collection, Product, ProductVariant
from outbox.announcing import announce, topic
from outbox.record import record

SHOPFRONT = 1
"""The id of the one place where this shop offers its goods."""


class NoSuchThing(Refusal):
    """There is nothing of this id that could be offered, or no such place to offer it."""

    code = "NOT_FOUND"


@unit_of_work
async def publish(
    kind: type[Product] | type[Collection], key: int, *, since: dt.datetime | None, now: dt.datetime
) -> None:
    """Offer a thing from a moment on (None: no more). One that is offered already keeps the moment it has."""
    row = await kind.filter(id=key).select_for_update().first()
    if row is None:
        raise NoSuchThing("There is no such product or collection.", field=("id",))
    if row.published_at == since:
        return
    await kind.filter(id=key).update(published_at=since, updated_at=now)
    name = kind.__name__.lower()
    await record(f"{name}.updated", aggregate=name, key=key, now=now)
    if kind is Product:
        variants = await ProductVariant.filter(product_id=key).values_list("id")
        await announce(*(topic("stock", variant_id) for (variant_id,) in variants))
