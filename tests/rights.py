"""Who asks the staff schema in tests of rights, what they can reach through its guards, and documents for its roots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from engine.guarding import guard_of
from models.scopes import EVERYTHING, Scope, with_reading
from resolvers.context import Viewer
from resolvers.mistakes import Mistake
from schema.requirements import ANYONE, STAFF

NOBODYS = 2_000_000_000
"""A key that no row of a test has."""

VIEWERS: Mapping[str, Viewer] = {
    "anonymous": Viewer(),
    "customer": Viewer(customer_id=1),
    "staff without a scope": Viewer(staff="clerk"),
    **{scope.value: Viewer(staff="clerk", scopes=with_reading([scope])) for scope in Scope},
    "owner": Viewer(staff="owner", scopes=EVERYTHING),
}


@dataclass(frozen=True)
class Asking:
    """As much of a context as a guard looks at."""

    viewer: Viewer


def passes(field: GraphQLField, viewer: Viewer) -> bool:
    """Whether the field's own guard lets the viewer through; one without a guard lets everybody."""
    guard = guard_of(field)
    try:
        if guard is not None:
            guard(Asking(viewer))
    except Mistake:
        return False
    return True


def reachable(schema: GraphQLSchema, viewer: Viewer) -> set[str]:
    """The fields a viewer can get an answer from, by whichever way through the schema."""
    pending: list[Any] = [root for root in (schema.query_type, schema.mutation_type, schema.subscription_type) if root]
    seen: set[str] = set()
    found: set[str] = set()
    while pending:
        kind = pending.pop()
        if kind.name in seen:
            continue
        seen.add(kind.name)
        for name, field in kind.fields.items():
            if passes(field, viewer):
                found.add(f"{kind.name}.{name}")
                target: Any = get_named_type(field.type)
                kinds = schema.get_possible_types(target) if is_abstract_type(target) else (target,)
                pending += [kind for kind in kinds if isinstance(kind, GraphQLObjectType)]
    return found


def told(schema: GraphQLSchema) -> dict[str, set[str]]:
    """The scopes printed with each field."""
    return {
        f"{kind.name}.{name}": {
            scope
            for directive in field.extensions["strawberry-definition"].directives
            for scope in getattr(directive, "scopes", ())
        }
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and not kind.name.startswith("__")
        for name, field in kind.fields.items()
    }


def opened_by(viewer: Viewer) -> set[str]:
    """What a viewer has of all that `@requires` may ask for."""
    return {ANYONE, *({STAFF} if viewer.staff else ()), *viewer.scopes}


def documents(schema: GraphQLSchema) -> Iterator[tuple[str, set[str], str, dict[str, Any]]]:
    """A document for every field of the roots but streams, with its place, its scopes and variables of nobody's ids."""
    scopes = told(schema)
    roots = {"query": schema.query_type, "mutation": schema.mutation_type}
    for operation, root in roots.items():
        for name, field in root.fields.items() if root else ():
            variables = {key: a_value(given.type) for key, given in field.args.items() if is_non_null_type(given.type)}
            if "first" in field.args:
                variables["first"] = 1
            declared = ", ".join(f"${key}: {field.args[key].type}" for key in variables)
            given = ", ".join(f"{key}: ${key}" for key in variables)
            head = f"{operation}{f'({declared})' if declared else ''}"
            body = f"{name}{f'({given})' if given else ''}{_selection(field.type)}"
            place = f"{root.name if root else ''}.{name}"
            yield place, scopes[place], f"{head} {{ {body} }}", variables


def _selection(kind: Any) -> str:
    named: Any = get_named_type(kind)
    if is_leaf_type(named):
        return ""
    if is_abstract_type(named):
        return " { __typename }"
    errors = named.fields.get("userErrors")
    return " { userErrors { field message code } }" if errors else " { __typename }"


def a_value(kind: Any, name: str = "") -> Any:
    """Any value of an input type, ids being nobody's."""
    if isinstance(kind, GraphQLNonNull):
        return a_value(kind.of_type, name)
    if is_list_type(kind):
        return [a_value(kind.of_type, name)]
    if isinstance(kind, GraphQLInputObjectType):
        return {key: a_value(given.type, key) for key, given in kind.fields.items() if is_non_null_type(given.type)}
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    known = {
        "ID": f"gid://shopwright/Order/{NOBODYS}",
        "Int": 1,
        "Float": 1.0,
        "Boolean": True,
        "Decimal": "1.00",
        "UnsignedInt64": "1",
    }
    return known.get(kind.name, "2026-04-01T12:00:00Z" if kind.name == "DateTime" else "x")
