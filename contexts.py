"""A Context for each operation: who asks, of which shop, in whose words and money."""

import datetime as dt
import time
from typing import Any

from starlette.requests import HTTPConnection

from engine import OperationFacts
from loaders.reading import row_of
from loaders.rows.shop import Shop
from models.shop import Shop as ShopTable
from resolvers.context import Context, Services, Viewer

SHOP_KEPT_SECONDS = 1.0


class NotOpenYet(RuntimeError):
    """The database holds no shop; `./shopwright serve` or `./shopwright migrate` makes one."""


class Contexts:
    """Makes contexts for the operations of one process. The shop's own row is read at most once a second."""

    def __init__(self, services: Services, *, public_url: str) -> None:
        self._services = services
        self._public_url = public_url
        self._shop: Shop | None = None
        self._read_at = 0.0

    async def for_shopper(
        self, connection: HTTPConnection, facts: OperationFacts, _init: dict[str, Any] | None
    ) -> Context:
        """Somebody in the storefront, in the country and language that the operation's `@inContext` names."""
        wishes = facts.directives.get("inContext", {})
        return Context(
            shop=await self._current_shop(),
            public_url=self._public_url,
            now=dt.datetime.now(dt.UTC),
            services=self._services,
            viewer=Viewer(address=_peer(connection)),
            country=_code(wishes.get("country")),
            language=_code(wishes.get("language")),
        )

    async def _current_shop(self) -> Shop:
        if self._shop is None or time.monotonic() - self._read_at > SHOP_KEPT_SECONDS:
            shop = await row_of(ShopTable.filter(id=1), Shop)
            if shop is None:
                raise NotOpenYet("this database holds no shop")
            self._shop, self._read_at = shop, time.monotonic()
        return self._shop


def _peer(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def _code(value: Any) -> str | None:
    """The text of an enum value that was given; None for one that was not."""
    return str(getattr(value, "value", value)) if value else None
