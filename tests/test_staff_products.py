"""Staff make, change and delete products; shoppers see it, orders keep what was bought, every change has its record."""

from typing import Any

import pytest

from commerce.canceling import cancel_order
from commerce.fulfillment import Packing, fulfill
from models.carts import Cart, CartLine
from models.catalog import Product, ProductOption, ProductVariant
from models.orders import CancelReason, OrderLine
from models.outbox import OutboxEvent
from models.staff import AuditRecord
from models.stock import StockLevel
from resolvers.context import Viewer
from schema.admin.schema import admin
from schema.storefront.schema import storefront
from tests.catalogue import counted, goods
from tests.goods import a_promised_order
from tests.shop import NOON, Asked, Counter, a_shop

pytestmark = pytest.mark.usefixtures("database")

CLERK = Counter(admin(), Viewer(staff="clerk", scopes=frozenset({"read_products", "write_products"})))
SHOPFRONT = Counter(storefront())
ERRORS = "userErrors { field code message }"
CREATE = f"""mutation($product: ProductCreateInput!) {{ productCreate(product: $product) {{ product {{ id handle title
    status publishedAt tags vendor seo {{ title description }} hasOnlyDefaultVariant
    options {{ id name position values optionValues {{ id name hasVariants swatch {{ color }} }} }}
    variants(first: 5) {{ nodes {{ id title price }} }} }} {ERRORS} }} }}"""
UPDATE = f"""mutation($product: ProductUpdateInput!) {{ productUpdate(product: $product) {{ product {{ id handle title
    tags status vendor }} {ERRORS} }} }}"""
DELETE = f"mutation($id: ID!) {{ productDelete(input: {{id: $id}}) {{ deletedProductId {ERRORS} }} }}"
PUBLISH = f"""mutation($id: ID!) {{ publishablePublish(id: $id, input: [{{publicationId: "gid://shopwright/Publication/1"}}])
    {{ publishable {{ ... on Product {{ publishedAt }} ... on Collection {{ title }} }} {ERRORS} }} }}"""
FIND = '{ product(handle: "%s") { title variants(first: 3) { nodes { price { amount } } } } }'


def gid(kind: str, key: object) -> str:
    return f"gid://shopwright/{kind}/{key}"


async def did(document: str, **variables: Any) -> Any:
    """The answer's payload, after a mutation that must have been done."""
    asked = await CLERK.ask(document, **variables)
    assert asked.codes == []
    (payload,) = asked.data.values()
    assert payload["userErrors"] == []
    return payload


async def refused(document: str, **variables: Any) -> Any:
    """Why a mutation was refused; nothing was written."""
    before = [await table.all().order_by("id").values() for table in (Product, ProductVariant, ProductOption)]
    records = await AuditRecord.all().count(), await OutboxEvent.all().count()
    asked = await CLERK.ask(document, **variables)
    assert asked.codes == []
    (payload,) = asked.data.values()
    (error,) = payload["userErrors"]
    assert [await t.all().order_by("id").values() for t in (Product, ProductVariant, ProductOption)] == before
    assert (await AuditRecord.all().count(), await OutboxEvent.all().count()) == records
    return error["field"], error["code"]


async def kinds(product_id: object) -> list[str]:
    return [fact.kind for fact in await OutboxEvent.filter(aggregate="product", key=str(product_id)).order_by("id")]


@pytest.fixture
async def shop(database: object) -> None:
    await a_shop()
    await goods("a-jumper")


async def test_a_product_is_made_and_seen_by_shoppers_once_it_is_published(shop: None) -> None:
    sizes = {"name": "Size", "values": [{"name": "S"}, {"name": "M"}]}
    colour = {"name": "Colour", "values": [{"name": "Green", "swatch": {"color": "#2f6f4e"}}]}
    payload = await did(
        CREATE,
        product={
            "title": "Müller's Wool  Hat",
            "vendor": "Fjord",
            "tags": ["wool", "Hat", "WOOL"],
            "seo": {"title": "A hat", "description": None},
            "productOptions": [sizes, colour],
            "metafields": [{"namespace": "care", "key": "wash", "type": "single_line_text_field", "value": "cold"}],
        },
    )

    product = payload["product"]
    assert (product["handle"], product["tags"]) == ("muller-s-wool-hat", ["Hat", "wool"])
    assert [option["values"] for option in product["options"]] == [["S", "M"], ["Green"]]
    assert product["options"][1]["optionValues"][0]["swatch"] == {"color": "#2f6f4e"}
    assert [value["hasVariants"] for value in product["options"][0]["optionValues"]] == [True, False]
    assert [variant["title"] for variant in product["variants"]["nodes"]] == ["S / Green"]
    assert (await SHOPFRONT.ask(FIND % product["handle"])).data["product"] is None

    await did(PUBLISH, id=product["id"])

    assert (await SHOPFRONT.ask(FIND % product["handle"])).data["product"]["title"] == "Müller's Wool  Hat"
    key = product["id"].rpartition("/")[2]
    assert await kinds(key) == ["product.created", "product.updated", "product.updated"]
    record = await AuditRecord.filter(action="productCreate").get()
    assert (record.actor, record.subject_key, record.before) == ("clerk", key, None)
    assert record.after is not None
    assert record.after["title"] == "Müller's Wool  Hat"


async def test_a_handle_is_made_of_the_title_and_never_taken_twice(shop: None) -> None:
    handles = [(await did(CREATE, product={"title": "A jumper"}))["product"]["handle"] for _ in range(2)]
    assert handles == ["a-jumper-1", "a-jumper-2"]

    assert await refused(CREATE, product={"title": "Other", "handle": "a-jumper"}) == (["product", "handle"], "TAKEN")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": "Hat", "handle": "a/b"}, "handle"),
        ({"title": "Hat", "tags": ["x" * 256]}, "tags"),
        ({"title": "Hat", "productOptions": [{"name": "Size", "values": []}]}, "productOptions"),
        ({"title": "Hat", "productOptions": [{"name": "", "values": [{"name": "S"}]}]}, "options"),
        ({"title": "Hat", "metafields": [{"key": "a b", "type": "boolean", "value": "true"}]}, "metafields"),
        ({"title": "Hat", "collectionsToJoin": [gid("Collection", 99)]}, "id"),
    ],
)
async def test_a_product_that_cannot_be_is_refused_by_name(shop: None, wrong: dict[str, Any], field: str) -> None:
    path, _ = await refused(CREATE, product=wrong)
    assert path[:2] == ["product", field]


async def test_what_is_left_out_stays_and_the_record_tells_only_what_differs(shop: None) -> None:
    product = await Product.get(handle="a-jumper")

    payload = await did(UPDATE, product={"id": gid("Product", product.id), "title": "Jumper", "tags": ["new"]})

    assert payload["product"]["vendor"] == "Fjord"
    assert payload["product"]["tags"] == ["new"]
    record = await AuditRecord.filter(action="productUpdate").get()
    assert record.before == {"title": "A jumper", "tags": ["winter", "wool"]}
    assert record.after == {"title": "Jumper", "tags": ["new"]}
    found = await SHOPFRONT.ask('{ products(first: 5, query: "tag:new") { nodes { title } } }')
    assert found.data["products"]["nodes"] == [{"title": "Jumper"}]


async def test_a_change_to_the_same_changes_nothing(shop: None) -> None:
    product = await Product.get(handle="a-jumper")
    await did(UPDATE, product={"id": gid("Product", product.id), "title": product.title})

    assert await AuditRecord.all().count() == 0
    assert await kinds(product.id) == ["product.created"]


async def test_a_deleted_product_leaves_carts_and_searches_and_stays_in_orders(shop: None) -> None:
    variant = await ProductVariant.filter(product__handle="a-jumper").order_by("id").first()
    assert variant is not None
    order = await a_promised_order(variant)
    cart = await Cart.create(id="c" * 32, currency="EUR", created_at=NOON, updated_at=NOON)
    await CartLine.create(cart=cart, variant=variant, quantity=1, merge_key="x", created_at=NOON)
    product_id = variant.product_id  # type: ignore[attr-defined]

    payload = await did(DELETE, id=gid("Product", product_id))

    assert payload["deletedProductId"] == gid("Product", product_id)
    assert await ProductVariant.all().count() == 0
    assert await CartLine.all().count() == 0
    line = await OrderLine.get(order_id=order.id)
    assert (line.title, line.variant_id) == ("Wool jumper", None)  # type: ignore[attr-defined]
    level = await StockLevel.filter(committed__gt=0).get()
    assert (level.variant_id, level.committed) == (None, 2)  # type: ignore[attr-defined]
    found = await SHOPFRONT.ask('{ products(first: 5, query: "jumper") { nodes { title } } }')
    assert found.data["products"]["nodes"] == []
    assert (await kinds(product_id))[-1] == "product.deleted"
    assert await refused(DELETE, id=gid("Product", product_id)) == (["input", "id"], "NOT_FOUND")


async def test_an_order_of_deleted_goods_is_still_sent_and_canceled(shop: None) -> None:
    variant = await ProductVariant.filter(product__handle="a-jumper").order_by("id").first()
    assert variant is not None
    orders = [await a_promised_order(variant, quantity=1, number=number) for number in (1, 2)]
    await did(DELETE, id=gid("Product", variant.product_id))  # type: ignore[attr-defined]

    await fulfill(orders[0].id, Packing(), now=NOON)
    await cancel_order(orders[1].id, CancelReason.STAFF, now=NOON)

    levels = await StockLevel.filter(variant_id__isnull=True).order_by("id").values_list("on_hand", "committed")
    assert levels[0] == (4, 0)


async def test_staff_find_what_shoppers_do_not_see(shop: None) -> None:
    await did(CREATE, product={"title": "A draft", "status": "DRAFT", "vendor": "Acme"})
    document = "query($query: String) { products(first: 5, sortKey: TITLE, query: $query) { nodes { title } } }"

    async def found(query: str | None) -> list[str]:
        asked = await CLERK.ask(document, query=query)
        assert asked.codes == []
        return [node["title"] for node in asked.data["products"]["nodes"]]

    assert await found(None) == ["A draft", "A jumper"]
    assert await found("status:draft") == ["A draft"]
    assert await found("status:active,archived") == ["A jumper"]
    assert await found("vendor:acme published_status:unpublished") == ["A draft"]
    assert await found("jumper") == ["A jumper"]
    assert await found("inventory_total:>0") == ["A jumper"]


async def test_who_may_only_read_changes_nothing(shop: None) -> None:
    reader = Counter(admin(), Viewer(staff="reader", scopes=frozenset({"read_products"})))
    asked: Asked = await reader.ask(CREATE, product={"title": "Hat"})

    assert asked.codes == ["FORBIDDEN"]
    assert await Product.all().count() == 1


async def test_statements_do_not_grow_with_products(shop: None) -> None:
    document = """{ products(first: 50) { nodes { title status tags options { name optionValues { name } }
        variants(first: 10) { nodes { displayName price image { url } selectedOptions { name value } } }
        collections(first: 3) { nodes { title } } metafields(first: 3) { nodes { key } } totalInventory } } }"""
    counts = []
    for number in range(2):
        with counted() as statements:
            assert (await CLERK.ask(document)).codes == []
        counts.append(statements.count)
        for more in range(4):
            await goods(f"more-{number}-{more}")
    assert counts[0] == counts[1]
