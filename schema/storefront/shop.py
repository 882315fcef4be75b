"""The shop as shoppers see it."""

import strawberry

from loaders.rows import content
from loaders.rows import shop as rows
from resolvers import localization, shop
from schema.binding import described, describes, resolved_by
from schema.codes import CountryCode, CurrencyCode
from schema.ids import Node, id_of
from schema.scalars import URL
from schema.storefront.images import MediaImage
from schema.storefront.metafields import HasMetafields


@strawberry.type(description="A legal text of the shop.")
@describes(content.Policy)
class ShopPolicy(Node):
    """A legal text."""

    id: strawberry.ID = id_of("ShopPolicy")
    handle: str = described("The readable part of its address, like refund-policy.")
    title: str = described("Its title.")
    body: str = described("Its text, as HTML.")
    url: URL = resolved_by(shop.policy_url, "Where the storefront shows it.")


@strawberry.type(description="A legal text, or what is said while the shop has none.")
@describes(content.PolicyWithDefault)
class ShopPolicyWithDefault:
    """A legal text, or its stand-in."""

    id: strawberry.ID | None = resolved_by(shop.policy_id, "The text's global id; null for the stand-in.")
    handle: str = described("The readable part of its address.")
    title: str = described("Its title.")
    body: str = described("Its text, as HTML.")
    url: URL = resolved_by(shop.policy_url, "Where the storefront shows it.")


@strawberry.type(description="An address of the shop.")
@describes(rows.Domain)
class Domain:
    """An address of the shop."""

    host: str = described("The name of the host, with the port where it is not the usual one.")
    ssl_enabled: bool = described("Whether it is reached by https.")
    url: URL = described("The whole address.")


@strawberry.type(description="What the shop looks like.")
@describes(rows.Shop)
class Brand:
    """What the shop looks like."""

    logo: MediaImage | None = resolved_by(shop.logo, "Its logo.")
    short_description: str | None = resolved_by(shop.short_description, "What it says of itself.")


@strawberry.type(description="Somebody who takes payments for the shop, like Stripe. Shopwright's own.")
@describes(rows.PaymentProvider)
class PaymentProvider:
    """Whom else than the shop shoppers can pay by."""

    name: str = described("Its name, in small letters.")
    public_key: str | None = described(
        "What a payment form of the provider's, in the storefront, is opened with; what the form gives is the"
        " `sessionId` of a `directPaymentMethod`."
    )
    hosted_session_id: str | None = described(
        "The `sessionId` of a `directPaymentMethod` that lets the shopper pay on the provider's own page: the attempt"
        " then requires an action, and names that page."
    )


@strawberry.type(description="What is paid with.")
@describes(rows.PaymentSettings)
class PaymentSettings:
    """What is paid with."""

    country_code: CountryCode = described("The country the shop is in.")
    currency_code: CurrencyCode = described("The currency of its prices.")
    enabled_presentment_currencies: list[CurrencyCode] = described("The currencies it shows prices in.")
    manual_payment_methods: list[str] = described(
        "The ways to pay by hand, like a bank transfer, as `manualPaymentMethod` takes them. Shopwright's own."
    )
    test_payments: bool = described("Whether payments that move no money can be tried out. Shopwright's own.")
    providers: list[PaymentProvider] = described("Who takes payments for the shop. Shopwright's own.")


@strawberry.type(description="The shop: its name and what it says of itself.")
@describes(rows.Shop)
class Shop(HasMetafields, Node):
    """The shop."""

    id: strawberry.ID = id_of("Shop")
    name: str = described("The shop's name.")
    description: str | None = described("What the shop says of itself in a sentence or two.")
    brand: Brand | None = resolved_by(shop.brand, "What it looks like.")
    primary_domain: Domain = resolved_by(shop.primary_domain, "Where it is reached.")
    money_format: str = resolved_by(
        shop.money_format, "How it writes prices: a text in which the amount goes where {{amount}} stands."
    )
    payment_settings: PaymentSettings = resolved_by(shop.payment_settings, "What is paid with.")
    ships_to_countries: list[CountryCode] = resolved_by(localization.ships_to, "The countries it sends to.")
    privacy_policy: ShopPolicy | None = resolved_by(shop.privacy_policy, "What becomes of shoppers' data.")
    refund_policy: ShopPolicy | None = resolved_by(shop.refund_policy, "How money is given back.")
    shipping_policy: ShopPolicy | None = resolved_by(shop.shipping_policy, "How goods are sent.")
    terms_of_service: ShopPolicy | None = resolved_by(shop.terms_of_service, "What a purchase means.")
    subscription_policy: ShopPolicyWithDefault | None = resolved_by(
        shop.subscription_policy, "What a subscription means."
    )


@strawberry.type
class ShopQuery:
    """Questions about the shop."""

    payment_settings: PaymentSettings = resolved_by(shop.payment_settings, "What is paid with.", lasting=True)
    shop: Shop = resolved_by(shop.the_shop, "The shop itself.", lasting=True)
