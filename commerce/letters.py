"""Letters that facts ask for: read in the shop's order, sent one by one, and ticked off after each."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage

from commerce.access import Signer
from commerce.customer_tokens import give_token, take_back_tokens
from commerce.recovering import ASKED, link_path
from mail.letters import Mailer, Sender, Undeliverable
from models.customers import Customer, CustomerState, TokenKind
from models.money import Money
from models.orders import Order, OrderLine
from models.outbox import OutboxReader
from models.shop import Shop
from outbox.read import Fact, facts_since

log = logging.getLogger("shopwright.letters")

READER = "letters"
TEXTS = {TokenKind.RESET: "recover", TokenKind.ACTIVATION: "activate"}


@dataclass(frozen=True, slots=True)
class Office:
    """Writes the letters and hands them on. `storefront` is where shoppers choose passwords, `shop` this server."""

    mailer: Mailer
    signer: Signer
    shop: str
    storefront: str
    sender: str = ""

    async def send_letters(self, now: dt.datetime) -> int:
        """Send what the facts since the last time ask for; answers how many facts there were.

        A fact is ticked off once its letter was taken, so that none is lost: a crash between the two repeats one.
        """
        reader, _ = await OutboxReader.get_or_create(name=READER, defaults={"position": 0})
        facts = await facts_since(reader.position)
        for fact in facts:
            await self._answer(fact, now)
            await OutboxReader.filter(name=READER).update(position=fact.position)
        return len(facts)

    async def _answer(self, fact: Fact, now: dt.datetime) -> None:
        write = WRITERS.get(fact.kind)
        try:
            if write is not None and (letter := await write(self, fact, now)) is not None:
                await self.mailer.send(letter)
        except (Undeliverable, UnicodeError, MessageError):
            log.warning("nobody takes the letter that fact %s asks for", fact.event_id)

    async def from_shop(self) -> Sender:
        """The shop as a writer of letters."""
        shop = await Shop.get(id=1)
        return Sender(shop.name, self.sender or shop.email or "shop@localhost")


async def _recovery(office: Office, fact: Fact, now: dt.datetime) -> EmailMessage | None:
    """How to choose a password, with a token made now: kept as a digest, told here alone, the only one."""
    customer = await Customer.get_or_none(id=fact.payload["customer_id"] or 0)
    if customer is None or customer.state == CustomerState.DISABLED:
        return None
    kind = TokenKind.ACTIVATION if customer.state == CustomerState.INVITED else TokenKind.RESET
    await take_back_tokens(customer, kind)
    token, _ = await give_token(customer.id, kind, now=now)
    link = office.storefront + link_path(customer.id, token, kind)
    sender = await office.from_shop()
    return sender.letter(TEXTS[kind], to=customer.email, message_id=fact.event_id, when=now, link=link)


async def _order_placed(office: Office, fact: Fact, now: dt.datetime) -> EmailMessage | None:
    """What was bought, and where to follow it."""
    order = await Order.get_or_none(id=int(fact.key))
    if order is None or not order.email:
        return None
    lines = await OrderLine.filter(order_id=order.id).order_by("position")
    words = {
        "name": order.name or "",
        "lines": "\n".join(f"{line.quantity} x {line.title}  {_money(line.total, order.currency)}" for line in lines),
        "total": _money(order.total, order.currency),
        "link": f"{office.shop}/orders/{order.id}#{office.signer.order_link(order.token, now=now)}",
    }
    sender = await office.from_shop()
    return sender.letter("order_placed", to=order.email, message_id=fact.event_id, when=now, **words)


def _money(minor: int, currency: str) -> str:
    return f"{Money(minor, currency).amount} {currency}"


WRITERS: dict[str, Callable[[Office, Fact, dt.datetime], Awaitable[EmailMessage | None]]] = {
    ASKED: _recovery,
    "order.placed": _order_placed,
}
