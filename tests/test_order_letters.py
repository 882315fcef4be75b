"""Letters about orders: what was sent, called off, paid back or comes back is told, and links are renewed."""

import datetime as dt
import re
from email import message_from_string, policy
from pathlib import Path
from typing import Any

import pytest

from commerce.access import ORDER_LINK_LIFETIME, LinkExpired, link_moment
from commerce.canceling import cancel_order
from commerce.fulfillment import Packing, Tracking, fulfill, track
from commerce.letters import Office
from commerce.moving_money import refund_order
from commerce.paid_by_hand import mark_as_paid
from commerce.returning import Wanted, decide_return, request_return
from drills.ground.crowd import crowd_at, shoppers, stock_of, submitted
from models.fulfillment import ReturnState
from models.orders import CancelReason, Order, OrderLine
from outbox.relay import place_facts
from resolvers.context import Viewer
from tests.buying import SCHEMA
from tests.goods import a_promised_order, a_variant
from tests.running import RunningShop, eventually, running_shop
from tests.shop import NOON, SIGNER, Counter, a_shop, an_order
from tests.test_customer_letters import letters
from tests.test_mail_server import PostOffice

LINK = re.compile(r"https://shop\.example/orders/\d+#(\S+)")
DHL = Tracking("DHL", ["0042"], ["https://dhl.example/0042"])
SEND = """mutation($id: ID!, $token: String!) { orderLinkSend(id: $id, token: $token) {
    userErrors { code retryAfter } } }"""
READ = "query($id: ID!, $token: String) { order(id: $id, token: $token) { statusUrl } }"
LATE = NOON + ORDER_LINK_LIFETIME


async def sent_order(*, notify: bool = True) -> tuple[Order, OrderLine, int]:
    order = await a_promised_order(await a_variant(), quantity=2)
    parcel = await fulfill(order.id, Packing(tracking=DHL, notify=notify), now=NOON)
    return order, await OrderLine.get(order_id=order.id), parcel


async def told(folder: Path) -> dict[str, str]:
    """What letters said, by their subject without the order's and the shop's names."""
    found = await letters(folder)
    order = await Order.first()
    assert order is not None
    assert order.name is not None
    names = re.compile(rf"\s*{re.escape(order.name)}| at The Wool Shop|[^\w ]")
    return {names.sub("", str(letter["Subject"])): letter.get_content() for letter in found}


@pytest.mark.usefixtures("database")
class TestLettersAboutOrders:
    """What the worker sends when it comes by."""

    async def test_a_parcel_is_told_with_its_goods_and_tracking(self, tmp_path: Path) -> None:
        order, line, _ = await sent_order()
        letter = (await told(tmp_path))["Your order is on its way"]

        assert "2 x Wool jumper" in letter
        assert "DHL 0042 https://dhl.example/0042" in letter
        found = LINK.search(letter)
        assert found is not None
        assert SIGNER.order_of_link(found[1], now=NOON) == order.token
        assert line.fulfilled == 2

    async def test_only_what_staff_want_told_is_told(self, tmp_path: Path) -> None:
        _, _, parcel = await sent_order(notify=False)
        await track(parcel, DHL, notify=False, now=NOON)
        assert list(await told(tmp_path)) == ["Order"]

        await track(parcel, Tracking("Post", ["77"]), notify=True, now=NOON)
        assert "Post 77" in (await told(tmp_path))["Where your order is"]

    async def test_a_canceled_order_is_told_once_however_often_it_is_canceled(self, tmp_path: Path) -> None:
        order = await a_promised_order(await a_variant())
        for _ in range(2):
            await cancel_order(order.id, CancelReason.STAFF, now=NOON)

        assert sorted(await told(tmp_path)) == ["Order", "Your order was canceled"]
        assert await told(tmp_path) == {}

    async def test_a_refund_is_told_with_its_amount_and_once_for_its_key(self, tmp_path: Path) -> None:
        order = await an_order()
        await mark_as_paid(order.id, now=NOON)
        for _ in range(2):
            await refund_order(order.id, 1_250, request_key="one", now=NOON)

        assert "12.5 EUR of your order" in (await told(tmp_path))["A refund for your order"]

    @pytest.mark.parametrize(
        ("state", "subject"),
        [(ReturnState.OPEN, "Send it back your order"), (ReturnState.DECLINED, "Your return of order")],
    )
    async def test_what_becomes_of_a_return_is_told(self, tmp_path: Path, state: ReturnState, subject: str) -> None:
        order, line, _ = await sent_order()
        request = await request_return(order.id, [Wanted(line.id, 1)], now=NOON, sent_after=NOON)
        await decide_return(request, state, now=NOON, reason="worn")

        letter = (await told(tmp_path))[subject]
        assert "1 x Wool jumper" in letter
        assert ("worn" in letter) == (state is ReturnState.DECLINED)

    async def test_an_order_without_an_email_asks_for_no_letter(self, tmp_path: Path) -> None:
        order = await an_order(email="")
        await cancel_order(order.id, CancelReason.STAFF, now=NOON)

        assert await letters(tmp_path) == []


@pytest.mark.usefixtures("database")
class TestLinks:
    """Links to orders: equal as long as they live, and renewed by mail alone."""

    async def ask(self, document: str, order: Order, token: str, at: dt.datetime, viewer: Viewer) -> Any:
        counter = Counter(SCHEMA, clock=lambda: at, viewer=viewer)
        return await counter.ask(document, id=f"gid://shopwright/Order/{order.id}", token=token)

    async def test_the_link_of_an_order_is_the_same_at_every_reading_and_reading_renews_none(self) -> None:
        order = await an_order()
        token = SIGNER.order_link(order.token, now=order.placed_at)
        urls = {
            (await self.ask(READ, order, token, NOON + dt.timedelta(days=day), Viewer())).data["order"]["statusUrl"]
            for day in (0, 1, 89)
        }
        assert urls == {f"https://shop.example/orders/{order.id}#{token}"}

        assert (await self.ask(READ, order, token, LATE, Viewer())).codes == ["LINK_EXPIRED"]

    async def test_an_owner_is_given_a_link_with_at_least_a_month_to_live(self) -> None:
        order = await an_order()
        staff = Viewer(scopes=frozenset({"read_orders"}))
        for day in (0, 59, 61, 90, 91, 400):
            at = NOON + dt.timedelta(days=day, hours=1)
            url = (await self.ask(READ, order, "", at, staff)).data["order"]["statusUrl"]
            token = url.partition("#")[2]
            assert SIGNER.order_of_link(token, now=at + dt.timedelta(days=29)) == order.token
            with pytest.raises(LinkExpired):
                SIGNER.order_of_link(token, now=at + ORDER_LINK_LIFETIME)
        assert link_moment(NOON, NOON + dt.timedelta(days=61)) == link_moment(NOON, NOON + dt.timedelta(days=90))

    async def test_who_holds_a_link_that_is_over_has_a_new_one_sent_to_the_order_s_email(self, tmp_path: Path) -> None:
        order = await an_order(email="ada@example.com")
        await letters(tmp_path)
        old = SIGNER.order_link(order.token, now=NOON)
        answer = await self.ask(SEND, order, old, LATE, Viewer(address="192.0.2.1"))

        assert answer.data["orderLinkSend"]["userErrors"] == []
        assert "token" not in str(answer.data).lower()
        (letter,) = await letters(tmp_path)
        assert letter["To"] == "ada@example.com"

    async def test_a_link_to_another_order_or_none_sends_nothing_and_asking_on_has_to_wait(
        self, tmp_path: Path
    ) -> None:
        order, other = await an_order(), await an_order()
        await letters(tmp_path)
        right, wrong = (SIGNER.order_link(each.token, now=NOON) for each in (order, other))
        for token in (wrong, "made up", ""):
            answer = await self.ask(SEND, order, token, LATE, Viewer())
            assert [error["code"] for error in answer.data["orderLinkSend"]["userErrors"]] == ["NOT_FOUND"]
        assert await letters(tmp_path) == []

        answers = [(await self.ask(SEND, order, right, LATE, Viewer())).data["orderLinkSend"] for _ in range(4)]
        assert [bool(answer["userErrors"]) for answer in answers] == [False, False, False, True]
        assert answers[3]["userErrors"] == [{"code": "THROTTLED", "retryAfter": "2026-06-30T13:00:00Z"}]
        assert len(await letters(tmp_path)) == 3


@pytest.mark.usefixtures("database")
async def test_letters_reach_a_mail_server_in_the_order_of_their_facts() -> None:
    await sent_order()
    await a_shop()
    await place_facts()
    post = PostOffice()
    async with post.open() as server:
        await Office(server, SIGNER, shop="https://shop.example", storefront="").send_letters(NOON)

    subjects = [message_from_string(text, policy=policy.default)["Subject"].split("#")[0] for text in post.taken]
    assert subjects == ["Order ", "Your order "]
    assert "DHL 0042" in post.taken[1]


async def taken_by(post: PostOffice, number: int) -> None:
    await eventually(lambda: len(post.taken) == number)


@pytest.mark.once
async def test_a_letter_taken_as_the_shop_is_killed_comes_again_and_none_is_lost(
    another_database: str, tmp_path: Path
) -> None:
    stock_of(another_database, tmp_path, units=2)
    running: list[RunningShop] = []
    post = PostOffice(after_taking=lambda: running[0].process.kill())
    async with post.open() as server:
        for letters_so_far in (1, 3):
            with running_shop(another_database, tmp_path, "--no-demo", SHOPWRIGHT_MAIL_URL=server.url) as shop:
                running.append(shop)
                async with crowd_at(shop) as client:
                    (shopper,) = await shoppers(client, 1)
                    await submitted(client, shopper)
                await taken_by(post, letters_so_far)
                await eventually(lambda: running[0].process.poll() is not None)

    ids = [message_from_string(text)["Message-ID"] for text in post.taken]
    assert ids[0] == ids[1] != ids[2]
