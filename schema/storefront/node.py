"""Anything by its global id."""

import strawberry

from resolvers import nodes
from schema.binding import resolved_by
from schema.ids import Node, id_argument, ids_argument, typed_key


@strawberry.type
class NodeQuery:
    """Questions by global id."""

    node: Node | None = resolved_by(
        nodes.node,
        "Whatever has this global id, if it can be seen; what is private is not found by its id.",
        id=id_argument(typed_key, "A global id."),
    )
    nodes: list[Node | None] = resolved_by(
        nodes.nodes,
        "The same for up to 250 ids, in their order; null where nothing is found.",
        ids=ids_argument(typed_key, "Global ids."),
    )
