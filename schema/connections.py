"""Connections: pages of a list with cursors, as the dialect writes them."""

from typing import Any

import strawberry

from resolvers.paging import Edge, Page
from resolvers.paging import PageInfo as PageInfoRow
from schema.binding import described, describes
from schema.requirements import AS_FOUND


@strawberry.type(description="Where a page stands in its list.")
@describes(PageInfoRow, needs=AS_FOUND)
class PageInfo:
    """Where a page stands."""

    has_next_page: bool = described("Whether more items follow this page.")
    has_previous_page: bool = described("Whether items precede this page.")
    start_cursor: str | None = described("The cursor of the page's first item.")
    end_cursor: str | None = described("The cursor of the page's last item.")


def connection(node: Any, noun: str, *, name: str | None = None, **more: Any) -> Any:
    """Make `<Node>Connection` and `<Node>Edge` of a type, with its scope; `more` fields: {name: (type, field)}."""
    title = name or node.__name__
    needs = getattr(node, "__needs__", None)
    edge = _type(
        f"{title}Edge",
        f"{noun} with its place in the list.".capitalize(),
        Edge,
        needs,
        node=(node, described("The item.")),
        cursor=(str, described("The item's place: give it to `after` or `before`.")),
    )
    return _type(
        f"{title}Connection",
        f"A page of a list: {noun} each.",
        Page,
        needs,
        edges=(list[edge], described("The items with their cursors.")),
        nodes=(list[node], described("The items.")),
        page_info=(PageInfo, described("Where the page stands.")),
        **more,
    )


def _type(name: str, description: str, row: type, needs: str | None, /, **fields: tuple[Any, Any]) -> Any:
    annotations = {field: kind for field, (kind, _) in fields.items()}
    namespace = {field: made for field, (_, made) in fields.items()}
    made = type(name, (), {**namespace, "__annotations__": annotations, "__module__": __name__})
    return strawberry.type(describes(row, needs=needs)(made), description=description)
