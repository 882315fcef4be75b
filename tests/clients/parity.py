"""What of the reference's schema is served: `python -m tests.clients.parity` writes docs/storefront-parity.md."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    GraphQLUnionType,
    build_client_schema,
    build_schema,
)

from tests.clients import node
from tests.clients.parity_reasons import REASONS, VENDORS_OWN
from tests.running import ROOT

PAGE = ROOT / "docs" / "storefront-parity.md"
SERVED = ROOT / "schema" / "storefront.graphql"
REFERENCE = node.HERE / "node_modules" / "@shopify" / "hydrogen-react" / "storefront.schema.json"


@dataclass(frozen=True)
class Promise:
    """What a schema says at one coordinate: a result, a value to be given, or (without a type) a name."""

    type: GraphQLType | None = None
    given: bool = False

    def serves(self, wanted: "Promise") -> bool:
        """Whether a client that counts on the other can use this: results may be stricter, values more lenient."""
        if self.type is None or wanted.type is None:
            return self.type is wanted.type
        if self.given != wanted.given:
            return False
        return _as_strict(wanted.type, self.type) if self.given else _as_strict(self.type, wanted.type)


def _as_strict(one: GraphQLType, other: GraphQLType) -> bool:
    if isinstance(other, GraphQLNonNull):
        return isinstance(one, GraphQLNonNull) and _as_strict(one.of_type, other.of_type)
    if isinstance(one, GraphQLNonNull):
        return _as_strict(one.of_type, other)
    if isinstance(other, GraphQLList):
        return isinstance(one, GraphQLList) and _as_strict(one.of_type, other.of_type)
    return str(one) == str(other)


def promises(schema: GraphQLSchema) -> dict[str, Promise]:
    """Everything a client may count on, by coordinate."""
    types = (kind for name, kind in sorted(schema.type_map.items()) if not name.startswith("__"))
    return {coordinate: promise for kind in types for coordinate, promise in _promises_of(kind)}


def _promises_of(kind: GraphQLNamedType) -> Iterator[tuple[str, Promise]]:
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        yield from ((f"{kind}:{interface}", Promise()) for interface in kind.interfaces)
        for name, field in kind.fields.items():
            yield f"{kind}.{name}", Promise(field.type)
            yield from ((f"{kind}.{name}({arg}:)", Promise(told.type, given=True)) for arg, told in field.args.items())
    elif isinstance(kind, GraphQLInputObjectType):
        yield from ((f"{kind}.{name}", Promise(told.type, given=True)) for name, told in kind.fields.items())
    elif isinstance(kind, GraphQLEnumType):
        yield from ((f"{kind}.{name}", Promise()) for name in kind.values)
    elif isinstance(kind, GraphQLUnionType):
        yield from ((f"{kind}|{member}", Promise()) for member in kind.types)


def compared() -> tuple[int, list[str]]:
    """How many coordinates of the reference count, and those of them that we do not serve."""
    ours = promises(build_schema(SERVED.read_text()))
    told = json.loads(REFERENCE.read_text())
    wanted = promises(build_client_schema(told.get("data", told), assume_valid=True))
    counted = {name: promise for name, promise in wanted.items() if not _matches(name, VENDORS_OWN)}
    return len(counted), [name for name, promise in counted.items() if not _served(ours.get(name), promise)]


def _served(ours: Promise | None, wanted: Promise) -> bool:
    return ours is not None and ours.serves(wanted)


def _matches(coordinate: str, patterns: str) -> bool:
    return any(fnmatchcase(coordinate, pattern) for pattern in patterns.split())


def unexplained(missing: list[str]) -> list[str]:
    """What is missing without a reason."""
    return [name for name in missing if not any(_matches(name, patterns) for _, _, patterns in REASONS)]


def page() -> str:
    """The page as it should be."""
    total, missing = compared()
    served = total - len(missing)
    sections = []
    for title, reason, patterns in REASONS:
        here = [name for name in missing if _matches(name, patterns)]
        missing = [name for name in missing if name not in here]
        if here:
            sections.append(f"## {title}\n\n{reason} ({len(here)})\n\n{_by_type(here)}")
    sections += [f"## Without a reason yet\n\n{_by_type(missing)}"] if missing else []
    return "\n\n".join([HEAD.format(served=served, total=total, percent=100 * served / total), *sections]) + "\n"


def _by_type(coordinates: list[str]) -> str:
    """A line for every type; arguments of a field that is missing itself go without saying."""
    lines: dict[str, list[str]] = {}
    for name in coordinates:
        if name.split("(")[0] == name or name.split("(")[0] not in coordinates:
            owner = re.split(r"\W", name)[0]
            lines.setdefault(owner, []).append(name.removeprefix(owner).removeprefix("."))
    return "\n".join(f"- `{owner}`: " + ", ".join(f"`{each}`" for each in told) for owner, told in lines.items())


HEAD = """\
# What of the reference is not served

Of the reference storefront schema (the one in `@shopify/hydrogen-react`, at the version that
`tests/clients/package-lock.json` names), **{served} of {total} coordinates ({percent:.1f} %)** are served with a type
that a client written for it can use unchanged. A coordinate is a field, an argument, a field of an input, a value of
an enum, a member of a union (`|`), or an interface that a type has (`:`). One vendor's own services and deprecated
twins of them are not counted (`VENDORS_OWN` in `tests/clients/parity_reasons.py`). What has no behaviour here is not
served, rather than served as a constant: a question for it is refused by name.

Where a field is missing, its arguments are not listed, but are in the counts in brackets.
Written by `python -m tests.clients.parity`."""


if __name__ == "__main__":
    node.install()
    PAGE.write_text(page())
