"""Letters that facts ask for: read in the shop's order, sent one by one, and ticked off after each."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage

from commerce.access import Signer
from commerce.customer_tokens import give_token, take_back_tokens
from commerce.order_letters import PARTS, Desk, letter_about_order
from commerce.recovering import ASKED, link_path
from commerce.staff_letters import staff_letter
from commerce.staff_users import LETTER_ASKED
from mail.letters import Mailer, Sender, Undeliverable
from models.customers import Customer, CustomerState, TokenKind
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
            if write is not None and (letter := await write(await self._desk(), fact, now)) is not None:
                await self.mailer.send(letter)
        except (Undeliverable, UnicodeError, MessageError):
            log.warning("nobody takes the letter that fact %s asks for", fact.event_id)

    async def _desk(self) -> Desk:
        shop = await Shop.get(id=1)
        sender = Sender(shop.name, self.sender or shop.email or "shop@localhost")
        return Desk(sender, self.signer, self.shop, self.storefront)


async def _recovery(desk: Desk, fact: Fact, now: dt.datetime) -> EmailMessage | None:
    """How to choose a password, with a token made now: kept as a digest, told here alone, the only one."""
    customer = await Customer.get_or_none(id=fact.payload["customer_id"] or 0)
    if customer is None or customer.state == CustomerState.DISABLED:
        return None
    kind = TokenKind.ACTIVATION if customer.state == CustomerState.INVITED else TokenKind.RESET
    await take_back_tokens(customer, kind)
    token, _ = await give_token(customer.id, kind, now=now)
    link = desk.storefront + link_path(customer.id, token, kind)
    return desk.sender.letter(TEXTS[kind], to=customer.email, message_id=fact.event_id, when=now, link=link)


WRITERS: Mapping[str, Callable[[Desk, Fact, dt.datetime], Awaitable[EmailMessage | None]]] = {
    ASKED: _recovery,
    **dict.fromkeys(PARTS, letter_about_order),
    LETTER_ASKED: staff_letter,
}
