"""The shop itself, for staff."""

import datetime as dt

import strawberry

from loaders.rows import content as content_rows
from loaders.rows import shop as rows
from resolvers import staff_settings as settings
from schema.admin.inputs import optional, required, told_as
from schema.admin.payloads import payload
from schema.binding import changed_by, described, describes, resolved_by
from schema.codes import CountryCode, CurrencyCode, LanguageCode
from schema.enums import enumeration
from schema.ids import Node, id_of

NEEDS, CHANGING = "read_shop", "write_shop"

ShopPolicyType = enumeration(
    "ShopPolicyType",
    "Which legal text it is.",
    {
        "PRIVACY_POLICY": "What becomes of what the shop knows of people.",
        "REFUND_POLICY": "How goods are sent back and money given back.",
        "SHIPPING_POLICY": "How and where the shop sends.",
        "TERMS_OF_SERVICE": "What buying here means.",
        "SUBSCRIPTION_POLICY": "How subscriptions run and end.",
    },
)


@strawberry.type(description="A legal text of the shop.")
@describes(content_rows.Policy, needs=NEEDS)
class ShopPolicy(Node):
    """A legal text of the shop."""

    id: strawberry.ID = id_of("ShopPolicy")
    type: ShopPolicyType = resolved_by(settings.kind_of_policy, "Which text it is.")
    title: str = described("Its title.")
    body: str = described("Its text, as HTML.")
    updated_at: dt.datetime = described("When it last changed.")


@strawberry.type(description="The shop.")
@describes(rows.Shop, needs=NEEDS)
class Shop(Node):
    """The shop."""

    id: strawberry.ID = id_of("Shop")
    name: str = described("What it is called.")
    description: str | None = described("What it sells, in a sentence or two.")
    email: str | None = described("Where it is written to, and writes from.")
    currency_code: CurrencyCode = resolved_by(lambda context, row: row.currency, "The currency of all its prices.")
    country_code: CountryCode = resolved_by(lambda context, row: row.country, "Where it is. Shopwright's own here.")
    language_code: LanguageCode = resolved_by(lambda context, row: row.language, "What it speaks. Shopwright's own.")
    taxes_included: bool = resolved_by(lambda context, row: row.prices_include_tax, "Whether prices include taxes.")
    tax_shipping: bool = described("Whether delivery is taxed.")
    manual_payment_methods: list[str] = described("How orders are paid without a provider. Shopwright's own.")
    capture_on_authorization: bool = described("Whether money is taken at once. Shopwright's own.")
    test_payments: bool = described("Whether the test provider may be paid with. Shopwright's own.")
    order_number_format_prefix: str = resolved_by(
        lambda context, row: row.order_number_prefix, "What order names begin with."
    )
    cancel_window_minutes: int = described("How long shoppers may call orders off. Shopwright's own.")
    return_window_days: int = described("How long shoppers may ask to send goods back. Shopwright's own.")
    logo_url: str | None = described("Its sign. Shopwright's own here.")
    shop_policies: list[ShopPolicy] = resolved_by(settings.policies, "Its legal texts.")
    updated_at: dt.datetime = described("When it last changed. Shopwright's own.")


@strawberry.type
class ShopQuery:
    """Questions about the shop."""

    shop: Shop = resolved_by(settings.shop, "The shop.", needs=NEEDS)


@strawberry.input(description="What changes about the shop.")
class ShopUpdateInput:
    """What changes about the shop."""

    name: str | None = optional("What it is called.")
    description: str | None = optional("What it sells, in a sentence or two.")
    email: str | None = optional("Where it is written to, and writes from.")
    currency: CurrencyCode | None = optional(
        "The currency of all its prices; it stays once there are orders or gift cards.", decode=str
    )
    country: CountryCode | None = optional("Where it is.", decode=str)
    language: LanguageCode | None = optional("What it speaks.", decode=str)
    prices_include_tax: bool | None = optional("Whether prices include taxes.")
    tax_shipping: bool | None = optional("Whether delivery is taxed.")
    manual_payment_methods: list[str] | None = optional("How orders are paid without a provider; the whole list.")
    capture_on_authorization: bool | None = optional("Whether money is taken at once.")
    test_payments: bool | None = optional("Whether the test provider may be paid with: never in a shop that sells.")
    order_number_prefix: str | None = optional("What order names begin with.")
    cancel_window_minutes: int | None = optional("How long shoppers may call orders off.")
    return_window_days: int | None = optional("How long shoppers may ask to send goods back.")
    logo_url: str | None = optional("Its sign.")


@strawberry.input(description="A legal text.")
class ShopPolicyInput:
    """A legal text."""

    type: ShopPolicyType = required("Which text it is.", decode=str)
    body: str = required("Its text, as HTML.")
    title: str | None = optional("Its title; a usual one without it. Shopwright's own.")


ShopUpdatePayload = payload("ShopUpdate", "shop", Shop, "The shop.")
ShopPolicyUpdatePayload = payload("ShopPolicyUpdate", "shop_policy", ShopPolicy, "The text.")


@strawberry.type
class ShopMutation:
    """What staff do with the shop."""

    shop_update: ShopUpdatePayload | None = changed_by(
        settings.update_shop,
        "Change what is told of the shop.",
        needs=CHANGING,
        input=told_as(ShopUpdateInput, "What changes."),
    )
    shop_policy_update: ShopPolicyUpdatePayload | None = changed_by(
        settings.update_policy,
        "Write one of the shop's legal texts.",
        needs=CHANGING,
        shop_policy=told_as(ShopPolicyInput, "The text."),
    )
