"""Signed links: a guest opens an order with a text that only the shop can have written, until it expires."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from itsdangerous import BadData, URLSafeSerializer

ORDER_LINK_LIFETIME = dt.timedelta(days=90)
LEAST_LEFT = dt.timedelta(days=30)
STAFF_LINK_LIFETIME = dt.timedelta(days=3)
UPLOAD_LIFETIME = dt.timedelta(hours=1)


class LinkExpired(Exception):
    """The link was the shop's own, and its time is over. It was to the order with this secret."""

    def __init__(self, order_token: str) -> None:
        super().__init__("the link has expired")
        self.order_token = order_token


def link_moment(placed_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """From when a link to an order counts its time, so that equal questions are answered by equal links.

    The order's placing; long after it, the latest of moments thirty days apart that leaves the link thirty days.
    """
    late = now - placed_at - (ORDER_LINK_LIFETIME - LEAST_LEFT)
    return placed_at + LEAST_LEFT * max(0, ceil(late / LEAST_LEFT))


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
        read = self.read(link)
        return None if read is None else read.order_at(now)

    def read(self, link: str) -> "OrderLink | None":
        """What the shop wrote, for who follows an order and shows the same link again and again."""
        try:
            match self._orders.loads(link):
                case [str() as order_token, int() as expires]:
                    return OrderLink(order_token, expires)
        except (BadData, UnicodeEncodeError):
            return None
        return None

    @cached_property
    def _staff(self) -> URLSafeSerializer:
        return URLSafeSerializer(list(reversed(self.keys)), salt="shopwright.staff")

    def staff_link(self, user_id: int, password_now: str, *, now: dt.datetime) -> str:
        """A text with which somebody on the staff replaces the password of now, within three days."""
        expires = int((now + STAFF_LINK_LIFETIME).timestamp())
        written = self._staff.dumps([user_id, password_now, expires])
        return written if isinstance(written, str) else written.decode()

    def staff_of_link(self, link: str, *, now: dt.datetime) -> tuple[int, str] | None:
        """Whose link it is, and which password it replaces; None for a text that is none, or none any more."""
        try:
            match self._staff.loads(link):
                case [int() as user_id, str() as password_now, int() as expires] if now.timestamp() < expires:
                    return user_id, password_now
        except (BadData, UnicodeEncodeError):
            return None
        return None

    @cached_property
    def _uploads(self) -> URLSafeSerializer:
        return URLSafeSerializer(list(reversed(self.keys)), salt="shopwright.upload")

    def upload_pass(self, key: str, actor: str, *, now: dt.datetime) -> str:
        """A text that lets whoever has it upload one picture under this key, within an hour, in somebody's name."""
        expires = int((now + UPLOAD_LIFETIME).timestamp())
        written = self._uploads.dumps([key, actor, expires])
        return written if isinstance(written, str) else written.decode()

    def actor_of_upload(self, text: str, key: str, *, now: dt.datetime) -> str | None:
        """In whose name a pass lets one upload under a key; None for a text that is none, or none any more."""
        try:
            match self._uploads.loads(text):
                case [known, str() as actor, int() as expires] if known == key and now.timestamp() < expires:
                    return actor
        except (BadData, UnicodeEncodeError):
            return None
        return None


@dataclass(frozen=True, slots=True)
class OrderLink:
    """A link the shop wrote: the secret of the order it opens, and when that ends."""

    order_token: str
    expires: int

    def order_at(self, now: dt.datetime) -> str:
        """The secret of the order; raises LinkExpired when the time is over."""
        if now.timestamp() >= self.expires:
            raise LinkExpired(self.order_token)
        return self.order_token
