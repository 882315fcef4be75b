"""Letters: a way back into an account, an invitation and what was ordered, sent once for each fact and never lost."""

import datetime as dt
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from commerce.letters import Office
from commerce.recovering import invite
from database.transactions import transaction
from mail.carriers import Folder, mail_address_of
from mail.letters import Mailer, Undeliverable
from models.customers import Customer, CustomerToken, TokenKind
from models.outbox import OutboxEvent
from outbox.record import record
from outbox.relay import place_facts
from resolvers.context import Viewer
from tests.buying import SCHEMA
from tests.shop import NOON, SIGNER, Counter, a_shop, an_order

pytestmark = pytest.mark.usefixtures("database")

ADA = {"email": "ada@example.com", "password": "difference engine"}
CREATE = """mutation($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }"""
SIGN_IN = """mutation($input: CustomerAccessTokenCreateInput!) { customerAccessTokenCreate(input: $input) {
    customerAccessToken { accessToken } } }"""
RECOVER = """mutation($email: String!) { customerRecover(email: $email) {
    customerUserErrors { code } userErrors { message } } }"""
CHOSEN = "customer { id email } customerAccessToken { accessToken } customerUserErrors { code field }"
RESET = f"mutation($id: ID!, $input: CustomerResetInput!) {{ customerReset(id: $id, input: $input) {{ {CHOSEN} }} }}"
BY_URL = f"mutation($url: URL!, $new: String!) {{ customerResetByUrl(resetUrl: $url, password: $new) {{ {CHOSEN} }} }}"
ACTIVATE = (
    f"mutation($id: ID!, $input: CustomerActivateInput!) {{ customerActivate(id: $id, input: $input) {{ {CHOSEN} }} }}"
)
LINK = re.compile(r"https://front\.example/account/(reset|activate)/(\d+)/(\w+)")
NEW = "analytical engine"


async def ask(document: str, *, at: dt.datetime = NOON, place: str = "", **variables: Any) -> Any:
    asked = await Counter(SCHEMA, clock=lambda: at, viewer=Viewer(address=place)).ask(document, **variables)
    assert asked.codes == [], asked.codes
    return next(iter(asked.data.values()))


def office(mailer: Mailer) -> Office:
    return Office(mailer, SIGNER, shop="https://shop.example", storefront="https://front.example")


async def letters(folder: Path) -> list[EmailMessage]:
    """Everything in the post box, once the worker has come by; it is emptied."""
    await a_shop()
    await place_facts()
    await office(Folder(folder)).send_letters(NOON)
    return emptied(folder)


def emptied(folder: Path) -> list[EmailMessage]:
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in sorted(folder.glob("*.eml"))]
    for file in folder.glob("*"):
        file.unlink()
    return [letter for letter in found if isinstance(letter, EmailMessage)]


async def ada() -> str:
    return str((await ask(CREATE, input=ADA))["customer"]["id"])


async def link_in_letter(folder: Path) -> re.Match[str]:
    (letter,) = await letters(folder)
    found = LINK.search(letter.get_content())
    assert found is not None
    return found


async def test_a_letter_lets_a_customer_choose_a_new_password_once(tmp_path: Path) -> None:
    key = await ada()
    await ask(RECOVER, email=" Ada@Example.com ")
    token = (await link_in_letter(tmp_path))[3]
    chosen = await ask(RESET, id=key, input={"resetToken": token, "password": NEW})

    assert chosen["customer"]["email"] == ADA["email"]
    assert chosen["customerAccessToken"]["accessToken"]
    again = await ask(RESET, id=key, input={"resetToken": token, "password": "another one"})
    assert again["customerUserErrors"] == [{"code": "TOKEN_INVALID", "field": ["input", "resetToken"]}]
    assert (await ask(SIGN_IN, input=ADA))["customerAccessToken"] is None
    assert (await ask(SIGN_IN, input={**ADA, "password": NEW}))["customerAccessToken"] is not None


async def test_a_new_password_ends_every_session(tmp_path: Path) -> None:
    key = await ada()
    old = (await ask(SIGN_IN, input=ADA))["customerAccessToken"]["accessToken"]
    await ask(RECOVER, email=ADA["email"])
    await ask(BY_URL, url=(await link_in_letter(tmp_path))[0], new=NEW)

    assert await ask("query($t: String!) { customer(customerAccessToken: $t) { id } }", t=old) is None
    assert key


async def test_a_letters_token_ends_after_two_hours_and_fits_no_other_customer(tmp_path: Path) -> None:
    key = await ada()
    await ask(RECOVER, email=ADA["email"])
    wanted = {"resetToken": (await link_in_letter(tmp_path))[3], "password": NEW}
    late = await ask(RESET, id=key, input=wanted, at=NOON + dt.timedelta(hours=2, seconds=1))
    other = await ask(RESET, id="gid://shopwright/Customer/999", input=wanted)
    assert late["customerUserErrors"][0]["code"] == other["customerUserErrors"][0]["code"] == "TOKEN_INVALID"

    assert (await ask(RESET, id=key, input=wanted))["customer"] is not None


async def test_a_token_to_reset_is_no_token_to_sign_in_or_to_activate(tmp_path: Path) -> None:
    key = await ada()
    await ask(RECOVER, email=ADA["email"])
    token = (await link_in_letter(tmp_path))[3]

    assert await ask("query($t: String!) { customer(customerAccessToken: $t) { id } }", t=token) is None
    refused = await ask(ACTIVATE, id=key, input={"activationToken": token, "password": NEW})
    assert refused["customerUserErrors"][0]["code"] == "TOKEN_INVALID"


async def test_nothing_that_is_kept_opens_an_account(tmp_path: Path) -> None:
    await ada()
    await ask(RECOVER, email=ADA["email"])
    assert await CustomerToken.all().count() == 0
    token = (await link_in_letter(tmp_path))[3]

    assert (await CustomerToken.get(kind=TokenKind.RESET)).digest != token
    assert token not in str(await OutboxEvent.all().values_list("payload"))


async def test_nobody_learns_whether_an_email_has_an_account(tmp_path: Path) -> None:
    await ada()
    known, unknown = [await ask(RECOVER, email=email) for email in (ADA["email"], "nobody@example.com")]

    assert known == unknown == {"customerUserErrors": [], "userErrors": []}
    assert [letter["To"] for letter in await letters(tmp_path)] == [ADA["email"]]


async def test_who_asks_for_letters_again_and_again_has_to_wait_even_within_one_request(tmp_path: Path) -> None:
    await ada()
    many = " ".join(
        f'a{n}: customerRecover(email: "ada@example.com") {{ customerUserErrors {{ code }} }}' for n in range(7)
    )
    asked = await Counter(SCHEMA).ask(f"mutation {{ {many} }}")

    refused = [name for name, answer in asked.data.items() if answer["customerUserErrors"]]
    assert refused == ["a5", "a6"]
    assert len(await letters(tmp_path)) == 5


async def test_an_invited_customer_chooses_the_first_password(tmp_path: Path) -> None:
    key = await invite({"email": "Grace@example.com"}, now=NOON)
    found = await link_in_letter(tmp_path)
    assert found[1] == "activate"
    activated = {"activationToken": found[3], "password": NEW}
    answer = await ask(ACTIVATE, id=f"gid://shopwright/Customer/{key}", input=activated)

    assert answer["customer"]["email"] == "grace@example.com"
    assert (await ask(SIGN_IN, input={"email": "grace@example.com", "password": NEW}))["customerAccessToken"]


async def test_an_order_is_confirmed_by_a_letter_with_its_link(tmp_path: Path) -> None:
    order = await an_order(email="ada@example.com")
    (letter,) = await letters(tmp_path)

    assert letter["To"] == "ada@example.com"
    assert letter["Subject"] == f"Order {order.name} at The Wool Shop"
    text = letter.get_content()
    assert "2 x Wool jumper  90.0 EUR" in text
    link = re.search(rf"https://shop\.example/orders/{order.id}#(\S+)", text)
    assert link is not None
    assert SIGNER.order_of_link(link[1], now=NOON) == order.token
    assert await letters(tmp_path) == []


class Away:
    """A mail server that is away for the first letter."""

    def __init__(self, failure: Exception) -> None:
        self.failure: Exception | None = failure
        self.taken: list[str] = []

    async def send(self, letter: EmailMessage) -> None:
        failure, self.failure = self.failure, None
        if failure is not None:
            raise failure
        self.taken.append(letter["To"])


async def test_a_letter_waits_for_a_mail_server_that_is_away() -> None:
    await an_order(email="ada@example.com")
    await an_order(email="grace@example.com")
    await a_shop()
    await place_facts()
    server = Away(OSError("away"))
    with pytest.raises(OSError, match="away"):
        await office(server).send_letters(NOON)
    await office(server).send_letters(NOON)

    assert server.taken == ["ada@example.com", "grace@example.com"]


async def test_a_letter_nobody_takes_does_not_hold_up_the_next() -> None:
    await an_order(email="ada@example.com")
    await an_order(email="grace@example.com")
    await a_shop()
    await place_facts()
    server = Away(Undeliverable())
    await office(server).send_letters(NOON)

    assert server.taken == ["grace@example.com"]


async def test_a_shop_s_name_adds_no_header(tmp_path: Path) -> None:
    await a_shop(name="Wool\r\nBcc: everybody@example.com")
    await an_order()
    (letter,) = await letters(tmp_path)

    assert letter["Bcc"] is None


async def test_a_change_that_is_undone_asks_for_no_letter(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await record("order.placed", aggregate="order", key=1, now=NOON)
            raise ZeroDivisionError

    assert await letters(tmp_path) == []


@pytest.mark.parametrize("text", ["", "\x01", "x" * 3_000, "http://[", "/account/reset/1/"])
async def test_texts_no_letter_holds_open_nothing(text: str) -> None:
    assert (await ask(RECOVER, email=text))["customerUserErrors"] == []
    answer = await ask(BY_URL, url=text, new=NEW)
    assert answer["customerUserErrors"][0]["code"] == "TOKEN_INVALID"


@pytest.mark.parametrize("wrong", ["mail.example", "http://mail.example", "smtp://"])
def test_an_address_that_is_no_mail_server_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        mail_address_of(wrong)


async def test_customers_are_never_told_apart_by_their_case(tmp_path: Path) -> None:
    await ada()
    await ask(RECOVER, email="ADA@EXAMPLE.COM")

    assert len(await letters(tmp_path)) == 1
    assert await Customer.all().count() == 1
