"""The lines of a cart."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from resolvers import attributes as pairs
from resolvers import cart_discounts
from resolvers import cart_lines as rows
from schema.binding import described, describes, resolved_by
from schema.connections import connection
from schema.ids import Node, id_of
from schema.requirements import AS_FOUND
from schema.scalars import MoneyV2
from schema.storefront.discounts import CartDiscountAllocation
from schema.storefront.variants import ProductVariant

if TYPE_CHECKING:
    BaseCartLineConnection = Any

Merchandise = Annotated[ProductVariant, strawberry.union("Merchandise", description="What can be put into a cart.")]


@strawberry.type(description="A key and a value that somebody attached.")
@describes(pairs.Attribute, needs=AS_FOUND)
class Attribute:
    """A key and its value."""

    key: str = described("The name of the pair.")
    value: str | None = described("What is said under it.")


@strawberry.type(description="What a line of a cart costs.")
@describes(rows.LineCost)
class CartLineCost:
    """What a line costs."""

    amount_per_quantity: MoneyV2 = described("One unit.")
    compare_at_amount_per_quantity: MoneyV2 | None = described("What one unit cost before.")
    subtotal_amount: MoneyV2 = described("All units, before discounts.")
    total_amount: MoneyV2 = described("All units after the discounts on this line.")


@strawberry.type(description="What a line of a cart costs, by older names.")
@describes(rows.EstimatedLineCost)
class CartLineEstimatedCost:
    """What a line costs, by older names."""

    amount: MoneyV2 = described("One unit.")
    compare_at_amount: MoneyV2 | None = described("What one unit cost before.")
    subtotal_amount: MoneyV2 = described("All units, before discounts.")
    total_amount: MoneyV2 = described("All units after the discounts on this line.")


@strawberry.type(description="What may be done with a line.")
@describes(rows.Instructions)
class CartLineInstructions:
    """What may be done with a line."""

    can_remove: bool = described("Whether it may be taken out.")
    can_update_quantity: bool = described("Whether its quantity may be changed.")


@strawberry.interface(description="A line of a cart: so many of one merchandise.")
class BaseCartLine(Node):
    """A line of a cart."""

    id: strawberry.ID = id_of("CartLine")
    quantity: int = described("How many there are.")
    merchandise: Merchandise = resolved_by(rows.merchandise_of_line, "What the line is of.")
    attributes: list[Attribute] = resolved_by(pairs.attributes_of, "What the shopper attached, like an engraving.")
    attribute: Attribute | None = resolved_by(pairs.attribute_of, "One attached pair.", key="Its key.")
    cost: CartLineCost = resolved_by(rows.cost_of_line, "What the line costs.")
    estimated_cost: CartLineEstimatedCost = resolved_by(
        rows.estimated_cost_of_line, "What the line costs.", deprecated="Use `cost`."
    )
    discount_allocations: list[CartDiscountAllocation] = resolved_by(
        cart_discounts.allocations_of_line, "What discounts took off this line."
    )


@strawberry.type(description="A line of a cart that stands for one merchandise.")
@describes(rows.CartLine)
class CartLine(BaseCartLine):
    """A line of a cart."""

    instructions: CartLineInstructions = resolved_by(rows.instructions_of_line, "What may be done with the line.")
    parent_relationship: Annotated["CartLineParentRelationship", strawberry.lazy(__name__)] | None = resolved_by(
        rows.parent_of_line, "The line this one was added to, like a gift wrap to a gift."
    )


@strawberry.type(description="The line another line was added to.")
@describes(rows.ParentRelationship)
class CartLineParentRelationship:
    """The line another was added to."""

    parent: CartLine = described("That line.")


@strawberry.type(description="A line that stands for a bundle of other lines. This shop makes none of its own accord.")
@describes()
class ComponentizableCartLine(BaseCartLine):
    """A line that stands for a bundle."""

    line_components: list[CartLine] = described("The lines in the bundle.")


if not TYPE_CHECKING:
    BaseCartLineConnection = connection(BaseCartLine, "a line of a cart")
