"""Discounts as shoppers see them: what was taken off, and why."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from resolvers import cart_discounts as rows
from schema.binding import described, describes
from schema.enums import enumeration
from schema.scalars import MoneyV2

if TYPE_CHECKING:
    DiscountApplicationAllocationMethod = DiscountApplicationTargetSelection = DiscountApplicationTargetType = str
else:
    DiscountApplicationAllocationMethod = enumeration(
        "DiscountApplicationAllocationMethod",
        "How a discount is spread over what it falls on.",
        {"ACROSS": "Split over all of it.", "EACH": "On each of it in full.", "ONE": "On one of it."},
    )
    DiscountApplicationTargetSelection = enumeration(
        "DiscountApplicationTargetSelection",
        "Which of its targets a discount falls on.",
        {
            "ALL": "All of them.",
            "ENTITLED": "Those it was made for.",
            "EXPLICIT": "Those somebody picked.",
        },
    )
    DiscountApplicationTargetType = enumeration(
        "DiscountApplicationTargetType",
        "What a discount falls on.",
        {"LINE_ITEM": "Goods.", "SHIPPING_LINE": "Delivery."},
    )


@strawberry.type(description="A share in percent.")
@describes(rows.Percentage)
class PricingPercentageValue:
    """A share in percent."""

    percentage: float = described("The share: 25.0 is a quarter.")


PricingValue = Annotated[
    PricingPercentageValue | MoneyV2, strawberry.union("PricingValue", description="A share or an amount.")
]


@strawberry.type(description="How a discount is applied to a cart.")
@describes(rows.Application)
class CartDiscountApplication:
    """How a discount is applied."""

    allocation_method: DiscountApplicationAllocationMethod = described("How it is spread.")
    target_selection: DiscountApplicationTargetSelection = described("Which of its targets it falls on.")
    target_type: DiscountApplicationTargetType = described("What it falls on.")
    value: PricingValue = described("What it takes off.")


@strawberry.interface(description="A part of a discount that fell on a line, or on the cart as a whole.")
class CartDiscountAllocation:
    """A part of a discount."""

    discount_application: CartDiscountApplication = described("How the discount is applied.")
    discounted_amount: MoneyV2 = described("What it took off here.")
    target_type: DiscountApplicationTargetType = described("What it falls on.")


@strawberry.type(description="A part of a discount that a code stands for.")
@describes(rows.CodeAllocation)
class CartCodeDiscountAllocation(CartDiscountAllocation):
    """A part of a discount with a code."""

    code: str = described("The code as it was entered.")


@strawberry.type(description="A part of a discount that came by itself.")
@describes(rows.AutomaticAllocation)
class CartAutomaticDiscountAllocation(CartDiscountAllocation):
    """A part of an automatic discount."""

    title: str = described("What the shop calls the discount.")


@strawberry.type(description="A part of a discount that staff gave by hand. This shop gives none on carts.")
@describes()
class CartCustomDiscountAllocation(CartDiscountAllocation):
    """A part of a discount given by hand."""

    title: str = described("What the shop calls the discount.")
