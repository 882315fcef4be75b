"""What one operation knows: who asks, when, of which shop, and how to read and be woken."""

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from commerce.access import Signer
from loaders.reading import Loaders
from loaders.rows.shop import Shop
from media.bringing import Bringer
from outbox.feed import Feed
from payments.choosing import Gateways, gateways


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: a guest unless a customer or a staff token was shown. `address` is the network peer, for throttling.

    `staff` is the name in the audit record; `staff_id` is a person's, and None for a tool.
    `customer_token` is what the shop keeps of the token that a customer showed, never the token.
    """

    address: str = ""
    customer_id: int | None = None
    customer_token: str | None = None
    staff: str | None = None
    staff_id: int | None = None
    owner: bool = False
    token_id: int | None = None
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Services:
    """What a process has for all its operations: made once by the front door, shared by every context."""

    feed: Feed
    signer: Signer
    gateways: Gateways = field(default_factory=gateways)
    pictures: Bringer = field(default_factory=lambda: Bringer({}))


def utc_now() -> dt.datetime:
    """The moment it is."""
    return dt.datetime.now(dt.UTC)


@dataclass(slots=True)
class Context:
    """One operation's surroundings. Made by the front door, renewed after every mutation field and for each event.

    `links` are the texts that orders were opened with, by the order's key. Who tells of what changes without a new
    edition of the catalog calls `keep_no_answer`.
    """

    shop: Shop
    public_url: str
    now: dt.datetime
    services: Services
    viewer: Viewer = field(default_factory=Viewer)
    country: str | None = None
    language: str | None = None
    loaders: Loaders = field(default_factory=Loaders)
    links: dict[int, str] = field(default_factory=dict)
    clock: Callable[[], dt.datetime] = utc_now
    keep_no_answer: Callable[[], object] = bool

    @property
    def identity(self) -> Hashable | None:
        """Whom streams are counted for; None for a guest, of whom only the address is known."""
        if self.viewer.token_id is not None:
            return "staff", self.viewer.token_id
        return None if self.viewer.customer_id is None else ("customer", self.viewer.customer_id)

    def renew(self) -> None:
        """Forget what was read, so that what follows a change reads it afresh."""
        self.loaders = Loaders()
        self.now = self.clock()
