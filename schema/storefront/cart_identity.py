"""What clients say of who buys, and everything a new cart may start with."""

from typing import Any

import strawberry

from commerce.cart_details import Identity
from commerce.carts import NewCart
from commerce.new_carts import FullCart
from schema.codes import CountryCode
from schema.storefront.cart_codes import PreferenceDeliveryMethodType
from schema.storefront.cart_inputs import (
    AttributeInput,
    CartInputMetafieldInput,
    CartLineInput,
    CartSelectableAddressInput,
    decoded,
    given,
    pairs,
)


@strawberry.input(description="A place on the map a shopper prefers.")
class CartDeliveryCoordinatesPreferenceInput:
    """A place on the map."""

    latitude: float = strawberry.field(description="Degrees north.")
    longitude: float = strawberry.field(description="Degrees east.")
    country_code: CountryCode = strawberry.field(description="The country.")


@strawberry.input(description="How a shopper would like to receive goods.")
class CartDeliveryPreferenceInput:
    """How a shopper would like to receive goods."""

    delivery_method: list[PreferenceDeliveryMethodType] | None = given("The ways, the best one first.")
    pickup_handle: list[str] | None = given("The places to fetch goods at.")
    coordinates: CartDeliveryCoordinatesPreferenceInput | None = given("Near where.")


@strawberry.input(description="What a shopper would like best.")
class CartPreferencesInput:
    """What a shopper would like best."""

    delivery: CartDeliveryPreferenceInput | None = given("How to receive goods.")
    wallet: list[str] | None = given("What to pay with.")

    def decoded(self) -> dict[str, Any]:
        """The preferences as they are kept."""
        way = self.delivery
        place = way.coordinates if way else None
        kept = way and {
            "delivery_method": [str(method) for method in way.delivery_method or []],
            "pickup_handle": way.pickup_handle or [],
            "coordinates": place
            and {
                "latitude": place.latitude,
                "longitude": place.longitude,
                "country_code": str(place.country_code),
            },
        }
        return {"delivery": kept, "wallet": self.wallet or []}


@strawberry.input(description="Who buys. What is left out stays as it is, null takes it away.")
class CartBuyerIdentityInput:
    """Who buys."""

    email: str | None = given("Where the order is confirmed to.", strawberry.UNSET)
    phone: str | None = given("The buyer's phone number.", strawberry.UNSET)
    country_code: CountryCode | None = given("Where the buyer is.", strawberry.UNSET)
    customer_access_token: str | None = given("The token of the customer who buys.", strawberry.UNSET)
    preferences: CartPreferencesInput | None = given("What the buyer would like best.", strawberry.UNSET)
    company_location_id: strawberry.ID | None = given(
        "Taken and ignored: the shop does not sell to companies apart.", strawberry.UNSET
    )

    def decoded(self) -> Identity:
        """The buyer as commerce takes it."""
        names = {
            "email": "email",
            "phone": "phone",
            "country_code": "country_code",
            "customer_access_token": "customer_token",
            "preferences": "preferences",
        }
        said = {ours: getattr(self, theirs) for theirs, ours in names.items()}
        known = {name: value for name, value in said.items() if value is not strawberry.UNSET}
        if known.get("preferences"):
            known["preferences"] = known["preferences"].decoded()
        return Identity(frozenset(known), **known)


@strawberry.input(description="Where a new cart may be sent to.")
class CartDeliveryInput:
    """Where a new cart may be sent to."""

    addresses: list[CartSelectableAddressInput] | None = given("The addresses.")


@strawberry.input(description="Everything a new cart may start with.")
class CartInput:
    """Everything a new cart may start with."""

    lines: list[CartLineInput] | None = given("Goods; at most 250 lines.")
    note: str | None = given("What the shopper writes to the shop.")
    attributes: list[AttributeInput] | None = given("What to attach.")
    buyer_identity: CartBuyerIdentityInput | None = given("Who buys.")
    discount_codes: list[str] | None = given("Discount codes.")
    gift_card_codes: list[str] | None = given("Codes of gift cards.")
    delivery: CartDeliveryInput | None = given("Where it may be sent to.")
    metafields: list[CartInputMetafieldInput] | None = given("Typed values to attach.")

    def decoded(self) -> FullCart:
        """The cart as commerce takes it."""
        cart = NewCart(
            currency="",
            note=self.note,
            attributes=pairs(self.attributes),
            lines=decoded(self.lines or []),
        )
        return FullCart(
            cart,
            identity=self.buyer_identity.decoded() if self.buyer_identity else Identity(frozenset()),
            codes=self.discount_codes or (),
            gift_cards=self.gift_card_codes or (),
            addresses=decoded(self.delivery.addresses or []) if self.delivery else (),
            metafields=decoded(self.metafields or []),
        )
