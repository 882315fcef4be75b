"""The payment providers that the settings name, opened for one process and closed with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from operations.figures import PROVIDERS
from payments.choosing import Gateways, gateways
from settings import Settings


@asynccontextmanager
async def open_providers(settings: Settings) -> AsyncIterator[Gateways]:
    """The gateways of a shop: the test provider, and Stripe where the shop has a key of an account there."""
    if not settings.stripe_secret_key:
        yield gateways()
        return
    from payments.stripe import StripeAccount, StripeGateway  # costs half a second, and is there only where wanted

    account = StripeAccount(
        secret_key=settings.stripe_secret_key,
        public_key=settings.stripe_publishable_key or None,
        api_base=settings.stripe_api_base,
    )
    stripe = StripeGateway(account, observe=_count)
    try:
        yield gateways(stripe)
    finally:
        await stripe.close()


def _count(act: str, outcome: str, seconds: float) -> None:
    PROVIDERS.labels("stripe", act, outcome).observe(seconds)
