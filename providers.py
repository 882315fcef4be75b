"""The payment providers that the settings name, opened for one process and closed with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from payments.choosing import Gateways, gateways
from settings import Settings, SettingsError


@asynccontextmanager
async def open_providers(settings: Settings) -> AsyncIterator[Gateways]:
    """The gateways of a shop: the test provider, and Stripe where the shop has a key of an account there."""
    if not settings.stripe_secret_key:
        yield gateways()
        return
    try:
        from payments.stripe import StripeAccount, StripeGateway
    except ModuleNotFoundError:
        raise SettingsError(
            "SHOPWRIGHT_STRIPE_SECRET_KEY is set, but Stripe's package is missing: run ./install.sh --stripe"
        ) from None
    account = StripeAccount(
        secret_key=settings.stripe_secret_key,
        public_key=settings.stripe_publishable_key or None,
        api_base=settings.stripe_api_base,
    )
    stripe = StripeGateway(account)
    try:
        yield gateways(stripe)
    finally:
        await stripe.close()
