"""Staff find customers, make accounts for them, keep what is told of them, and forget them."""

from typing import Any

import pytest

from commerce.customers import create_customer
from models.customers import Customer, CustomerAddress
from models.outbox import OutboxEvent
from models.staff import AuditRecord
from tests.catalogue import counted
from tests.shop import NOON, a_shop, an_order
from tests.staffing import done, gid, key_of, look, refusal

pytestmark = pytest.mark.usefixtures("database")

SHOWN = """customer { id email firstName lastName displayName phone state note tags numberOfOrders
    addressesV2(first: 5) { nodes { id city formatted } } defaultAddress { city } }"""
BERLIN = {
    "lastName": "Lovelace",
    "address1": "Unter den Linden 1",
    "city": "Berlin",
    "zip": "10117",
    "countryCode": "DE",
}


async def customer(email: str = "ada@example.com", **told: Any) -> Any:
    return (await done("customerCreate", SHOWN, input={"email": email, **told}))["customer"]


async def test_an_account_is_made_without_a_password_and_invited_by_letter() -> None:
    told = {"firstName": "Ada", "tags": ["vip", " vip", "wool"], "note": "Likes moss.", "addresses": [BERLIN]}
    made = await customer(" Ada@Example.com ", **told)
    assert (made["email"], made["state"], made["tags"]) == ("ada@example.com", "INVITED", ["vip", "wool"])
    assert (made["displayName"], made["note"], made["numberOfOrders"]) == ("Ada", "Likes moss.", "0")
    assert made["defaultAddress"] == {"city": "Berlin"}
    assert await OutboxEvent.filter(kind="recovery.asked").count() == 0

    await done("customerSendAccountInviteEmail", SHOWN, customerId=made["id"])

    asked = await OutboxEvent.get(kind="recovery.asked")
    assert asked.payload == {"customer_id": key_of(made["id"])}
    kept = await AuditRecord.all().order_by("id").first()
    assert kept is not None
    assert "password_hash" not in (kept.after or {})
    active = await create_customer({"email": "grace@example.com"}, "difference engine", now=NOON)
    refused = await refusal("customerSendAccountInviteEmail", customerId=gid("Customer", active))
    assert refused == ("CANNOT_INVITE", "customerId")


async def test_what_is_told_changes_and_null_empties() -> None:
    made = await customer(firstName="Ada", phone="+4512345678", note="x")
    told = {"id": made["id"], "lastName": "Lovelace", "phone": None, "note": None}
    changed = (await done("customerUpdate", SHOWN, input=told))["customer"]
    assert (changed["displayName"], changed["phone"], changed["note"]) == ("Ada Lovelace", None, None)
    other = await customer("grace@example.com")
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"email": "ADA@example.com"}, "TAKEN", "email"),
        ({"email": "nobody"}, "INVALID", "email"),
        ({"email": None}, "BLANK", "email"),
        ({"phone": "call me"}, "INVALID", "phone"),
        ({"phone": "1" * 40}, "TOO_LONG", "phone"),
        ({"firstName": "x" * 256}, "TOO_LONG", "firstName"),
        ({"lastName": "<b>x</b>"}, "CONTAINS_HTML_TAGS", "lastName"),
        ({"tags": ["x" * 256]}, "TOO_LONG", "tags"),
        ({"id": gid("Customer", 999_999)}, "NOT_FOUND", "id"),
    ]
    for told, code, at in cases:
        assert await refusal("customerUpdate", input={"id": other["id"], **told}) == (code, f"input.{at}")
    assert await refusal("customerCreate", input={"email": "ada@example.com"}) == ("TAKEN", "input.email")
    bad = {"email": "eva@example.com", "addresses": [BERLIN, {"city": "x"}]}
    assert await refusal("customerCreate", input=bad) == ("INVALID", "input.addresses.1.country_code")


async def test_a_customer_with_orders_is_not_forgotten() -> None:
    made, other = await customer(addresses=[BERLIN]), await customer("grace@example.com")
    await an_order(customer_id=key_of(other["id"]))
    assert await refusal("customerDelete", input={"id": other["id"]}) == ("HAS_ORDERS", "input.id")
    gone = await done("customerDelete", "deletedCustomerId", input={"id": made["id"]})
    assert gone["deletedCustomerId"] == made["id"]
    assert await Customer.all().count() == 1
    assert await CustomerAddress.all().count() == 0
    assert await refusal("customerDelete", input={"id": made["id"]}) == ("NOT_FOUND", "input.id")


async def test_the_address_book_is_kept_for_a_customer() -> None:
    made, other = await customer(addresses=[BERLIN]), await customer("grace@example.com")
    shape = "address { id city countryCode formatted }"
    told = {**BERLIN, "city": "Oslo", "countryCode": "NO", "zip": "0150"}
    added = await done("customerAddressCreate", shape, customerId=made["id"], address=told, setAsDefault=True)
    key = added["address"]["id"]
    shown = await look("query($id: ID!) { customer(id: $id) { defaultAddress { id city } } }", id=made["id"])
    assert shown["customer"]["defaultAddress"] == {"id": key, "city": "Oslo"}
    moved = {**told, "city": "Bergen"}
    changed = await done("customerAddressUpdate", shape, customerId=made["id"], addressId=key, address=moved)
    assert (changed["address"]["id"], changed["address"]["city"]) == (key, "Bergen")
    foreign = await refusal("customerAddressUpdate", customerId=other["id"], addressId=key, address=moved)
    assert foreign == ("NOT_FOUND", "addressId")
    assert (await refusal("customerAddressDelete", customerId=other["id"], addressId=key))[0] == "NOT_FOUND"
    await done("customerAddressDelete", "deletedAddressId", customerId=made["id"], addressId=key)
    assert await CustomerAddress.all().count() == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ada", ["ada@example.com"]),
        ("lovelace", ["ada@example.com"]),
        ("email:grace*", ["grace@example.com"]),
        ("state:invited", ["ada@example.com", "grace@example.com"]),
        ("-first_name:ada", ["grace@example.com"]),
        ("created_at:<2026-04-01", []),
    ],
)
async def test_customers_are_found_by_what_is_known_of_them(query: str, found: list[str]) -> None:
    await customer(firstName="Ada", lastName="Lovelace")
    await customer("grace@example.com", firstName="Grace")
    listed = await look("query($q: String) { customers(query: $q, sortKey: EMAIL) { nodes { email } } }", q=query)
    assert [node["email"] for node in listed["customers"]["nodes"]] == found


async def test_a_list_of_a_dozen_customers_costs_no_more_statements_than_one_of_two() -> None:
    await a_shop()
    counts = []
    for more in (2, 10):
        for number in range(more):
            made = await customer(f"{more}-{number}@example.com", addresses=[BERLIN])
            await an_order(customer_id=key_of(made["id"]))
        with counted() as statements:
            listed = await look(
                """{ customers(first: 50) { nodes { email state note numberOfOrders defaultAddress { city }
                addressesV2(first: 2) { nodes { city } } } } }"""
            )
        counts.append(statements.count)
    assert {node["numberOfOrders"] for node in listed["customers"]["nodes"]} == {"1"}
    assert counts[0] == counts[1] <= 6
