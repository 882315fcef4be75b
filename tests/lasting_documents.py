"""A document for each root field whose answers are kept, asking for all that can be asked below it."""

from collections.abc import Iterator

from graphql import GraphQLField, get_named_type, is_leaf_type, is_object_type, is_required_argument

from schema.storefront.schema import storefront

DEEPEST = 4
GIVEN = {
    "product": 'handle: "jumper"',
    "productByHandle": 'handle: "jumper"',
    "collection": 'handle: "all"',
    "collectionByHandle": 'handle: "all"',
    "menu": 'handle: "main-menu"',
    "page": 'handle: "about"',
    "pageByHandle": 'handle: "about"',
    "blog": 'handle: "news"',
    "blogByHandle": 'handle: "news"',
    "article": 'id: "gid://shopwright/Article/1"',
    "sitemap": "type: PRODUCT",
}


def lasting_documents() -> list[str]:
    """One for each lasting root field."""
    query = storefront()._schema.query_type
    assert query is not None
    return [
        f"{{ {name}{_arguments(name, field)} {_below(field, 1)} }}"
        for name, field in query.fields.items()
        if field.extensions["strawberry-definition"].metadata.get("lasting")
    ]


def _arguments(name: str, field: GraphQLField) -> str:
    if "first" in field.args:
        return "(first: 2)"
    return f"({GIVEN[name]})" if name in GIVEN and field.args else ""


def _below(field: GraphQLField, depth: int) -> str:
    kind = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    return "{ " + " ".join(["__typename", *_selected(kind, depth)]) + " }"


def _selected(kind: object, depth: int) -> Iterator[str]:
    if not is_object_type(kind) or depth > DEEPEST:
        return
    for name, field in kind.fields.items():
        asked = "(first: 2)" if "first" in field.args else ""
        if name != "edges" and all(not is_required_argument(each) or n == "first" for n, each in field.args.items()):
            yield f"{name}{asked} {_below(field, depth + 1)}"
