"""Every argument of every field below the roots, and every value of every mutation, given what nobody should send."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
)

from drills.siege.hostile import hostile, plain
from resolvers.context import Viewer
from tests.both_ways import ONCE
from tests.buying import SCHEMA, Basket
from tests.every_field import Place, leaves
from tests.shop import Counter
from tests.whole_shop import WholeShop

pytestmark = pytest.mark.usefixtures("database")

SHOPFRONT = Counter(SCHEMA)
SECRET = "nobody-else-s@example.com"


def variations(kind: Any, name: str, turn: list[int], depth: int = 0) -> Iterator[Any]:
    """Values of a type with one hostile value inside each, two for every place where something is written."""
    if isinstance(kind, GraphQLNonNull):
        yield from variations(kind.of_type, name, turn, depth)
    elif isinstance(kind, GraphQLList):
        yield from ([value] for value in variations(kind.of_type, name, turn, depth))
    elif isinstance(kind, GraphQLInputObjectType):
        for key, each in kind.fields.items() if depth < 6 else ():
            yield from ({**plain(kind), key: value} for value in variations(each.type, key, turn, depth + 1))
    else:
        for _ in range(2):
            turn[0] += 1
            values = hostile(name, kind)
            yield values[turn[0] % len(values)]


async def a_stranger_s_cart() -> str:
    """The key of a cart that nobody here was told of."""
    basket = Basket()
    await basket.create(lines=[], buyerIdentity={"email": SECRET})
    return basket.id


def told(answer: Any, what: object) -> None:
    """No bug, and nothing of anybody else."""
    assert [code for code in answer.codes if code.startswith("BUG") or code == "INTERNAL_ERROR"] == [], what
    assert SECRET not in str(answer.data), what


async def test_no_argument_below_the_roots_makes_a_bug() -> None:
    shop = WholeShop()
    await shop.open()
    await shop.grow(1)
    await a_stranger_s_cart()
    ways = shop.ways(SCHEMA._schema)
    to = ways.to()
    once = ONCE.set(True)
    for place in ways.places():
        for name, argument in place.field.args.items() if place.owner != "QueryRoot" else ():
            way = to[place.owner].replace("%s", asking(place, name))
            turn = [len(name)]
            for value in variations(argument.type, name, turn):
                told(
                    await SHOPFRONT.ask(f"query($value: {argument.type}) {{ {way} }}", value=value), (str(place), name)
                )
    ONCE.reset(once)


def asking(place: Place, name: str) -> str:
    """The field with one argument from a variable and the least of the others it wants."""
    needed = {"key": '"x"', "handle": '"x"', "page": "1", "identifiers": '[{key: "x"}]', "selectedOptions": "[]"}
    wanted = [
        f"{other}: {needed[other]}"
        for other, argument in place.field.args.items()
        if other != name and isinstance(argument.type, GraphQLNonNull)
    ]
    return f"{place.name}({', '.join([f'{name}: $value', *wanted])}) {leaves(get_named_type(place.field.type))}"


ENDS = ("Delete", "Submit", "Clone", "Merge")
"""What ends a token or a cart comes last."""


def mutations() -> list[str]:
    """Every mutation of the storefront."""
    assert SCHEMA._schema.mutation_type is not None
    names = SCHEMA._schema.mutation_type.fields
    return sorted(names, key=lambda name: (any(end in name for end in ENDS), name))


async def test_no_value_of_a_mutation_makes_a_bug() -> None:
    shop = WholeShop()
    await shop.open()
    await shop.grow(1)
    strange = await a_stranger_s_cart()
    known = {"cartId": shop.basket.id, "customerAccessToken": shop.customer, "attemptToken": "one"}
    turn = [0]
    for mutation in mutations():
        field = SCHEMA._schema.mutation_type.fields[mutation]  # type: ignore[union-attr]
        declared = ", ".join(f"${name}: {each.type}" for name, each in field.args.items())
        given = ", ".join(f"{name}: ${name}" for name in field.args)
        head = f"mutation({declared}) {{ {mutation}({given})" if given else f"mutation {{ {mutation}"
        usual = {name: known.get(name, plain(each.type)) for name, each in field.args.items()}
        for name, each in field.args.items():
            for value in variations(each.type, name, turn):
                from_somewhere = Counter(SCHEMA, Viewer(address=f"10.0.{turn[0] // 250}.{turn[0] % 250}"))
                answer = await from_somewhere.ask(f"{head} {{ __typename }} }}", **{**usual, name: value})
                told(answer, (mutation, name, str(value)[:300]))
    assert (await Basket(id=strange).read())["buyerIdentity"]["email"] == SECRET
