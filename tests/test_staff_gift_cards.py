"""Staff issue, top up, charge and end gift cards; nobody ever reads a code again."""

from typing import Any

import pytest

from models.gift_cards import GiftCard, GiftCardEntry
from models.outbox import OutboxEvent
from models.staff import AuditRecord
from tests.both_ways import at_once
from tests.buying import Basket, line
from tests.goods import a_variant
from tests.shop import a_shop
from tests.staffing import act, done, gid, key_of, look, refusal

CARD = "giftCard { id lastCharacters maskedCode balance { amount } initialValue { amount } enabled note expiresAt }"
MOVED = "{ amount { amount } note giftCard { balance { amount } } }"


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currencyCode": "EUR"}


async def issue(**told: Any) -> Any:
    return await done("giftCardCreate", f"{CARD} giftCardCode", input={"initialValue": "50.00", **told})


@pytest.mark.usefixtures("database")
async def test_a_card_is_issued_with_a_code_that_is_told_once_and_kept_nowhere() -> None:
    made = await issue(note="For Ada")
    code, card = made["giftCardCode"], made["giftCard"]
    assert len(code) == 16
    assert (card["balance"], card["enabled"], card["note"]) == ({"amount": "50.0"}, True, "For Ada")
    assert code.endswith(card["lastCharacters"])
    everything = [await table.all().values() for table in (GiftCard, GiftCardEntry, OutboxEvent, AuditRecord)]
    assert code not in str(everything)
    assert (await AuditRecord.get()).after is not None
    assert "code_digest" not in str(await AuditRecord.all().values("after"))
    basket = Basket()
    await basket.create(lines=[line(await a_variant(price=1_000))])
    cart = await basket.do("cartGiftCardCodesUpdate", "$codes: [String!]!", "giftCardCodes: $codes", codes=[code])
    assert cart["cost"]["checkoutChargeAmount"]["amount"] == "0.0"


@pytest.mark.usefixtures("database")
async def test_a_chosen_code_is_taken_once_however_it_is_written() -> None:
    made = await issue(code="LARK-MOOR-GIFT-2026")
    assert (made["giftCardCode"], made["giftCard"]["lastCharacters"]) == ("LARK-MOOR-GIFT-2026", "2026")
    told = {"initialValue": "5.00"}
    again = await refusal("giftCardCreate", input={**told, "code": "larkmoorgift2026"})
    assert again == ("TAKEN", "input.code")
    for code in ("short", "x" * 21, "", "gïftgïft"):
        assert await refusal("giftCardCreate", input={**told, "code": code}) == ("INVALID", "input.code")
    for amount in ("0", "-1", "0.001", "99999999999999"):
        assert (await refusal("giftCardCreate", input={"initialValue": amount}))[1] == "input.initialValue"
    past = {**told, "expiresAt": "2020-01-01T00:00:00Z"}
    assert await refusal("giftCardCreate", input=past) == ("INVALID", "input.expiresAt")


@pytest.mark.usefixtures("database")
async def test_money_moves_within_what_a_card_was_made_with_and_every_movement_is_entered() -> None:
    key = (await issue())["giftCard"]["id"]
    less = await done(
        "giftCardDebit",
        f"giftCardDebitTransaction {MOVED}",
        id=key,
        debitInput={"debitAmount": euros("20.00"), "note": "Sold by telephone"},
    )
    assert less["giftCardDebitTransaction"] == {
        "amount": {"amount": "-20.0"},
        "note": "Sold by telephone",
        "giftCard": {"balance": {"amount": "30.0"}},
    }
    more = {"creditAmount": euros("5.00")}
    await done("giftCardCredit", f"giftCardCreditTransaction {MOVED}", id=key, creditInput=more)
    too_much = {"creditAmount": euros("15.01")}
    assert (await refusal("giftCardCredit", id=key, creditInput=too_much))[0] == "GIFT_CARD_LIMIT_EXCEEDED"
    beyond = {"debitAmount": euros("35.01")}
    assert (await refusal("giftCardDebit", id=key, debitInput=beyond))[0] == "INSUFFICIENT_FUNDS"
    kroner = {"debitAmount": {"amount": "1", "currencyCode": "NOK"}}
    assert (await refusal("giftCardDebit", id=key, debitInput=kroner))[0] == "MISMATCHING_CURRENCY"
    long = {"debitAmount": euros("1.00"), "note": "x" * 256}
    assert await refusal("giftCardDebit", id=key, debitInput=long) == ("TOO_LONG", "debitInput.note")
    shown = await look(
        "query($id: ID!) { giftCard(id: $id) { transactions { nodes { kind amount { amount } } } } }", id=key
    )
    entries = [(entry["kind"], entry["amount"]["amount"]) for entry in shown["giftCard"]["transactions"]["nodes"]]
    assert entries == [("issued", "50.0"), ("adjusted", "-20.0"), ("adjusted", "5.0")]


async def test_two_people_who_charge_a_card_at_once_take_no_more_than_it_holds(committed: object) -> None:
    await a_shop()
    key = (await issue())["giftCard"]["id"]
    told = {"debitAmount": euros("30.00")}
    tries = [act("giftCardDebit", f"giftCardDebitTransaction {MOVED}", id=key, debitInput=told) for _ in range(3)]
    answers = await at_once(*tries)
    assert sorted(len(answer["userErrors"]) for answer in answers) == [0, 1, 1]
    card = await GiftCard.get(id=key_of(key))
    assert card.balance == sum(entry.amount for entry in await GiftCardEntry.filter(gift_card_id=card.id)) == 2_000


@pytest.mark.usefixtures("database")
async def test_a_card_ends_for_good_and_lists_are_searched() -> None:
    full, ended = (await issue())["giftCard"], (await issue())["giftCard"]
    for _ in range(2):
        answer = await done("giftCardDeactivate", CARD, id=ended["id"])
        assert answer["giftCard"]["enabled"] is False
    told = {"debitAmount": euros("1.00")}
    assert await refusal("giftCardDebit", id=ended["id"], debitInput=told) == ("GIFT_CARD_CLOSED", "id")
    changed = await done(
        "giftCardUpdate", CARD, id=full["id"], input={"note": "x", "expiresAt": "2027-01-01T00:00:00Z"}
    )
    assert (changed["giftCard"]["note"], changed["giftCard"]["expiresAt"]) == ("x", "2027-01-01T00:00:00Z")
    assert (await refusal("giftCardUpdate", id=gid("GiftCard", 999_999), input={}))[0] == "NOT_FOUND"
    listed = await look('{ giftCards(query: "status:enabled balance_status:full", sortKey: BALANCE) { nodes { id } } }')
    assert listed["giftCards"]["nodes"] == [{"id": full["id"]}]
