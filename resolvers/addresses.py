"""Where the storefront shows things: addresses below the shop's public one, as storefronts lay them out."""

from typing import Any

from loaders.rows import catalog, content
from resolvers.context import Context

PATHS: dict[type, str] = {
    catalog.Product: "/products/{row.handle}",
    catalog.Collection: "/collections/{row.handle}",
    content.Page: "/pages/{row.handle}",
    content.Blog: "/blogs/{row.handle}",
    content.Article: "/blogs/{row.blog_handle}/{row.handle}",
    content.Policy: "/policies/{row.handle}",
}


def path_of(row: Any) -> str | None:
    """The path of something the storefront shows."""
    pattern = PATHS.get(type(row))
    return pattern.format(row=row) if pattern else None


def of_row(context: Context, row: Any) -> str | None:
    """The absolute address of something the storefront shows."""
    path = path_of(row)
    return f"{context.public_url}{path}" if path else None
