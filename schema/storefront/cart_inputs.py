"""What clients give to make and change carts, and how it is read."""

from typing import Any

import strawberry

from commerce.cart_delivery import AddressChange, NewAddress
from commerce.cart_metafields import NewMetafield
from commerce.carts import LineChange, NewLine
from models.addresses import Address
from resolvers.cart_delivery import OptionChoice
from schema.codes import CountryCode
from schema.ids import number_key
from schema.storefront.cart_codes import DeliveryAddressValidationStrategy as Strategy

VARIANT = number_key("ProductVariant")
LINE = number_key("CartLine", "ComponentizableCartLine")
ADDRESS = number_key("CartSelectableAddress")
GROUP = number_key("CartDeliveryGroup")


def given(description: str, default: Any = None) -> Any:
    """An optional part of an input."""
    return strawberry.field(default=default, description=description)


@strawberry.input(description="A key and a value to attach.")
class AttributeInput:
    """A key and its value."""

    key: str = strawberry.field(description="The name of the pair.")
    value: str = strawberry.field(description="What is said under it.")


@strawberry.input(description="The line an addition belongs to: by its id, or by what it is of.")
class CartLineParentInput:
    """The line an addition belongs to."""

    line_id: strawberry.ID | None = given("The line's id.")
    merchandise_id: strawberry.ID | None = given("The merchandise of the line, when it is added in the same call.")


@strawberry.input(description="Goods to put into a cart.")
class CartLineInput:
    """Goods to put into a cart."""

    merchandise_id: strawberry.ID = strawberry.field(description="The variant's id.")
    quantity: int | None = given("How many.", 1)
    attributes: list[AttributeInput] | None = given("What to attach.")
    parent: CartLineParentInput | None = given("The line these goods are an addition to.")
    selling_plan_id: strawberry.ID | None = given("Taken and ignored: the shop has no selling plans.")

    def decoded(self) -> NewLine:
        """The line as commerce takes it."""
        parent = self.parent
        return NewLine(
            variant_id=VARIANT(self.merchandise_id),
            quantity=1 if self.quantity is None else self.quantity,
            attributes=pairs(self.attributes),
            parent_line=LINE(parent.line_id) if parent and parent.line_id else None,
            parent_variant=VARIANT(parent.merchandise_id) if parent and parent.merchandise_id else None,
        )


@strawberry.input(description="What a line of a cart shall be. What is left out stays as it is.")
class CartLineUpdateInput:
    """What a line shall be."""

    id: strawberry.ID = strawberry.field(description="The line's id.")
    quantity: int | None = given("How many; 0 takes the line out.")
    merchandise_id: strawberry.ID | None = given("Another variant.")
    attributes: list[AttributeInput] | None = given("What to attach instead.")
    selling_plan_id: strawberry.ID | None = given("Taken and ignored: the shop has no selling plans.")

    def decoded(self) -> LineChange:
        """The change as commerce takes it."""
        return LineChange(
            line_id=LINE(self.id),
            variant_id=VARIANT(self.merchandise_id) if self.merchandise_id else None,
            quantity=self.quantity,
            attributes=None if self.attributes is None else pairs(self.attributes),
        )


@strawberry.input(description="An address to send a cart to.")
class CartDeliveryAddressInput:
    """An address to send a cart to."""

    first_name: str | None = given("The receiver's first name.")
    last_name: str | None = given("The receiver's last name.")
    company: str | None = given("The receiver's company.")
    address1: str | None = given("Street and number.")
    address2: str | None = given("What else finds the door.")
    city: str | None = given("City, town or village.")
    province_code: str | None = given("The province or state, by its code.")
    zip: str | None = given("The postal code.")
    country_code: CountryCode | None = given("The country.")
    phone: str | None = given("Where the carrier can call.")

    def decoded(self) -> Address:
        """The address as commerce takes it."""
        return Address(**{name: getattr(self, name) for name in Address.__slots__})


@strawberry.input(description="An address: given here, or taken from the buyer's address book.")
class CartAddressInput:
    """An address."""

    delivery_address: CartDeliveryAddressInput | None = given("The address itself.")
    copy_from_customer_address_id: strawberry.ID | None = given("The id of an address in the buyer's address book.")


@strawberry.input(description="An address to add to a cart.")
class CartSelectableAddressInput:
    """An address to add."""

    address: CartAddressInput = strawberry.field(description="The address.")
    selected: bool | None = given("Whether the cart goes there. The first address of a cart is selected by itself.")
    one_time_use: bool | None = given("Whether it is for this order alone.")
    validation_strategy: Strategy | None = given("How closely to look at it.", "COUNTRY_CODE_ONLY")

    def decoded(self) -> NewAddress:
        """The address as commerce takes it."""
        return _new_address(self)


@strawberry.input(description="What an address of a cart shall be. What is left out stays as it is.")
class CartSelectableAddressUpdateInput:
    """What an address shall be."""

    id: strawberry.ID = strawberry.field(description="The address's id in the cart.")
    address: CartAddressInput | None = given("Another address.")
    selected: bool | None = given("Whether the cart goes there.")
    one_time_use: bool | None = given("Whether it is for this order alone.")
    validation_strategy: Strategy | None = given("How closely to look at it.", "COUNTRY_CODE_ONLY")

    def decoded(self) -> AddressChange:
        """The change as commerce takes it."""
        return AddressChange(ADDRESS(self.id), _new_address(self))


@strawberry.input(description="The way a delivery group shall be sent.")
class CartSelectedDeliveryOptionInput:
    """The way a group shall be sent."""

    delivery_group_id: strawberry.ID = strawberry.field(description="The group's id.")
    delivery_option_handle: str = strawberry.field(description="The option's handle.")

    def decoded(self) -> OptionChoice:
        """The choice as resolvers take it."""
        return OptionChoice(GROUP(self.delivery_group_id), self.delivery_option_handle)


@strawberry.input(description="A typed value to attach to a new cart.")
class CartInputMetafieldInput:
    """A typed value to attach."""

    key: str = strawberry.field(description="`namespace.key`, or the key alone.")
    type: str = strawberry.field(description="The type of the value, like `single_line_text_field`.")
    value: str = strawberry.field(description="The value, as text.")

    def decoded(self) -> NewMetafield:
        """The value as commerce takes it."""
        return NewMetafield(self.key, self.type, self.value)


def pairs(attributes: list[AttributeInput] | None) -> list[dict[str, str]]:
    """Attributes as commerce takes them."""
    return [{"key": pair.key, "value": pair.value} for pair in attributes or []]


def decoded(items: list[Any]) -> list[Any]:
    """A list of inputs as commerce takes them."""
    return [item.decoded() for item in items]


def _new_address(written: CartSelectableAddressInput | CartSelectableAddressUpdateInput) -> NewAddress:
    address = written.address
    book = address.copy_from_customer_address_id if address else None
    return NewAddress(
        address=address.delivery_address.decoded() if address and address.delivery_address else None,
        copy_of=number_key("MailingAddress")(book) if book else None,
        selected=written.selected,
        one_time_use=written.one_time_use,
        strict=written.validation_strategy == "STRICT",
    )
