"""The tags and types in use."""

from loaders.labels import LabelsInUse
from resolvers.context import Context
from resolvers.paging import Page, Window, page_of_rows


async def product_tags(context: Context, root: object, *, first: int) -> Page[str]:
    """The first tags of products shoppers may see."""
    return await _labels(context, "tags", first)


async def product_types(context: Context, root: object, *, first: int) -> Page[str]:
    """The first types of products shoppers may see."""
    return await _labels(context, "types", first)


async def _labels(context: Context, kind: str, first: int) -> Page[str]:
    window = Window(first=first)
    found = await context.loaders(LabelsInUse, kind, context.now).load(first + 1)
    return page_of_rows(found, window, key=str)
