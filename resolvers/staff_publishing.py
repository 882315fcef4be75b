"""Staff offer products and collections to shoppers, and take them back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from commerce import publishing
from commerce.publishing import SHOPFRONT, NoSuchThing
from loaders.catalog import AnyProductById
from loaders.collections import AnyCollectionById
from models.catalog import Collection, Product
from resolvers.context import Context
from resolvers.staff_outcomes import Change, Outcome, changed, refused

Told = Mapping[str, Any]
KINDS: Mapping[str, tuple[Any, Any]] = {
    "Product": (Product, AnyProductById),
    "Collection": (Collection, AnyCollectionById),
}


async def publish(context: Context, root: object, *, id: tuple[str, int], input: Sequence[Told]) -> Outcome:
    """Offered, from now or from a day to come."""
    return await _publish(context, "publishablePublish", id, input, _since(input, context.now))


async def publish_here(context: Context, root: object, *, id: tuple[str, int]) -> Outcome:
    """Offered from now."""
    return await _publish(context, "publishablePublishToCurrentChannel", id, [], context.now)


async def unpublish(context: Context, root: object, *, id: tuple[str, int], input: Sequence[Told]) -> Outcome:
    """Offered no more."""
    return await _publish(context, "publishableUnpublish", id, input, None)


async def unpublish_here(context: Context, root: object, *, id: tuple[str, int]) -> Outcome:
    """Offered no more."""
    return await _publish(context, "publishableUnpublishToCurrentChannel", id, [], None)


async def _publish(
    context: Context, action: str, thing: tuple[str, int], where: Sequence[Told], since: dt.datetime | None
) -> Outcome:
    for at, each in enumerate(where):
        if each.get("publication_id", SHOPFRONT) != SHOPFRONT:
            path = ("input", str(at), "publicationId")
            return refused(NoSuchThing("There is no such place to offer goods.", field=path))
    table, loader = KINDS[thing[0]]

    async def act() -> None:
        await publishing.publish(table, thing[1], since=since, now=context.now)

    return await changed(context, Change(action, table, thing[1]), act, read=loader)


def _since(where: Sequence[Told], now: dt.datetime) -> dt.datetime:
    """The earliest moment named; now, unless one is."""
    dates = [each["publish_date"] for each in where if each.get("publish_date") is not None]
    return min(dates, default=now)
