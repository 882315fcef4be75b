"""How a cart is delivered."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows.carts import Cart
from resolvers import cart_delivery as rows
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_of
from schema.scalars import MoneyV2
from schema.storefront.addresses import CartDeliveryAddress, MailingAddress
from schema.storefront.cart_codes import CartDeliveryGroupType, DeliveryMethodType
from schema.storefront.cart_lines import BaseCartLineConnection

if TYPE_CHECKING:
    CartDeliveryGroupConnection = Any

CartAddress = Annotated[
    CartDeliveryAddress, strawberry.union("CartAddress", description="An address a cart may be sent to.")
]


@strawberry.type(description="An address a cart may be sent to, and whether it is.")
@describes(rows.SelectableAddress)
class CartSelectableAddress:
    """An address a cart may be sent to."""

    id: strawberry.ID = id_of("CartSelectableAddress")
    address: CartAddress = described("The address.")
    selected: bool = described("Whether the cart goes there.")
    one_time_use: bool = described("Whether it is for this order alone, not for the buyer's address book.")


@strawberry.type(description="Where a cart may be sent to.")
@describes(Cart)
class CartDelivery:
    """Where a cart may be sent to."""

    addresses: list[CartSelectableAddress] = resolved_by(
        rows.addresses_of_cart, "The addresses given so far.", selected="Only the one the cart goes to."
    )


@strawberry.type(description="A way to send a group of lines.")
@describes(rows.DeliveryOption)
class CartDeliveryOption:
    """A way to send."""

    handle: str = described("What to choose it by.")
    code: str | None = described("What the shop calls it by itself.")
    title: str | None = described("What shoppers call it.")
    description: str | None = described("What a shopper should know of it.")
    estimated_cost: MoneyV2 = described("What it costs.")
    delivery_method_type: DeliveryMethodType = described("How the goods are received.")


@strawberry.type(description="Lines of a cart that are sent together.")
@describes(rows.DeliveryGroup)
class CartDeliveryGroup(Node):
    """Lines that are sent together."""

    id: strawberry.ID = id_of("CartDeliveryGroup")
    group_type: CartDeliveryGroupType = described("The kind of purchase.")
    delivery_address: MailingAddress = described("Where the group goes.")
    delivery_options: list[CartDeliveryOption] = resolved_by(
        rows.options_of_group, "The ways the group can be sent, cheapest first."
    )
    selected_delivery_option: CartDeliveryOption | None = resolved_by(
        rows.selected_option, "The way chosen; the cheapest until the shopper says otherwise."
    )
    cart_lines: BaseCartLineConnection = resolved_by(rows.lines_of_group, "The lines in the group.")


if not TYPE_CHECKING:
    CartDeliveryGroupConnection = connection(CartDeliveryGroup, "a delivery group")
