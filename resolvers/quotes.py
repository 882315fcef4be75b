"""The price of a cart within one operation: gathered and worked out once, however many fields ask."""

import datetime as dt
from dataclasses import dataclass

from commerce.offers import Buyer
from commerce.quotes import Quote, quote_of
from loaders.reading import Loader
from loaders.rows import carts as rows
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class TaxTerms:
    """What the shop says of taxes."""

    prices_include_tax: bool
    tax_shipping: bool


class QuoteOfCart(Loader[str, Quote]):
    """Quotes of carts, by their keys."""

    def __init__(self, terms: TaxTerms, now: dt.datetime) -> None:
        super().__init__()
        self._terms = terms
        self._now = now
        self._carts: dict[str, rows.Cart] = {}

    async def of(self, cart: rows.Cart) -> Quote:
        """The quote of a cart that was read already."""
        self._carts[cart.id] = cart
        return await self.load(cart.id)

    async def batch_load_fn(self, keys: list[str]) -> list[Quote]:
        """One quote after the other: an operation rarely reads more than one cart."""
        return [await self._quote(self._carts[key]) for key in keys]

    async def _quote(self, cart: rows.Cart) -> Quote:
        return await quote_of(cart, Buyer(cart.customer_id, cart.email), self._terms, now=self._now)


async def quote(context: Context, cart: rows.Cart) -> Quote:
    """What the cart costs now."""
    terms = TaxTerms(context.shop.prices_include_tax, context.shop.tax_shipping)
    return await context.loaders(QuoteOfCart, terms, context.now).of(cart)
