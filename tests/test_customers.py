"""Accounts: making one, signing in and out, the address book, and buying with it."""

import datetime as dt
from typing import Any

import pytest

from models.customers import Customer, CustomerToken
from resolvers.context import Viewer
from tests.buying import SCHEMA, Basket, line
from tests.goods import a_variant, a_zone
from tests.shop import NOON, Counter

pytestmark = pytest.mark.usefixtures("database")

ADA = {"email": "Ada@example.com", "password": "difference engine", "firstName": "Ada", "lastName": "Lovelace"}
HOME = {"address1": "Unter den Linden 1", "city": "Berlin", "zip": "10117", "country": "Germany", "lastName": "L"}
CREATE = """mutation($input: CustomerCreateInput!) { answer: customerCreate(input: $input) {
    customer { id email displayName } customerUserErrors { code field } userErrors { message } } }"""
SIGN_IN = """mutation($input: CustomerAccessTokenCreateInput!) { answer: customerAccessTokenCreate(input: $input) {
    customerAccessToken { accessToken expiresAt } customerUserErrors { code } } }"""
READ = """query($token: String!) { customer(customerAccessToken: $token) {
    email numberOfOrders orders(first: 5) { nodes { name } } defaultAddress { city country }
    addresses(first: 5) { nodes { id city countryCodeV2 } } } }"""


async def ask(document: str, *, at: dt.datetime = NOON, place: str = "", **variables: Any) -> Any:
    asked = await Counter(SCHEMA, clock=lambda: at, viewer=Viewer(address=place)).ask(document, **variables)
    assert asked.codes == [], asked.codes
    return next(iter(asked.data.values()))


async def signed_in() -> str:
    await ask(CREATE, input=ADA)
    who = {"email": "ada@EXAMPLE.com", "password": ADA["password"]}
    return str((await ask(SIGN_IN, input=who))["customerAccessToken"]["accessToken"])


async def test_an_account_is_made_once_for_an_email_and_keeps_no_password() -> None:
    first = await ask(CREATE, input=ADA)
    again = await ask(CREATE, input=ADA)

    assert first["customer"]["displayName"] == "Ada Lovelace"
    assert [error["code"] for error in again["customerUserErrors"]] == ["TAKEN"]
    kept = await Customer.get()
    assert kept.email == "ada@example.com"
    assert kept.password_hash is not None
    assert "difference" not in kept.password_hash


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"email": "nonsense"}, "INVALID"),
        ({"password": "1234"}, "TOO_SHORT"),
        ({"password": " spaced out"}, "PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE"),
        ({"firstName": "<b>Ada</b>"}, "CONTAINS_HTML_TAGS"),
    ],
)
async def test_what_cannot_be_kept_is_refused_and_makes_no_account(wrong: dict[str, str], code: str) -> None:
    answer = await ask(CREATE, input={**ADA, **wrong})

    assert [error["code"] for error in answer["customerUserErrors"]] == [code]
    assert await Customer.all().count() == 0


async def test_a_token_opens_the_account_until_it_ends_and_its_digest_alone_is_kept() -> None:
    token = await signed_in()

    assert (await ask(READ, token=token))["email"] == "ada@example.com"
    assert (await CustomerToken.get()).digest != token
    assert await ask(READ, token=token, at=NOON + dt.timedelta(days=31)) is None
    assert await ask(READ, token="somebody's") is None


async def test_a_token_is_renewed_and_given_up() -> None:
    old = await signed_in()
    renew = """mutation($token: String!) { customerAccessTokenRenew(customerAccessToken: $token) {
        customerAccessToken { accessToken } userErrors { message } } }"""
    new = (await ask(renew, token=old))["customerAccessToken"]["accessToken"]
    assert await ask(READ, token=old) is None
    assert (await ask(renew, token=old))["customerAccessToken"] is None

    delete = """mutation($token: String!) { customerAccessTokenDelete(customerAccessToken: $token) {
        deletedAccessToken userErrors { message } } }"""
    assert (await ask(delete, token=new))["deletedAccessToken"] == new
    assert await ask(READ, token=new) is None


async def test_who_guesses_has_to_wait_and_then_may_try_again() -> None:
    await signed_in()
    wrong = {"email": "ada@example.com", "password": "guess"}
    codes = [(await ask(SIGN_IN, input=wrong, place="10.0.0.7"))["customerUserErrors"][0]["code"] for _ in range(12)]

    assert codes == ["UNIDENTIFIED_CUSTOMER"] * 10 + ["THROTTLED"] * 2
    right = {**wrong, "password": ADA["password"]}
    assert (await ask(SIGN_IN, input=right, place="10.0.0.7"))["customerAccessToken"] is None
    later = NOON + dt.timedelta(minutes=16)
    assert (await ask(SIGN_IN, input=right, place="10.0.0.7", at=later))["customerAccessToken"] is not None


async def test_who_guesses_locks_nobody_out_elsewhere() -> None:
    await signed_in()
    wrong = {"email": "ada@example.com", "password": "guess"}
    for _ in range(12):
        await ask(SIGN_IN, input=wrong, place="10.0.0.7")

    right = {**wrong, "password": ADA["password"]}
    assert (await ask(SIGN_IN, input=right, place="10.0.0.8"))["customerAccessToken"] is not None


async def test_the_address_book_grows_changes_and_is_nobody_elses() -> None:
    token = await signed_in()
    create = """mutation($token: String!, $address: MailingAddressInput!) {
        customerAddressCreate(customerAccessToken: $token, address: $address) {
            customerAddress { id city } customerUserErrors { code } } }"""
    home = (await ask(create, token=token, address=HOME))["customerAddress"]["id"]
    assert (await ask(create, token="nobody's", address=HOME))["customerUserErrors"][0]["code"] == "TOKEN_INVALID"

    book = await ask(READ, token=token)
    assert book["defaultAddress"] == {"city": "Berlin", "country": "Germany"}
    delete = """mutation($token: String!, $id: ID!) { customerAddressDelete(customerAccessToken: $token, id: $id) {
        deletedCustomerAddressId customerUserErrors { code } } }"""
    assert (await ask(delete, token=token, id=home))["deletedCustomerAddressId"] == home
    assert (await ask(delete, token=token, id=home))["customerUserErrors"][0]["code"] == "NOT_FOUND"
    assert (await ask(READ, token=token))["addresses"]["nodes"] == []


async def test_what_a_customer_buys_is_among_their_orders() -> None:
    await a_zone()
    token = await signed_in()
    basket = Basket()
    identity = {"customerAccessToken": token}
    cart = await basket.create(lines=[line(await a_variant())], buyerIdentity=identity)
    assert cart["buyerIdentity"]["customer"] is not None
    await basket.send_to()
    await basket.pay()

    assert (await basket.submit())["__typename"] == "SubmitSuccess"

    read = await ask(READ, token=token)
    assert read["numberOfOrders"] == "1"
    assert len(read["orders"]["nodes"]) == 1
