"""Staff say where the shop sends to, what the state adds, and what the shop is; the next cart follows."""

from typing import Any

import pytest

from models.content import Policy
from models.delivery import ShippingRate, TaxRate
from models.shop import Shop
from models.staff import AuditRecord
from tests.buying import Basket, line
from tests.catalogue import counted
from tests.goods import a_variant
from tests.shop import a_shop, an_order
from tests.staffing import done, gid, look, refusal

pytestmark = pytest.mark.usefixtures("database")

ZONE = (
    "deliveryZone { id name countries rates { id title price { amount } freeFrom { amount } maxWeightGrams active } }"
)
POST = {"title": "By post", "price": "4.90", "freeFrom": "75.00", "maxWeightGrams": 20_000}


async def zone(**more: Any) -> Any:
    told = {"name": "Germany", "countries": ["de"], "rates": [POST], **more}
    return (await done("deliveryZoneCreate", ZONE, input=told))["deliveryZone"]


async def options(*, country: str = "DE", units: int = 1) -> list[tuple[str, str]]:
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=1_000, weight_grams=5_000), units)])
    groups = (await basket.send_to(countryCode=country))["deliveryGroups"]["nodes"]
    return [(each["title"], each["estimatedCost"]["amount"]) for each in groups[0]["deliveryOptions"]]


async def test_a_zone_with_its_rates_is_offered_within_their_bounds() -> None:
    made = await zone()
    assert made["countries"] == ["DE"]
    assert made["rates"][0]["price"] == {"amount": "4.9"}
    assert await options() == [("By post", "4.9")]
    assert await options(units=8) == []
    van = {"title": "By van", "price": "19", "minWeightGrams": 20_001}
    await done("deliveryRateCreate", "deliveryRate { position }", zoneId=made["id"], input=van)
    assert await options(units=8) == [("By van", "19.0")]
    rate = made["rates"][0]["id"]
    await done("deliveryRateUpdate", "deliveryRate { id }", id=rate, input={"price": "0.00", "freeFrom": None})
    assert await options() == [("By post", "0.0")]
    assert (await ShippingRate.get(title="By post")).free_from is None
    await done("deliveryRateDelete", "deletedDeliveryRateId", id=rate)
    assert await options() == []
    moved = await done("deliveryZoneUpdate", ZONE, id=made["id"], input={"countries": ["FR", "US-NY"], "name": "Far"})
    assert (moved["deliveryZone"]["name"], moved["deliveryZone"]["countries"]) == ("Far", ["FR", "US-NY"])
    gone = await done("deliveryZoneDelete", "deletedDeliveryZoneId", id=made["id"])
    assert gone["deletedDeliveryZoneId"] == made["id"]
    assert await ShippingRate.all().count() == 0
    assert await AuditRecord.all().count() == 6


async def test_zones_and_rates_that_cannot_be_are_refused_by_name() -> None:
    made = await zone()
    create = "deliveryZoneCreate"
    base: dict[str, Any] = {"name": "Other", "countries": ["FR"]}
    assert await refusal(create, input={**base, "name": "Germany"}) == ("TAKEN", "input.name")
    assert await refusal(create, input={**base, "countries": ["FR", "DE"]}) == ("TAKEN", "input.countries.1")
    for place in ("Atlantis", "QQ", "", "US-", "FR-\u0661"):
        assert await refusal(create, input={**base, "countries": [place]}) == ("INVALID", "input.countries.0")
    assert await refusal(create, input={**base, "countries": []}) == ("BLANK", "input.countries")
    bad: list[tuple[dict[str, Any], str, str]] = [
        ({"price": "-1"}, "GREATER_THAN_OR_EQUAL_TO", "price"),
        ({"price": "0.001"}, "INVALID", "price"),
        ({"title": " "}, "BLANK", "title"),
        ({"minQuantity": -1}, "GREATER_THAN_OR_EQUAL_TO", "minQuantity"),
        ({"minWeightGrams": 30_000}, "INVALID", "maxWeightGrams"),
    ]
    for told, code, at in bad:
        assert await refusal(create, input={**base, "rates": [POST, {**POST, **told}]}) == (code, f"input.rates.1.{at}")
        assert await refusal("deliveryRateUpdate", id=made["rates"][0]["id"], input=told) == (code, f"input.{at}")
    missing = gid("DeliveryZone", 999_999)
    assert await refusal("deliveryZoneUpdate", id=missing, input={}) == ("NOT_FOUND", "id")
    assert await refusal("deliveryRateCreate", zoneId=missing, input=POST) == ("NOT_FOUND", "zoneId")
    assert (await refusal("deliveryRateDelete", id=gid("DeliveryRate", 999_999)))[0] == "NOT_FOUND"


async def test_taxes_are_charged_changed_and_dropped() -> None:
    shown = "taxRate { id country province title rate onShipping }"
    made = (await done("taxRateCreate", shown, input={"country": "DE", "title": "MwSt", "rate": 0.19}))["taxRate"]
    assert (made["country"], made["province"], made["rate"], made["onShipping"]) == ("DE", None, 0.19, True)
    assert (await TaxRate.get(country="DE")).rate == 190_000
    changed = await done("taxRateUpdate", shown, id=made["id"], input={"rate": 0.081, "onShipping": False})
    assert (changed["taxRate"]["rate"], changed["taxRate"]["title"]) == (0.081, "MwSt")
    again: dict[str, Any] = {"country": "DE", "title": "MwSt", "rate": 0.1}
    assert await refusal("taxRateCreate", input=again) == ("TAKEN", "input.title")
    for rate in (-0.1, 1.1, 1e300):
        assert await refusal("taxRateCreate", input={**again, "title": "X", "rate": rate}) == ("INVALID", "input.rate")
    found = await look('{ taxRates(query: "country:de", sortKey: RATE) { nodes { title } } }')
    assert found["taxRates"]["nodes"] == [{"title": "MwSt"}]
    await done("taxRateDelete", "deletedTaxRateId", id=made["id"])
    assert await refusal("taxRateDelete", id=made["id"]) == ("NOT_FOUND", "id")


async def test_the_shop_is_told_of_and_its_currency_stays_once_money_was_promised() -> None:
    await a_shop()
    told = {
        "name": "Larkmoor",
        "country": "IE",
        "currency": "NOK",
        "manualPaymentMethods": [" bank  transfer ", "cash"],
    }
    shown = "shop { name countryCode currencyCode manualPaymentMethods orderNumberFormatPrefix email description }"
    answer = await done("shopUpdate", shown, input={**told, "orderNumberPrefix": "L-", "description": "Wool."})
    assert answer["shop"] == {
        "name": "Larkmoor",
        "countryCode": "IE",
        "currencyCode": "NOK",
        "manualPaymentMethods": ["bank transfer", "cash"],
        "orderNumberFormatPrefix": "L-",
        "email": None,
        "description": "Wool.",
    }
    kept = await AuditRecord.get()
    assert [(side or {})["name"] for side in (kept.before, kept.after)] == ["The Wool Shop", "Larkmoor"]
    await an_order()
    assert await refusal("shopUpdate", input={"currency": "EUR", "name": "Lark"}) == ("IN_USE", "input.currency")
    assert await refusal("shopUpdate", input={"name": ""}) == ("BLANK", "input.name")
    assert await refusal("shopUpdate", input={"email": "nobody"}) == ("INVALID", "input.email")
    assert await refusal("shopUpdate", input={"returnWindowDays": -1}) == (
        "GREATER_THAN_OR_EQUAL_TO",
        "input.returnWindowDays",
    )
    long = {"manualPaymentMethods": ["x" * 65]}
    assert await refusal("shopUpdate", input=long) == ("INVALID", "input.manualPaymentMethods.0")
    assert await refusal("shopUpdate", input={"orderNumberPrefix": "x" * 17}) == ("TOO_LONG", "input.orderNumberPrefix")
    assert (await Shop.get(id=1)).name == "Larkmoor"


async def test_a_legal_text_is_written_once_for_each_kind() -> None:
    text = {"type": "REFUND_POLICY", "body": "<p>Thirty days.</p>"}
    first = await done("shopPolicyUpdate", "shopPolicy { id type title body }", shopPolicy=text)
    assert (first["shopPolicy"]["type"], first["shopPolicy"]["title"]) == ("REFUND_POLICY", "Refund policy")
    text = {**text, "body": "<p>Forty.</p>", "title": "Refunds"}
    again = await done("shopPolicyUpdate", "shopPolicy { id title body }", shopPolicy=text)
    assert again["shopPolicy"] == {"id": first["shopPolicy"]["id"], "title": "Refunds", "body": "<p>Forty.</p>"}
    assert await Policy.all().count() == 1
    assert await refusal("shopPolicyUpdate", shopPolicy={**text, "body": " "}) == ("BLANK", "shopPolicy.body")
    shown = await look("{ shop { name shopPolicies { type body } } }")
    assert shown["shop"]["shopPolicies"] == [{"type": "REFUND_POLICY", "body": "<p>Forty.</p>"}]


async def test_a_list_of_zones_costs_no_more_statements_with_more_of_them() -> None:
    await a_shop()
    counts = []
    for places in (["DE", "FR"], ["NO", "SE", "DK", "FI", "IS", "PL"]):
        for place in places:
            await zone(name=place, countries=[place])
        with counted() as statements:
            found = await look("{ deliveryZones(first: 50, sortKey: NAME) { nodes { name rates { title } } } }")
        counts.append(statements.count)
    assert [node["name"] for node in found["deliveryZones"]["nodes"]][:2] == ["DE", "DK"]
    assert counts[0] == counts[1] <= 4
