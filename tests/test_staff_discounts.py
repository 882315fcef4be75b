"""Staff make discounts of every kind the checkout knows, and the next cart feels it."""

from typing import Any

import pytest

from models.discounts import Discount, DiscountCode
from models.outbox import OutboxEvent
from models.staff import AuditRecord
from tests.buying import Basket, line
from tests.catalogue import collection, counted
from tests.goods import a_variant, a_zone
from tests.shop import a_shop
from tests.staffing import done, gid, key_of, look, refusal

pytestmark = pytest.mark.usefixtures("database")

BASIC = """codeDiscountNode { id codeDiscount { __typename ... on DiscountCodeBasic {
    title status usageLimit appliesOncePerCustomer asyncUsageCount startsAt endsAt customerIds
    combinesWith { productDiscounts orderDiscounts shippingDiscounts }
    minimumRequirement { subtotal { amount } quantity }
    customerGets { value { percentage amount { amount } appliesOnEachItem quantity }
                   items { allItems productIds collectionIds } }
    codes(first: 5) { nodes { id code } } } } }"""
NODE = "codeDiscountNode { id codeDiscount { __typename } }"
ITSELF = "automaticDiscountNode { id automaticDiscount { __typename } }"


def tenth(**more: Any) -> dict[str, Any]:
    return {"title": "A tenth off", "code": "TENTH", "customerGets": {"value": {"percentage": 0.1}}, **more}


async def make(told: dict[str, Any]) -> Any:
    answer = await done("discountCodeBasicCreate", BASIC, basicCodeDiscount=told)
    return answer["codeDiscountNode"]


async def total(*lines: dict[str, Any], codes: tuple[str, ...] = ()) -> str:
    cart = await Basket().create(lines=list(lines), discountCodes=list(codes))
    return str(cart["cost"]["totalAmount"]["amount"])


async def test_a_share_off_by_code_is_made_shown_recorded_and_used() -> None:
    variant = await a_variant(price=1_000)
    made = await make(
        tenth(
            usageLimit=5,
            appliesOncePerCustomer=True,
            minimumRequirement={"subtotal": {"greaterThanOrEqualToSubtotal": "15.00"}},
            combinesWith={"shippingDiscounts": True},
        )
    )

    shown = made["codeDiscount"]
    assert shown["__typename"] == "DiscountCodeBasic"
    assert (shown["status"], shown["usageLimit"], shown["appliesOncePerCustomer"]) == ("ACTIVE", 5, True)
    assert shown["customerGets"]["value"]["percentage"] == 0.1
    assert shown["customerGets"]["items"]["allItems"] is True
    assert shown["minimumRequirement"] == {"subtotal": {"amount": "15.0"}, "quantity": None}
    assert [code["code"] for code in shown["codes"]["nodes"]] == ["TENTH"]
    assert await total(line(variant, 2), codes=("tenth",)) == "18.0"
    assert await total(line(variant, 1), codes=("tenth",)) == "10.0"
    kept = await AuditRecord.get()
    assert (kept.action, kept.before, (kept.after or {})["codes"]) == ("discountCodeBasicCreate", None, ["TENTH"])
    assert [fact.kind for fact in await OutboxEvent.filter(aggregate="discount")] == ["discount.created"]


async def test_a_change_touches_what_is_told_and_nothing_else() -> None:
    variant, other = await a_variant(price=1_000), await a_variant(price=500)
    made = await make(tenth(usageLimit=5))
    value = {"discountAmount": {"amount": "2.50", "appliesOnEachItem": True}}
    goods = {"products": {"productsToAdd": [gid("Product", variant.product_id)]}}  # type: ignore[attr-defined]

    changed = await done(
        "discountCodeBasicUpdate",
        BASIC,
        id=made["id"],
        basicCodeDiscount={"customerGets": {"value": value, "items": goods}, "code": "NEW"},
    )

    shown = changed["codeDiscountNode"]["codeDiscount"]
    assert (shown["title"], shown["usageLimit"]) == ("A tenth off", 5)
    assert shown["customerGets"]["value"]["amount"] == {"amount": "2.5"}
    assert shown["customerGets"]["items"]["productIds"] == [gid("Product", variant.product_id)]  # type: ignore[attr-defined]
    assert await total(line(variant, 2), line(other, 1), codes=("new",)) == "20.0"
    assert await total(line(variant, 2), codes=("tenth",)) == "20.0"
    goods = {"products": {"productsToRemove": [gid("Product", variant.product_id)]}}  # type: ignore[attr-defined]
    await done("discountCodeBasicUpdate", BASIC, id=made["id"], basicCodeDiscount={"customerGets": {"items": goods}})
    assert await total(line(variant, 2), line(other, 1), codes=("new",)) == "17.5"


async def test_some_cheaper_with_others_and_delivery_for_nothing() -> None:
    await a_zone("DE", post=500)
    await a_shop()
    variant = await a_variant(price=1_000)
    await collection("warm", ())
    gift = {"quantity": "1", "effect": {"percentage": 1.0}}
    bxgy = {
        "title": "Three for two",
        "code": "THREE",
        "customerBuys": {"value": {"quantity": "2"}, "items": {"all": True}},
        "customerGets": {"value": {"discountOnQuantity": gift}, "items": {"all": True}},
        "combinesWith": {"shippingDiscounts": True},
    }
    made = await done("discountCodeBxgyCreate", NODE, bxgyCodeDiscount=bxgy)
    assert made["codeDiscountNode"]["codeDiscount"]["__typename"] == "DiscountCodeBxgy"
    assert await total(line(variant, 3), codes=("three",)) == "20.0"

    post = {
        "title": "We pay the post",
        "destination": {"countries": {"add": ["DE"]}},
        "combinesWith": {"productDiscounts": True},
        "minimumRequirement": {"quantity": {"greaterThanOrEqualToQuantity": "2"}},
    }
    free = await done("discountAutomaticFreeShippingCreate", ITSELF, freeShippingAutomaticDiscount=post)
    assert free["automaticDiscountNode"]["automaticDiscount"]["__typename"] == "DiscountAutomaticFreeShipping"
    for units, owed in ((1, "15.0"), (2, "20.0")):
        basket = Basket()
        await basket.create(lines=[line(variant, units)])
        assert (await basket.send_to())["cost"]["totalAmount"]["amount"] == owed


async def test_a_discount_comes_by_itself_until_it_is_deactivated() -> None:
    variant = await a_variant(price=1_000)
    told = {"title": "Spring", "customerGets": {"value": {"percentage": 0.5}}}
    made = await done("discountAutomaticBasicCreate", ITSELF, automaticBasicDiscount=told)
    key = made["automaticDiscountNode"]["id"]
    assert await total(line(variant)) == "5.0"

    await done("discountAutomaticDeactivate", ITSELF, id=key)
    assert await total(line(variant)) == "10.0"
    listed = await look('{ discountNodes(query: "status:expired method:automatic") { nodes { id } } }')
    assert len(listed["discountNodes"]["nodes"]) == 1
    await done("discountAutomaticActivate", ITSELF, id=key)
    assert await total(line(variant)) == "5.0"
    gone = await done("discountAutomaticDelete", "deletedAutomaticDiscountId", id=key)
    assert gone["deletedAutomaticDiscountId"] == key
    assert await total(line(variant)) == "10.0"


async def test_codes_are_added_and_taken_all_or_none_and_each_is_one_discount_s() -> None:
    made = await make(tenth())
    other = await make(tenth(code="OTHER"))
    key = made["id"]
    answer = await done("discountRedeemCodeBulkAdd", BASIC, discountId=key, codes=[{"code": "B"}, {"code": " C "}])
    codes = answer["codeDiscountNode"]["codeDiscount"]["codes"]["nodes"]
    assert [code["code"] for code in codes] == ["TENTH", "B", "C"]

    more = [{"code": "D"}, {"code": "other"}]
    assert await refusal("discountRedeemCodeBulkAdd", discountId=key, codes=more) == ("TAKEN", "codes.1.code")
    assert (await refusal("discountRedeemCodeBulkAdd", discountId=key, codes=[]))[0] == "TOO_MANY"
    own, foreign = codes[1]["id"], other["codeDiscount"]["codes"]["nodes"][0]["id"]
    taken = await refusal("discountCodeRedeemCodeBulkDelete", discountId=key, ids=[own, foreign])
    assert taken == ("NOT_FOUND", "ids")
    await done("discountCodeRedeemCodeBulkDelete", NODE, discountId=key, ids=[own])
    assert await DiscountCode.filter(discount_id=key_of(key)).count() == 2
    found = await look('{ codeDiscountNodeByCode(code: "tenTH") { id } }')
    assert found["codeDiscountNodeByCode"]["id"] == key
    long = await look(f'{{ codeDiscountNodeByCode(code: "{"x" * 256}") {{ id }} }}')
    assert long["codeDiscountNodeByCode"] is None


@pytest.mark.parametrize(
    ("told", "code", "at"),
    [
        ({"title": " "}, "BLANK", "title"),
        ({"title": "x" * 256}, "TOO_LONG", "title"),
        ({"code": ""}, "BLANK", "code"),
        ({"code": "x" * 256}, "TOO_LONG", "code"),
        ({"customerGets": None}, "BLANK", "customerGets.value"),
        ({"customerGets": {"value": {"percentage": 1.5}}}, "INVALID", "customerGets.value.percentage"),
        ({"customerGets": {"value": {"percentage": 0.0}}}, "INVALID", "customerGets.value.percentage"),
        ({"customerGets": {"value": {}}}, "INVALID", "customerGets.value"),
        (
            {"customerGets": {"value": {"discountAmount": {"amount": "0.001"}}}},
            "INVALID",
            "customerGets.value.discountAmount.amount",
        ),
        ({"usageLimit": 0}, "GREATER_THAN_OR_EQUAL_TO", "usageLimit"),
        ({"startsAt": "2026-05-01T00:00:00Z", "endsAt": "2026-04-01T00:00:00Z"}, "INVALID", "endsAt"),
        (
            {"minimumRequirement": {"quantity": {"greaterThanOrEqualToQuantity": "0"}}},
            "INVALID",
            "minimumRequirement.quantity.greaterThanOrEqualToQuantity",
        ),
        (
            {"customerSelection": {"customers": {"add": [gid("Customer", 999_999)]}}},
            "NOT_FOUND",
            "customerSelection.customers",
        ),
    ],
)
async def test_terms_that_cannot_be_are_refused_by_name(told: dict[str, Any], code: str, at: str) -> None:
    refused = await refusal("discountCodeBasicCreate", basicCodeDiscount=tenth(**told))
    assert refused == (code, f"basicCodeDiscount.{at}")


async def test_a_discount_of_another_kind_or_in_use_is_not_touched() -> None:
    key = (await make(tenth()))["id"]
    missing = gid("DiscountCodeNode", 999_999)
    assert await refusal("discountCodeBasicUpdate", id=missing, basicCodeDiscount={}) == ("NOT_FOUND", "id")
    assert (await refusal("discountCodeBxgyUpdate", id=key, bxgyCodeDiscount={}))[0] == "NOT_FOUND"
    assert (await refusal("discountAutomaticDelete", id=key))[0] == "NOT_FOUND"
    await Discount.filter(id=key_of(key)).update(uses=3)
    told = {"usageLimit": 2}
    assert (await refusal("discountCodeBasicUpdate", id=key, basicCodeDiscount=told))[
        1
    ] == "basicCodeDiscount.usageLimit"


async def test_a_list_of_a_dozen_discounts_costs_no_more_statements_than_one_of_two() -> None:
    await a_shop()
    counts = []
    for more in (2, 10):
        for number in range(more):
            await make(tenth(code=f"{more}-{number}"))
        with counted() as statements:
            found = await look(
                """{ discountNodes(first: 50, sortKey: TITLE, reverse: true) { nodes { discount {
                ... on DiscountCodeBasic { title codes(first: 3) { nodes { code } } } } } } }"""
            )
        counts.append(statements.count)
    assert len(found["discountNodes"]["nodes"]) == 12
    assert counts[0] == counts[1] <= 4
