"""The shop itself."""

from urllib.parse import urlsplit

from babel.numbers import get_currency_symbol

from loaders.content import PolicyByKind
from loaders.rows import catalog, content
from loaders.rows import shop as rows
from models.content import PolicyKind
from payments.test import TestGateway
from resolvers.context import Context

NO_SUBSCRIPTIONS = "This shop sells nothing by subscription."


def the_shop(context: Context, root: object) -> rows.Shop:
    """The shop this server serves."""
    return context.shop


def brand(context: Context, shop: rows.Shop) -> rows.Shop | None:
    """What the shop looks like, once it has a picture or a sentence for it."""
    return shop if shop.logo_url or shop.description else None


def short_description(context: Context, shop: rows.Shop) -> str | None:
    """What the shop says of itself."""
    return shop.description


def logo(context: Context, shop: rows.Shop) -> catalog.Picture | None:
    """The shop's logo."""
    return catalog.Picture("logo", shop.logo_url, shop.name, None, None) if shop.logo_url else None


def primary_domain(context: Context, shop: rows.Shop) -> rows.Domain:
    """Where the shop is reached."""
    parts = urlsplit(context.public_url)
    return rows.Domain(parts.netloc, parts.scheme == "https", context.public_url)


def money_format(context: Context, shop: rows.Shop) -> str:
    """How prices are written in HTML."""
    return f"{get_currency_symbol(shop.currency, locale='en')}{{{{amount}}}}"


def payment_settings(context: Context, root: object) -> rows.PaymentSettings:
    """What is paid with."""
    shop = context.shop
    return rows.PaymentSettings(
        country_code=shop.country,
        currency_code=shop.currency,
        enabled_presentment_currencies=[shop.currency],
        manual_payment_methods=shop.manual_payment_methods,
        test_payments=shop.test_payments,
        providers=[
            rows.PaymentProvider(gateway.name, gateway.public_key, gateway.hosted_session)
            for gateway in context.services.gateways.values()
            if gateway.name != TestGateway.name
        ],
    )


async def privacy_policy(context: Context, shop: rows.Shop) -> content.Policy | None:
    """What becomes of shoppers' data."""
    return await context.loaders(PolicyByKind).load(PolicyKind.PRIVACY)


async def refund_policy(context: Context, shop: rows.Shop) -> content.Policy | None:
    """How money is given back."""
    return await context.loaders(PolicyByKind).load(PolicyKind.REFUND)


async def shipping_policy(context: Context, shop: rows.Shop) -> content.Policy | None:
    """How goods are sent."""
    return await context.loaders(PolicyByKind).load(PolicyKind.SHIPPING)


async def terms_of_service(context: Context, shop: rows.Shop) -> content.Policy | None:
    """What a purchase means."""
    return await context.loaders(PolicyByKind).load(PolicyKind.TERMS)


async def subscription_policy(context: Context, shop: rows.Shop) -> content.PolicyWithDefault:
    """What a subscription means; while the shop has no such text, that there are none."""
    kind = PolicyKind.SUBSCRIPTION
    policy = await context.loaders(PolicyByKind).load(kind)
    if policy is None:
        return content.PolicyWithDefault(None, kind, "Subscription policy", NO_SUBSCRIPTIONS)
    return content.PolicyWithDefault(policy.id, kind, policy.title, policy.body)


def policy_url(context: Context, policy: content.Policy | content.PolicyWithDefault) -> str:
    """Where the storefront shows the text."""
    return f"{context.public_url}/policies/{policy.handle}"


def policy_id(context: Context, policy: content.PolicyWithDefault) -> str | None:
    """The global id of the text, if there is one."""
    return None if policy.id is None else f"gid://shopwright/ShopPolicy/{policy.id}"
