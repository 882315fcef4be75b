"""A Context for each operation: who asks, of which shop, in whose words and money."""

import dataclasses
import datetime as dt
import hmac
import time
from collections.abc import Hashable
from ipaddress import ip_address
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection

from cache.editions import KNOWN_SECONDS, Editions
from commerce.customer_tokens import customer_of_token, digest_of
from commerce.shop import shop_changes
from commerce.staff import bearer_of
from engine import OperationFacts
from loaders.reading import COUNTED, row_of
from loaders.rows.shop import Shop
from models.shop import Shop as ShopTable
from resolvers.context import Context, Services, Viewer
from resolvers.mistakes import NotSignedIn

STAFF_TOKEN = "x-shopify-access-token"  # noqa: S105 - the name of a header

STOREFRONT_TOKENS = ("x-shopify-storefront-access-token", "shopify-storefront-private-token")
BUYER_ADDRESS = "shopify-storefront-buyer-ip"


PERSONAL = ("authorization", STAFF_TOKEN)


class NotOpenYet(RuntimeError):
    """The database holds no shop; `./shopwright serve` or `./shopwright migrate` makes one."""


class Contexts:
    """Makes contexts for the operations of one process. The shop's own row is read once in each edition."""

    def __init__(self, services: Services, *, public_url: str, storefront_tokens: tuple[str, ...] = ()) -> None:
        self._services = services
        self._storefront_tokens = storefront_tokens
        self._public_url = public_url
        self._shop: Shop | None = None
        self._edition: Hashable = None
        self._changes = 0
        self._known_until = 0.0
        self.editions = Editions()

    async def for_shopper(
        self, connection: HTTPConnection, facts: OperationFacts, init: dict[str, Any] | None
    ) -> Context:
        """Somebody in the storefront, in the country and language that the operation's `@inContext` names.

        A customer's access token as `Authorization: Bearer …` opens what is theirs; a text that is none opens nothing,
        because storefronts send their own there too.
        """
        wishes = facts.directives.get("inContext", {})
        self._let_in(connection, init)
        context = await self._for(connection, facts, _shown(connection, init, STAFF_TOKEN))
        if (address := self._buyer_address(connection, init)) is not None:
            context.viewer = dataclasses.replace(context.viewer, address=address)
        if (customer := _shown(connection, init, "authorization")) is not None:
            key = await customer_of_token(customer, now=context.now)
            kept = None if key is None else digest_of(customer)
            context.viewer = dataclasses.replace(context.viewer, customer_id=key, customer_token=kept)
        context.country, context.language = _code(wishes.get("country")), _code(wishes.get("language"))
        return context

    def is_personal(self, headers: Headers) -> bool:
        """Whether an answer is for whoever asks alone, or for nobody who may not ask."""
        if any(name in headers for name in PERSONAL):
            return True
        return not self._is_let_in([headers.get(name, "") for name in STOREFRONT_TOKENS])

    def _let_in(self, connection: HTTPConnection, init: dict[str, Any] | None) -> None:
        """Refuse a storefront without one of the tokens, where the shop asks for one."""
        if not self._is_let_in([_shown(connection, init, name) or "" for name in STOREFRONT_TOKENS]):
            raise NotSignedIn("This shop asks storefronts for an access token, in X-Shopify-Storefront-Access-Token.")

    def _is_let_in(self, shown: list[str]) -> bool:
        tokens = self._storefront_tokens
        return not tokens or any(_same(token, text) for token in tokens for text in shown)

    def _buyer_address(self, connection: HTTPConnection, init: dict[str, Any] | None) -> str | None:
        """The shopper's own address, as a storefront's server tells it; only one with a private token is believed."""
        told = _shown(connection, init, BUYER_ADDRESS)
        shown = _shown(connection, init, STOREFRONT_TOKENS[1]) or ""
        if told is None or not any(_same(token, shown) for token in self._storefront_tokens[1:]):
            return None
        return told if _is_address(told) else None

    async def for_staff(
        self, connection: HTTPConnection, facts: OperationFacts, init: dict[str, Any] | None
    ) -> Context:
        """Somebody at the counter, who shows an access token."""
        secret = _shown(connection, init, STAFF_TOKEN) or _shown(connection, init, "authorization")
        return await self._for(connection, facts, secret)

    async def staff_at(self, connection: HTTPConnection) -> Viewer | None:
        """Who on the staff shows an access token in force, before anything is asked; None for nobody."""
        secret = _shown(connection, None, STAFF_TOKEN) or _shown(connection, None, "authorization")
        try:
            return await _viewer(_peer(connection), secret, dt.datetime.now(dt.UTC)) if secret else None
        except NotSignedIn:
            return None

    async def _for(self, connection: HTTPConnection, facts: OperationFacts, secret: str | None) -> Context:
        COUNTED.set(facts.budget.spend)
        now = dt.datetime.now(dt.UTC)
        return Context(
            shop=await (self._shop_lately() if facts.kind == "mutation" else self._current_shop()),
            public_url=self._public_url,
            now=now,
            services=self._services,
            viewer=await _viewer(_peer(connection), secret, now),
            keep_no_answer=facts.keeping.forgo,
        )

    async def _shop_lately(self) -> Shop:
        """The shop as it was a second ago at most, and as this process left it: enough for what no cache keeps.

        The edition moves with every commit; who only changes something need not wait for it to be read.
        """
        if self._shop is None or self._changes != shop_changes() or time.monotonic() >= self._known_until:
            return await self._current_shop()
        return self._shop

    async def _current_shop(self) -> Shop:
        began, changes = time.monotonic(), shop_changes()
        edition = await self.editions.current()
        if self._shop is None or self._edition != edition:
            shop = await row_of(ShopTable.filter(id=1), Shop)
            if shop is None:
                raise NotOpenYet("this database holds no shop")
            self._shop, self._edition = shop, edition
        self._changes, self._known_until = changes, began + KNOWN_SECONDS
        return self._shop


async def _viewer(address: str, secret: str | None, now: dt.datetime) -> Viewer:
    if secret is None:
        return Viewer(address=address)
    bearer = await bearer_of(secret, now=now)
    if bearer is None:
        raise NotSignedIn("The access token is unknown, expired or revoked.")
    return Viewer(
        address=address,
        staff=bearer.name,
        staff_id=bearer.user_id,
        owner=bearer.owner,
        token_id=bearer.token_id,
        scopes=bearer.scopes,
    )


def _shown(connection: HTTPConnection, init: dict[str, Any] | None, name: str) -> str | None:
    """What a client shows under a name: as a header, or in the first message of a socket."""
    said = connection.headers.get(name)
    if said is None and init is not None:
        said = next((text for key, text in init.items() if key.lower() == name and isinstance(text, str)), None)
    return said.removeprefix("Bearer ").strip() if said else None


def _same(token: str, shown: str) -> bool:
    """Whether they are equal, found out in the same time whichever letter differs."""
    return hmac.compare_digest(token.encode(), shown.encode("utf-8", "surrogatepass"))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _peer(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def _code(value: Any) -> str | None:
    """The text of an enum value that was given; None for one that was not."""
    return str(getattr(value, "value", value)) if value else None
