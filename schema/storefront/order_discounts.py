"""Discounts of placed orders, as shoppers see them."""

import strawberry

from resolvers import order_discounts as rows
from schema.binding import described, describes
from schema.connections import connection
from schema.scalars import MoneyV2
from schema.storefront.discounts import (
    DiscountApplicationAllocationMethod,
    DiscountApplicationTargetSelection,
    DiscountApplicationTargetType,
    PricingValue,
)


@strawberry.interface(description="A discount that a placed order was given.")
class DiscountApplication:
    """A discount of an order."""

    allocation_method: DiscountApplicationAllocationMethod = described("How it was spread.")
    target_selection: DiscountApplicationTargetSelection = described("Which of its targets it fell on.")
    target_type: DiscountApplicationTargetType = described("What it fell on.")
    value: PricingValue = described("What it took off.")


@strawberry.type(description="A discount that the shopper entered a code for.")
@describes(rows.CodeApplied)
class DiscountCodeApplication(DiscountApplication):
    """A discount with a code."""

    code: str = described("The code as it was entered.")
    applicable: bool = described("Whether it took anything off: always, on a placed order.")


@strawberry.type(description="A discount that came by itself.")
@describes(rows.AutomaticApplied)
class AutomaticDiscountApplication(DiscountApplication):
    """An automatic discount."""

    title: str = described("What the shop calls the discount.")


@strawberry.type(description="What one discount took off a line, or off the delivery.")
@describes(rows.Part)
class DiscountAllocation:
    """A part of a discount."""

    allocated_amount: MoneyV2 = described("What it took off here.")
    discount_application: DiscountApplication = described("The discount.")


DiscountApplicationConnection = connection(DiscountApplication, "a discount of an order")
