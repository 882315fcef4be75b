"""Staff change variants, one or many at once, and what products are chosen by; what is not named keeps its id."""

from typing import Any

import pytest

from models.catalog import InventoryPolicy, Product, ProductOption, ProductOptionValue, ProductVariant
from models.outbox import OutboxEvent
from models.staff import AuditRecord
from models.stock import Location, StockLevel, StockMovement
from tests.catalogue import counted, goods
from tests.shop import a_shop
from tests.test_staff_products import CLERK, CREATE, ERRORS, did, gid, refused

pytestmark = pytest.mark.usefixtures("database")

VARIANTS = (
    f"product {{ variants(first: 50) {{ nodes {{ title }} }} }} productVariants {{ id title price sku }} {ERRORS}"
)
ADD = f"""mutation($id: ID!, $variants: [ProductVariantsBulkInput!]!, $strategy: ProductVariantsBulkCreateStrategy) {{
    productVariantsBulkCreate(productId: $id, variants: $variants, strategy: $strategy) {{ {VARIANTS} }} }}"""
CHANGE = f"""mutation($id: ID, $variants: [ProductVariantsBulkInput!]!) {{
    productVariantsBulkUpdate(productId: $id, variants: $variants) {{ {VARIANTS} }} }}"""
REMOVE = f"""mutation($id: ID!, $ids: [ID!]!) {{
    productVariantsBulkDelete(productId: $id, variantsIds: $ids) {{ {VARIANTS} }} }}"""
MOVE = f"""mutation($id: ID!, $positions: [ProductVariantPositionInput!]!) {{
    productVariantsBulkReorder(productId: $id, positions: $positions) {{ {VARIANTS} }} }}"""
OPTIONS = f"product {{ options {{ name values }} variants(first: 50) {{ nodes {{ title }} }} }} {ERRORS}"
ADD_OPTIONS = f"""mutation($id: ID!, $options: [OptionCreateInput!]!, $strategy: ProductOptionVariantStrategy) {{
    productOptionsCreate(productId: $id, options: $options, variantStrategy: $strategy) {{ {OPTIONS} }} }}"""
CHANGE_OPTION = f"""mutation($id: ID!, $option: OptionUpdateInput!, $add: [OptionValueCreateInput!],
    $update: [OptionValueUpdateInput!], $delete: [ID!], $strategy: ProductOptionVariantStrategy) {{
    productOptionUpdate(productId: $id, option: $option, optionValuesToAdd: $add, optionValuesToUpdate: $update,
    optionValuesToDelete: $delete, variantStrategy: $strategy) {{ {OPTIONS} }} }}"""
REMOVE_OPTIONS = f"""mutation($id: ID!, $options: [ID!]!, $strategy: ProductOptionDeleteStrategy) {{
    productOptionsDelete(productId: $id, options: $options, strategy: $strategy) {{ {OPTIONS} }} }}"""
ORDER_OPTIONS = f"""mutation($id: ID!, $options: [OptionReorderInput!]!) {{
    productOptionsReorder(productId: $id, options: $options) {{ {OPTIONS} }} }}"""


def chosen(**values: str) -> list[dict[str, str]]:
    return [{"optionName": option, "name": value} for option, value in values.items()]


def titles(payload: Any) -> list[str]:
    return [node["title"] for node in payload["product"]["variants"]["nodes"]]


async def ids(product_id: int) -> dict[str, int]:
    return dict(await ProductVariant.filter(product_id=product_id).order_by("id").values_list("title", "id"))


@pytest.fixture
async def jumper(database: object) -> int:
    await a_shop()
    return await goods("a-jumper", sizes=("S", "M"), colours=("Green",))


async def test_the_variant_a_product_starts_with_makes_way_for_real_ones(jumper: int) -> None:
    product = (
        await did(CREATE, product={"title": "Hat", "productOptions": [{"name": "Size", "values": [{"name": "S"}]}]})
    )["product"]
    warehouse = await Location.get()
    attic = await Location.create(name="Attic", priority=2, created_at=warehouse.created_at)
    item = {
        "sku": "HAT-M",
        "cost": "4.50",
        "tracked": True,
        "measurement": {"weight": {"value": 0.25, "unit": "KILOGRAMS"}},
    }
    stock = [
        {"locationId": gid("Location", warehouse.id), "availableQuantity": 3},
        {"locationId": gid("Location", attic.id), "availableQuantity": 4},
    ]
    new = [
        {"optionValues": chosen(Size="M"), "price": "19.90", "inventoryItem": item, "inventoryQuantities": stock},
        {"optionValues": chosen(Size="L"), "price": "21", "compareAtPrice": "25.00", "inventoryPolicy": "CONTINUE"},
    ]

    payload = await did(ADD, id=product["id"], variants=new, strategy="REMOVE_STANDALONE_VARIANT")

    assert titles(payload) == ["M", "L"]
    assert [variant["price"] for variant in payload["productVariants"]] == ["19.9", "21.0"]
    row = await ProductVariant.get(sku="HAT-M")
    assert (row.weight_grams, row.weight_unit, row.cost, row.price) == (250, "KILOGRAMS", 450, 1990)
    levels = StockLevel.filter(variant_id=row.id).order_by("location__priority", "id")
    assert await levels.values_list("on_hand", "available") == [(3, 3), (4, 4)]
    assert await StockMovement.filter(level__variant_id=row.id).count() == 2
    product_row = await Product.get(title="Hat")
    assert (product_row.min_price, product_row.max_price) == (1990, 2100)
    values = ProductOptionValue.filter(option__product_id=product_row.id).order_by("position")
    assert [value.name for value in await values] == ["S", "M", "L"]


async def test_the_variant_a_product_starts_with_makes_way_for_one_of_the_same_options(jumper: int) -> None:
    options = [{"name": "Size", "values": [{"name": "S"}, {"name": "M"}]}]
    product = (await did(CREATE, product={"title": "Hat", "productOptions": options}))["product"]
    stock = [{"locationId": gid("Location", (await Location.get()).id), "availableQuantity": 3}]
    new = [{"optionValues": chosen(Size=size), "price": "19.90", "inventoryQuantities": stock} for size in "SM"]
    levels = await StockLevel.all().count()

    payload = await did(ADD, id=product["id"], variants=new, strategy="REMOVE_STANDALONE_VARIANT")

    assert [variant["title"] for variant in payload["productVariants"]] == titles(payload) == ["S", "M"]
    rows = StockLevel.filter(variant__product__title="Hat")
    assert await rows.values_list("on_hand", "available") == [(3, 3), (3, 3)]
    assert await StockLevel.all().count() == levels + 1  # the empty shelf of the one that made way went with it


async def test_variants_of_many_products_change_in_one_call_or_not_at_all(jumper: int) -> None:
    other = await goods("a-hat", sizes=("S",), colours=())
    variants = {**await ids(other), **await ids(jumper)}
    changes = [{"id": gid("ProductVariant", key), "price": "9.00"} for key in variants.values()]

    payload = await did(CHANGE, variants=changes)

    assert [each["price"] for each in payload["productVariants"]] == ["9.0"] * 3
    assert {row.min_price for row in await Product.all()} == {900}
    assert await AuditRecord.filter(action="productVariantsBulkUpdate").count() == 2
    record = await AuditRecord.filter(subject_key=str(other)).get()
    assert record.before is not None
    assert record.before["variants"] == {str(variants["S"]): {"price": 4500}}
    wrong = [*changes[:-1], {**changes[-1], "price": "-1"}]
    assert await refused(CHANGE, variants=wrong) == (["variants", "2", "price"], "GREATER_THAN_OR_EQUAL_TO")
    stranger = [*changes, {"id": gid("ProductVariant", 9_999), "price": "1"}]
    assert (await refused(CHANGE, variants=stranger))[0] == ["variants", "3", "id"]
    assert (await refused(CHANGE, id=gid("Product", jumper), variants=changes))[0] == ["variants", "0", "id"]


async def test_statements_do_not_grow_with_the_variants_of_a_call(jumper: int) -> None:
    counts = []
    for number in (1, 4):
        for more in range(number):
            await goods(f"product-{number}-{more}")
        keys = await ProductVariant.all().values_list("id", flat=True)
        with counted() as statements:
            await did(CHANGE, variants=[{"id": gid("ProductVariant", key), "price": str(number)} for key in keys])
        counts.append(statements.count)
    assert counts[0] == counts[1]


async def test_two_variants_swap_their_options(jumper: int) -> None:
    keys = await ids(jumper)
    changes = [
        {"id": gid("ProductVariant", keys["S / Green"]), "optionValues": chosen(Size="M")},
        {"id": gid("ProductVariant", keys["M / Green"]), "optionValues": chosen(Size="S")},
    ]

    await did(CHANGE, id=gid("Product", jumper), variants=changes)

    assert await ids(jumper) == {"S / Green": keys["M / Green"], "M / Green": keys["S / Green"]}


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"optionValues": chosen(Size="S", Colour="Green")}, ["variants", "0"], "VARIANT_ALREADY_EXISTS"),
        ({"optionValues": chosen(Size="L")}, ["variants", "0", "optionValues"], "NEED_TO_ADD_OPTION_VALUES"),
        ({"optionValues": chosen(Length="L")}, ["variants", "0", "optionValues"], "INVALID_OPTION"),
        ({"price": "1"}, ["variants", "0", "optionValues"], "BLANK"),
        ({"optionValues": chosen(Size="", Colour="Green")}, ["variants", "0", "optionValues"], "INVALID_OPTION_VALUE"),
        ({"optionValues": chosen(Size="L", Colour="Green"), "price": "1.234"}, ["variants", "0", "price"], "INVALID"),
        (
            {"optionValues": chosen(Size="L", Colour="Green"), "mediaId": "gid://shopwright/MediaImage/99"},
            ["variants", "0", "mediaId"],
            "MEDIA_DOES_NOT_EXIST",
        ),
    ],
)
async def test_a_variant_that_cannot_be_is_refused_by_its_place(
    jumper: int, wrong: dict[str, Any], field: list[str], code: str
) -> None:
    assert await refused(ADD, id=gid("Product", jumper), variants=[wrong]) == (field, code)


async def test_variants_are_deleted_but_for_the_last(jumper: int) -> None:
    keys = await ids(jumper)
    payload = await did(REMOVE, id=gid("Product", jumper), ids=[gid("ProductVariant", keys["S / Green"])])

    assert titles(payload) == ["M / Green"]
    last = [gid("ProductVariant", keys["M / Green"])]
    assert (await refused(REMOVE, id=gid("Product", jumper), ids=last))[1] == "CANNOT_DELETE_LAST_VARIANT"
    strange = [gid("ProductVariant", keys["S / Green"])]
    assert (await refused(REMOVE, id=gid("Product", jumper), ids=strange))[1] == "PRODUCT_VARIANT_DOES_NOT_EXIST"


async def test_variants_move_within_their_product(jumper: int) -> None:
    keys = await ids(jumper)
    places = [{"id": gid("ProductVariant", keys["M / Green"]), "position": 1}]
    assert titles(await did(MOVE, id=gid("Product", jumper), positions=places)) == ["M / Green", "S / Green"]


async def test_an_option_more_gives_every_variant_its_first_value_or_makes_all_combinations(jumper: int) -> None:
    fits = [{"name": "Fit", "values": [{"name": "Slim"}, {"name": "Wide"}]}]
    keys = await ids(jumper)

    payload = await did(ADD_OPTIONS, id=gid("Product", jumper), options=fits)

    assert titles(payload) == ["S / Green / Slim", "M / Green / Slim"]
    assert list((await ids(jumper)).values()) == list(keys.values())
    assert (await refused(ADD_OPTIONS, id=gid("Product", jumper), options=fits))[1] == "OPTIONS_OVER_LIMIT"
    hat = (await did(CREATE, product={"title": "Hat"}))["product"]
    made = await did(ADD_OPTIONS, id=hat["id"], options=fits, strategy="CREATE")
    assert made["product"]["options"] == [{"name": "Fit", "values": ["Slim", "Wide"]}]
    assert titles(made) == ["Slim", "Wide"]


async def test_values_are_added_renamed_and_deleted_and_variants_follow(jumper: int) -> None:
    option = await ProductOption.get(product_id=jumper, name="Size")
    values = dict(await ProductOptionValue.filter(option_id=option.id).values_list("name", "id"))
    keys = await ids(jumper)
    same = {"id": gid("ProductOption", option.id)}
    swap = [
        {"id": gid("ProductOptionValue", values["S"]), "name": "M"},
        {"id": gid("ProductOptionValue", values["M"]), "name": "S"},
    ]

    await did(CHANGE_OPTION, id=gid("Product", jumper), option={**same, "name": "Width", "position": 2}, update=swap)

    assert await ids(jumper) == {"Green / M": keys["S / Green"], "Green / S": keys["M / Green"]}
    assert (await ProductOption.get(id=option.id)).name == "Width"
    gone = [gid("ProductOptionValue", values["S"])]
    in_use = await refused(CHANGE_OPTION, id=gid("Product", jumper), option=same, delete=gone)
    assert in_use[1] == "CANNOT_DELETE_VALUE_WITH_VARIANTS"
    payload = await did(
        CHANGE_OPTION, id=gid("Product", jumper), option=same, delete=gone, add=[{"name": "XL"}], strategy="MANAGE"
    )
    assert titles(payload) == ["Green / S", "Green / XL"]


async def test_an_option_goes_where_nothing_differs_in_it_alone(jumper: int) -> None:
    size, colour = await ProductOption.filter(product_id=jumper).order_by("position").values_list("id", flat=True)
    payload = await did(REMOVE_OPTIONS, id=gid("Product", jumper), options=[gid("ProductOption", colour)])

    assert titles(payload) == ["S", "M"]
    size_only = {"id": gid("Product", jumper), "options": [gid("ProductOption", size)]}
    assert (await refused(REMOVE_OPTIONS, **size_only))[1] == "CANNOT_DELETE_OPTION_WITH_MULTIPLE_VALUES"
    payload = await did(REMOVE_OPTIONS, **size_only, strategy="POSITION")
    assert payload["product"]["options"] == [{"name": "Title", "values": ["Default Title"]}]
    assert titles(payload) == ["Default Title"]


async def test_options_and_values_are_put_in_another_order(jumper: int) -> None:
    order = [{"name": "Colour"}, {"name": "Size", "values": [{"name": "M"}]}]
    payload = await did(ORDER_OPTIONS, id=gid("Product", jumper), options=order)

    assert [option["values"] for option in payload["product"]["options"]] == [["Green"], ["M", "S"]]
    assert titles(payload) == ["Green / M", "Green / S"]
    assert (await refused(ORDER_OPTIONS, id=gid("Product", jumper), options=[{"name": "Size"}]))[1] == "MISSING_OPTION"


async def test_a_variant_that_may_be_oversold_may_be_so_on_its_shelf(jumper: int) -> None:
    keys = await ids(jumper)
    key = keys["S / Green"]
    change = [{"id": gid("ProductVariant", key), "inventoryPolicy": "CONTINUE"}]
    await did(CHANGE, id=gid("Product", jumper), variants=change)

    assert (await StockLevel.get(variant_id=key)).oversell
    assert (await ProductVariant.get(id=key)).inventory_policy is InventoryPolicy.CONTINUE


async def test_staff_find_variants(jumper: int) -> None:
    document = "query($query: String) { productVariants(first: 9, query: $query) { nodes { sku displayName } } }"
    asked = await CLERK.ask(document, query="sku:a-jumper-1")
    assert asked.data["productVariants"]["nodes"] == [{"sku": "a-jumper-1", "displayName": "A jumper - M / Green"}]
    assert (await CLERK.ask(document, query="colour:red")).codes == ["BAD_USER_INPUT"]
    assert await OutboxEvent.filter(kind="product.updated").count() == 0
