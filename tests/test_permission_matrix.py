"""Every field of the staff schema for everybody who could ask: nothing opens to who has not been given its scope.

The matrix is generated from the schema, so a new field is in it as soon as it is written.
"""

from typing import Any

import pytest
import strawberry
from graphql import is_interface_type, parse

from models.scopes import Scope
from models.staff import AuditRecord
from schema.admin.schema import admin
from schema.admin.scoping import Unscoped, with_scopes
from schema.binding import described, describes, resolved_by
from schema.requirements import ANYONE, AS_FOUND, STAFF
from tests.rights import VIEWERS, documents, opened_by, passes, reachable, told
from tests.shop import Counter

SCHEMA = admin()
CORE: Any = SCHEMA._schema
TOLD = told(CORE)
DENIED = {"UNAUTHENTICATED", "FORBIDDEN"}
INTERFACES = {name for name, kind in CORE.type_map.items() if is_interface_type(kind)}
once = pytest.mark.once


@once
def test_every_field_tells_a_scope_that_exists() -> None:
    assert {place: scopes for place, scopes in TOLD.items() if not scopes or scopes - {*Scope, ANYONE, STAFF}} == {}


@once
def test_the_scopes_are_printed_with_every_field_of_the_schema() -> None:
    printed: dict[str, set[str]] = {}
    for kind in parse(SCHEMA.as_str()).definitions:
        for field in getattr(kind, "fields", ()):
            if field.kind == "field_definition":
                requires = [each for each in field.directives if each.name.value == "requires"]
                scopes = {scope.value for each in requires for scope in each.arguments[0].value.values}
                printed[f"{kind.name.value}.{field.name.value}"] = scopes  # type: ignore[attr-defined]

    assert printed == TOLD


@once
@pytest.mark.parametrize("who", VIEWERS)
def test_nobody_reaches_a_field_on_any_way_without_one_of_its_scopes(who: str) -> None:
    viewer = VIEWERS[who]
    found = reachable(CORE, viewer)

    assert {place for place in found if TOLD[place].isdisjoint(opened_by(viewer))} == set()
    if who == "owner":
        assert {place for place in TOLD if place not in found and place.split(".")[0] not in INTERFACES} == set()


@once
@pytest.mark.parametrize("who", VIEWERS)
def test_a_field_at_the_root_opens_to_exactly_those_it_names(who: str) -> None:
    viewer = VIEWERS[who]
    roots = [root for root in (CORE.query_type, CORE.mutation_type, CORE.subscription_type) if root]
    wrong = {
        f"{root.name}.{name}"
        for root in roots
        for name, field in root.fields.items()
        if passes(field, viewer) == TOLD[f"{root.name}.{name}"].isdisjoint(opened_by(viewer))
    }
    assert wrong == set()


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("who", VIEWERS)
async def test_asked_for_real_who_lacks_the_scope_gets_nothing_and_nothing_happens(who: str) -> None:
    viewer = VIEWERS[who]
    counter = Counter(SCHEMA, viewer)
    wrong = []
    for place, scopes, document, variables in documents(CORE):
        if not scopes.isdisjoint(opened_by(viewer)):
            continue
        asked = await counter.ask(document, **variables)
        expected = "FORBIDDEN" if viewer.staff else "UNAUTHENTICATED"
        if asked.codes != [expected] or any((asked.data or {}).values()):
            wrong.append((place, asked))
    assert wrong == []
    assert await AuditRecord.all().count() == 0


@pytest.mark.usefixtures("database")
async def test_what_is_nobodys_is_not_found_and_no_argument_breaks_a_field() -> None:
    counter = Counter(SCHEMA, VIEWERS["owner"])
    wrong = []
    for place, _, document, variables in documents(CORE):
        asked = await counter.ask(document, **variables)
        if any(code.startswith("BUG") or code in DENIED for code in asked.codes):
            wrong.append((place, asked))
    assert wrong == []


def a_schema(**differences: Any) -> strawberry.Schema:
    """A schema of a shelf with a price, some declaration of which is left out or another."""
    needs = {"price": AS_FOUND, "shelf": "read_products", "root": "read_products"} | differences

    @strawberry.type
    @describes(dict, needs=needs["price"])
    class Price:
        amount: str = described("How much.")

    @strawberry.type
    @describes(list, needs=needs["shelf"])
    class Shelf:
        price: Price = described("What it costs.")

    @strawberry.type
    class Query:
        shelf: Shelf = resolved_by(_shelf, "The shelf.", needs=needs["root"])

    return strawberry.Schema(Query)


def _shelf(context: Any, row: object) -> list[str]:
    return []


@once
@pytest.mark.parametrize("left_out", ["price", "shelf", "root"])
def test_a_field_without_a_scope_keeps_the_schema_from_being_built(left_out: str) -> None:
    with pytest.raises(Unscoped, match="names no scope"):
        with_scopes(a_schema(**{left_out: None}))


@once
def test_a_scope_that_does_not_exist_keeps_the_schema_from_being_built() -> None:
    with pytest.raises(Unscoped, match="read_everything"):
        with_scopes(a_schema(shelf="read_everything"))


@once
def test_a_field_that_leads_to_a_type_of_another_scope_needs_that_one_too() -> None:
    core: Any = with_scopes(a_schema(root="read_orders", shelf="read_products"))._schema
    scopes = told(core)

    assert scopes == {
        "Query.shelf": {"read_orders"},
        "Shelf.price": {"read_products"},
        "Price.amount": {"read_products"},
    }
    assert reachable(core, VIEWERS["read_orders"]) == set()
    assert reachable(core, VIEWERS["owner"]) == set(scopes)
