"""Signed links: a guest opens an order with a text that only the shop can have written, until it expires."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from itsdangerous import BadData, URLSafeSerializer

ORDER_LINK_LIFETIME = dt.timedelta(days=90)


class LinkExpired(Exception):
    """The link was the shop's own, and its time is over."""


@dataclass(frozen=True)
class Signer:
    """Writes and reads signed links. `keys` are secrets, newest first: the first signs, all of them verify."""

    keys: Sequence[str]

    @cached_property
    def _orders(self) -> URLSafeSerializer:
        return URLSafeSerializer(list(reversed(self.keys)), salt="shopwright.order")

    def order_link(self, order_token: str, *, now: dt.datetime) -> str:
        """A token that opens the order with this secret of its own, and no other, for ninety days."""
        expires = now + ORDER_LINK_LIFETIME
        written = self._orders.dumps([order_token, int(expires.timestamp())])
        return written if isinstance(written, str) else written.decode()

    def order_of_link(self, link: str, *, now: dt.datetime) -> str | None:
        """The secret of the order that a link opens, None for a text the shop did not write; raises LinkExpired."""
        try:
            match self._orders.loads(link):
                case [str() as order_token, int() as expires]:
                    if now.timestamp() >= expires:
                        raise LinkExpired
                    return order_token
        except (BadData, UnicodeEncodeError):
            return None
        return None
