"""Arguments become what Strawberry makes of them, for every field of both schemas, whatever is given."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
import strawberry
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
)
from strawberry.types.arguments import convert_arguments

from engine.plans.answering import DEFINITION
from engine.plans.inputs import Inputs
from schema.admin.schema import admin
from schema.storefront.schema import storefront

pytestmark = pytest.mark.once


@strawberry.input
class Odd:
    """What our schemas do not have: a value that may be missing, and an id Strawberry takes apart."""

    perhaps: strawberry.Maybe[str | None]
    key: strawberry.relay.GlobalID | None = None
    inner: "list[Odd | None] | None" = strawberry.UNSET
    number: int = 5


@strawberry.type
class Query:
    """One field."""

    @strawberry.field
    def ask(self, odd: Odd | None = None, many: list[Odd] | None = None) -> str:
        return ""


@pytest.mark.parametrize(
    "schema", [storefront(), admin(), strawberry.Schema(Query)], ids=["storefront", "staff", "odd"]
)
def test_every_argument_becomes_what_strawberry_makes_of_it(schema: strawberry.Schema) -> None:
    converter, dice = schema.schema_converter, random.Random(7)
    inputs = Inputs(converter)
    compared = 0
    for field in fields_of(schema):
        arguments = field.extensions[DEFINITION].arguments
        convert = inputs.of(arguments)
        for _ in range(4):
            given = {name: coerced(each.type, dice) for name, each in field.args.items() if dice.random() < 0.8}
            expected = convert_arguments(given, arguments, converter.scalar_registry, converter.config)
            assert convert(given) == expected, (field, given)
            compared += 1
    assert compared >= 4


def fields_of(schema: strawberry.Schema) -> Iterator[GraphQLField]:
    """Every field with arguments."""
    for kind in schema._schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            yield from (field for field in kind.fields.values() if field.args and DEFINITION in field.extensions)


def coerced(kind: Any, dice: random.Random, depth: int = 0) -> Any:
    """A value as graphql-core hands it on; nothing where something may be missing, now and then."""
    if isinstance(kind, GraphQLNonNull):
        return coerced(kind.of_type, dice, depth)
    if dice.random() < 0.2:
        return dice.choice([None, strawberry.UNSET]) if depth == 0 else None
    match kind:
        case GraphQLList(of_type=inner):
            return [coerced(inner, dice, depth + 1) for _ in range(dice.randrange(3))] if depth < 5 else []
        case GraphQLInputObjectType(fields=fields):
            wanted = (
                name
                for name, each in fields.items()
                if isinstance(each.type, GraphQLNonNull) or (depth < 4 and dice.random() < 0.5)
            )
            return {name: coerced(fields[name].type, dice, depth + 1) for name in wanted}
        case GraphQLEnumType(values=values):
            return dice.choice([each.value for each in values.values()])
        case GraphQLScalarType(name="ID"):
            return "UHJvZHVjdDox"
    return dice.choice(["a", 1, 2.5])
