"""Carts."""

import datetime as dt

import strawberry

from loaders.rows import carts as rows
from resolvers import attributes as pairs
from resolvers import cart_delivery, cart_discounts, cart_lines, carts
from schema.binding import described, describes, resolved_by
from schema.codes import CountryCode
from schema.ids import Node, id_argument, id_of, text_key
from schema.scalars import URL, MoneyV2
from schema.storefront.cart_codes import PreferenceDeliveryMethodType
from schema.storefront.cart_delivery import CartDelivery, CartDeliveryGroupConnection
from schema.storefront.cart_lines import Attribute, BaseCartLineConnection
from schema.storefront.customers import Customer
from schema.storefront.discounts import CartDiscountAllocation
from schema.storefront.metafields import HasMetafields

CART = text_key("Cart")


@strawberry.type(description="What a cart costs.")
@describes(carts.Cost)
class CartCost:
    """What a cart costs."""

    subtotal_amount: MoneyV2 = described("The lines after their own discounts; nothing else added or taken off.")
    total_amount: MoneyV2 = described("Everything: lines, discounts, delivery as far as it is known, and taxes.")
    checkout_charge_amount: MoneyV2 = described("What is left to pay after gift cards.")
    total_tax_amount: MoneyV2 | None = described("All taxes, once the place is known.")
    total_duty_amount: MoneyV2 | None = described("Duties. The shop charges none.")
    subtotal_amount_estimated: bool = described("Whether the subtotal may still change by itself.")
    total_amount_estimated: bool = described("Whether the total may still change by itself: no address is chosen yet.")
    total_tax_amount_estimated: bool = described("Whether the taxes may still change by themselves.")
    total_duty_amount_estimated: bool = described("Whether the duties may still change by themselves.")


@strawberry.type(description="What a cart costs, by older names.")
@describes(carts.Cost)
class CartEstimatedCost:
    """What a cart costs, by older names."""

    subtotal_amount: MoneyV2 = described("The lines after their own discounts.")
    total_amount: MoneyV2 = described("Everything.")
    checkout_charge_amount: MoneyV2 = described("What is left to pay after gift cards.")
    total_tax_amount: MoneyV2 | None = described("All taxes.")
    total_duty_amount: MoneyV2 | None = described("Duties.")


@strawberry.type(description="A discount code that was entered.")
@describes(carts.EnteredCode)
class CartDiscountCode:
    """A discount code that was entered."""

    code: str = described("The code, as it was entered.")
    applicable: bool = described("Whether it takes something off this cart.")


@strawberry.type(description="A gift card laid on a cart.")
@describes(carts.AppliedCard)
class AppliedGiftCard(Node):
    """A gift card laid on a cart."""

    id: strawberry.ID = id_of("AppliedGiftCard")
    last_characters: str = described("The last characters of its code.")
    amount_used: MoneyV2 = described("What it pays of this cart.")
    balance: MoneyV2 = described("What it holds.")
    presentment_amount_used: MoneyV2 = resolved_by(
        lambda context, row: row.amount_used, "What it pays, in the currency of the cart."
    )
    amount_used_v2: MoneyV2 = resolved_by(
        lambda context, row: row.amount_used, "What it pays.", renamed="amountUsedV2", deprecated="Use `amountUsed`."
    )
    balance_v2: MoneyV2 = resolved_by(
        lambda context, row: row.balance, "What it holds.", renamed="balanceV2", deprecated="Use `balance`."
    )


@strawberry.type(description="A place on the map.")
@describes(carts.Coordinates)
class CartDeliveryCoordinatesPreference:
    """A place on the map."""

    latitude: float = described("Degrees north.")
    longitude: float = described("Degrees east.")
    country_code: CountryCode = described("The country.")


@strawberry.type(description="How a shopper would like to receive goods.")
@describes(carts.DeliveryPreference)
class CartDeliveryPreference:
    """How a shopper would like to receive goods."""

    delivery_method: list[PreferenceDeliveryMethodType] = described("The ways, the best one first.")
    pickup_handle: list[str] = described("The places to fetch goods at.")
    coordinates: CartDeliveryCoordinatesPreference | None = described("Near where.")


@strawberry.type(description="What a shopper would like best.")
@describes(carts.Preferences)
class CartPreferences:
    """What a shopper would like best."""

    delivery: CartDeliveryPreference | None = described("How to receive goods.")
    wallet: list[str] | None = described("What to pay with.")


@strawberry.type(description="Who buys a cart.")
@describes(rows.Cart)
class CartBuyerIdentity:
    """Who buys a cart."""

    email: str | None = described("Where the order is confirmed to.")
    phone: str | None = described("The buyer's phone number.")
    country_code: CountryCode | None = described("Where the buyer is.")
    customer: Customer | None = resolved_by(carts.customer, "The customer who buys, if the cart belongs to one.")
    preferences: CartPreferences | None = resolved_by(carts.preferences, "What the buyer would like best.")


@strawberry.type(description="What a shopper means to buy. Its id is the only key to it: treat it as a secret.")
@describes(rows.Cart)
class Cart(Node, HasMetafields):
    """What a shopper means to buy."""

    id: strawberry.ID = id_of("Cart")
    checkout_url: URL = resolved_by(carts.checkout_url, "The page where the shopper can pay.")
    note: str | None = described("What the shopper wrote to the shop.")
    created_at: dt.datetime = described("When the cart was made.")
    updated_at: dt.datetime = described("When it was last changed.")
    total_quantity: int = resolved_by(cart_lines.total_quantity, "How many units there are in all.")
    attributes: list[Attribute] = resolved_by(pairs.attributes_of, "What somebody attached to the cart.")
    attribute: Attribute | None = resolved_by(pairs.attribute_of, "One attached pair.", key="Its key.")
    lines: BaseCartLineConnection = resolved_by(cart_lines.lines_of_cart, "What is in the cart.")
    cost: CartCost = resolved_by(carts.cost, "What the cart costs now.")
    estimated_cost: CartEstimatedCost = resolved_by(carts.cost, "What the cart costs now.", deprecated="Use `cost`.")
    buyer_identity: CartBuyerIdentity = resolved_by(carts.itself, "Who buys.")
    discount_codes: list[CartDiscountCode] = resolved_by(
        carts.discount_codes, "The codes entered, those that take nothing off included."
    )
    discount_allocations: list[CartDiscountAllocation] = resolved_by(
        cart_discounts.allocations_of_cart, "What discounts took off the whole cart and its delivery."
    )
    applied_gift_cards: list[AppliedGiftCard] = resolved_by(
        carts.applied_gift_cards, "The gift cards that will be charged first."
    )
    delivery: CartDelivery = resolved_by(carts.itself, "Where the cart may be sent to.")
    delivery_groups: CartDeliveryGroupConnection = resolved_by(
        cart_delivery.groups_of_cart,
        "The lines that are sent together with the ways to send them, once an address is chosen.",
        with_carrier_rates="Taken and ignored: the shop's own rates are known at once.",
    )


@strawberry.type
class CartQuery:
    """Questions about carts."""

    cart: Cart | None = resolved_by(
        carts.cart,
        "The cart with this id; null if there is none, or it has become an order.",
        id=id_argument(CART, "The cart's id."),
    )
