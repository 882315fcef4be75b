"""Staff group products by hand and by rules, label them, and publish: shoppers see it, a refusal leaves nothing."""

import datetime as dt
from typing import Any

import pytest

from models.catalog import Collection, CollectionProduct, Product
from models.content import Metafield
from models.outbox import OutboxEvent
from models.staff import AuditRecord
from tests.catalogue import goods
from tests.shop import NOON
from tests.test_staff_products import CLERK, ERRORS, PUBLISH, SHOPFRONT, did, gid

pytestmark = pytest.mark.usefixtures("database")

TOLD = "id handle title sortOrder ruleSet { appliedDisjunctively rules { column relation condition } }"
PRODUCTS = "products(first: 9) { nodes { handle } } productsCount { count }"
CREATE = f"""mutation($input: CollectionInput!) {{ collectionCreate(input: $input) {{ collection {{ {TOLD} {PRODUCTS} }}
    {ERRORS} }} }}"""
UPDATE = f"""mutation($input: CollectionInput!) {{ collectionUpdate(input: $input) {{ collection {{ {TOLD} {PRODUCTS} }}
    {ERRORS} }} }}"""
ADD = f"""mutation($id: ID!, $ids: [ID!]!) {{ collectionAddProducts(id: $id, productIds: $ids) {{
    collection {{ {PRODUCTS} }} {ERRORS} }} }}"""
REMOVE = ADD.replace("collectionAddProducts", "collectionRemoveProducts")
MOVE = f"""mutation($id: ID!, $moves: [MoveInput!]!) {{ collectionReorderProducts(id: $id, moves: $moves) {{
    collection {{ {PRODUCTS} }} {ERRORS} }} }}"""
SET = f"""mutation($metafields: [MetafieldsSetInput!]!) {{ metafieldsSet(metafields: $metafields) {{
    metafields {{ namespace key value ownerType }} {ERRORS} }} }}"""


async def refused(document: str, **variables: Any) -> Any:
    """Why a mutation was refused; collections, labels and records are as they were."""
    tables: tuple[Any, ...] = (Collection, CollectionProduct, Metafield, AuditRecord, OutboxEvent)
    before = [await table.all().order_by("id").values() for table in tables]
    asked = await CLERK.ask(document, **variables)
    assert asked.codes == []
    (payload,) = asked.data.values()
    (error,) = payload["userErrors"]
    assert [await table.all().order_by("id").values() for table in tables] == before
    return error["field"], error["code"]


def handles(payload: Any) -> list[str]:
    return [node["handle"] for node in payload["collection"]["products"]["nodes"]]


@pytest.fixture
async def three(database: object) -> list[str]:
    """The ids of three products."""
    return [gid("Product", await goods(handle)) for handle in ("a-hat", "a-mug", "a-pan")]


async def test_a_collection_is_chosen_by_hand_and_put_in_order(three: list[str]) -> None:
    made = await did(CREATE, input={"title": "Gifts", "products": three[:2], "sortOrder": "MANUAL"})
    key = made["collection"]["id"]
    assert handles(made) == ["a-hat", "a-mug"]
    assert made["collection"]["ruleSet"] is None

    assert handles(await did(ADD, id=key, ids=[three[2], three[0]])) == ["a-hat", "a-mug", "a-pan"]
    moves = [{"id": three[2], "newPosition": "0"}, {"id": three[0], "newPosition": "9"}]
    assert handles(await did(MOVE, id=key, moves=moves)) == ["a-pan", "a-mug", "a-hat"]
    assert handles(await did(REMOVE, id=key, ids=[three[1]])) == ["a-pan", "a-hat"]
    record = await AuditRecord.filter(action="collectionRemoveProducts").get()
    assert record.before is not None
    assert len(record.before["products"]) == 3
    assert (await refused(ADD, id=key, ids=[gid("Product", 999)]))[1] == "NOT_FOUND"
    assert (await refused(MOVE, id=key, moves=[{"id": three[1], "newPosition": "0"}]))[1] == "NOT_FOUND"
    assert (await refused(ADD, id=gid("Collection", 999), ids=three))[1] == "NOT_FOUND"


async def test_a_collection_by_rules_takes_products_in_as_they_change(three: list[str]) -> None:
    rules = [{"column": "TAG", "relation": "EQUALS", "condition": "gift"}]
    made = await did(CREATE, input={"title": "Gifts", "ruleSet": {"appliedDisjunctively": False, "rules": rules}})
    key = made["collection"]["id"]
    assert made["collection"]["ruleSet"] == {"appliedDisjunctively": False, "rules": rules}
    assert handles(made) == []

    await did(f'mutation {{ tagsAdd(id: "{three[1]}", tags: ["Gift"]) {{ node {{ tags }} {ERRORS} }} }}')
    asked = await CLERK.ask(f'{{ collection(id: "{key}") {{ {PRODUCTS} }} }}')
    assert asked.data["collection"]["productsCount"] == {"count": 1}
    cheap = [{"column": "VARIANT_PRICE", "relation": "LESS_THAN", "condition": "1000"}]
    changed = await did(UPDATE, input={"id": key, "ruleSet": {"rules": [*rules, *cheap], "appliedDisjunctively": True}})
    assert handles(changed) == ["a-mug", "a-hat", "a-pan"]
    assert (await refused(ADD, id=key, ids=three))[1] == "CANT_CHANGE_SMART_COLLECTION"
    wrong = {"rules": [*rules, {"column": "VARIANT_PRICE", "relation": "LESS_THAN", "condition": "cheap"}]}
    assert (await refused(UPDATE, input={"id": key, "ruleSet": wrong}))[0] == ["ruleSet", "rules", "1"]
    both = {"title": "Both", "ruleSet": {"rules": rules}, "products": three}
    assert (await refused(CREATE, input=both))[0] == ["products"]


async def test_handles_are_made_of_titles_and_refused_where_taken(three: list[str]) -> None:
    first = (await did(CREATE, input={"title": "Für Dich"}))["collection"]
    second = (await did(CREATE, input={"title": "Für Dich"}))["collection"]
    assert [first["handle"], second["handle"]] == ["fur-dich", "fur-dich-1"]
    assert (await refused(CREATE, input={"title": "X", "handle": "fur-dich"}))[1] == "TAKEN"
    assert (await refused(UPDATE, input={"id": second["id"], "handle": "fur-dich"}))[1] == "TAKEN"
    assert (await refused(CREATE, input={"title": " "}))[1] == "BLANK"
    assert (await refused(CREATE, input={"title": "X", "handle": "a b"}))[0] == ["handle"]


async def test_shoppers_see_a_collection_from_the_day_it_is_published(three: list[str]) -> None:
    key = (await did(CREATE, input={"title": "Gifts", "products": three}))["collection"]["id"]
    asked = '{ collection(handle: "gifts") { products(first: 9) { nodes { handle } } } }'
    assert (await SHOPFRONT.ask(asked)).data == {"collection": None}
    later = f"""mutation($id: ID!, $date: DateTime) {{ publishablePublish(id: $id, input: [{{publishDate: $date}}]) {{
        publishable {{ ... on Collection {{ resourcePublications(first: 1) {{ nodes {{ isPublished }} }} }} }}
        {ERRORS} }} }}"""
    tomorrow = (NOON + dt.timedelta(days=1)).isoformat()
    told = await did(later, id=key, date=tomorrow)
    assert told["publishable"]["resourcePublications"]["nodes"] == [{"isPublished": False}]
    assert (await SHOPFRONT.ask(asked)).data == {"collection": None}

    await did(PUBLISH, id=key)

    assert len((await SHOPFRONT.ask(asked)).data["collection"]["products"]["nodes"]) == 3
    hide = (
        f"mutation($id: ID!) {{ publishableUnpublish(id: $id, input: []) {{ publishable {{ __typename }} {ERRORS} }} }}"
    )
    await did(hide, id=three[0])
    assert len((await SHOPFRONT.ask(asked)).data["collection"]["products"]["nodes"]) == 2
    await did(f'mutation {{ collectionDelete(input: {{id: "{key}"}}) {{ deletedCollectionId {ERRORS} }} }}')
    assert (await SHOPFRONT.ask(asked)).data == {"collection": None}
    assert await Product.all().count() == 3
    assert [f.kind for f in await OutboxEvent.filter(aggregate="collection").order_by("id")][-1] == "collection.deleted"


async def test_metafields_are_set_and_taken_off_together(three: list[str]) -> None:
    wash = {"ownerId": three[0], "namespace": "care", "key": "wash", "type": "number_integer", "value": "30"}
    hot = {"ownerId": three[1], "key": "hot", "type": "boolean", "value": "true"}

    payload = await did(SET, metafields=[wash, hot])

    assert [each["key"] for each in payload["metafields"]] == ["wash", "hot"]
    seen = '{ product(handle: "a-hat") { metafield(namespace: "care", key: "wash") { value } } }'
    assert (await SHOPFRONT.ask(seen)).data["product"]["metafield"] == {"value": "30"}
    await did(SET, metafields=[wash, hot])
    await did(SET, metafields=[])
    assert await AuditRecord.all().count() == 2
    kept = {**wash, "value": "40"}
    del kept["type"]
    await did(SET, metafields=[kept])
    assert (await Metafield.get(key="wash")).type == "number_integer"
    assert (await refused(SET, metafields=[hot, {**wash, "value": "cold"}]))[0] == ["metafields", "1"]
    assert (await refused(SET, metafields=[{**hot, "ownerId": gid("Product", 999)}]))[1] == "NOT_FOUND"
    assert (await refused(SET, metafields=[{**hot, "ownerId": gid("Order", 1)}]))[1] == "INVALID"
    gone = await did(
        f"""mutation($which: [MetafieldIdentifierInput!]!) {{ metafieldsDelete(metafields: $which) {{
            deletedMetafields {{ key }} {ERRORS} }} }}""",
        which=[{"ownerId": three[0], "namespace": "care", "key": key} for key in ("wash", "iron")],
    )
    assert gone["deletedMetafields"] == [{"key": "wash"}]
    assert await Metafield.all().count() == 1


async def test_tags_are_taken_off_whatever_their_case(three: list[str]) -> None:
    told = await did(f'mutation {{ tagsRemove(id: "{three[0]}", tags: ["WOOL"]) {{ node {{ tags }} {ERRORS} }} }}')
    assert told["node"]["tags"] == ["winter"]
