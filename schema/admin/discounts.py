"""Discounts as staff see them. One shape serves all kinds; the reference's six types are all there."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import discounts as rows
from resolvers import staff_discounts as discounts
from schema.binding import Argument, described, describes, resolved_by
from schema.codes import CountryCode
from schema.connections import connection
from schema.enums import told
from schema.ids import Node, gid, id_argument, id_of, number_key
from schema.requirements import AS_FOUND
from schema.scalars import MoneyV2

NEEDS = "read_discounts"
ANY = number_key("DiscountNode", "DiscountCodeNode", "DiscountAutomaticNode")

told(
    discounts.DiscountSort,
    "DiscountSortKeys",
    "What discounts can be sorted by.",
    {"CREATED_AT": "When made.", "ID": "Their ids.", "TITLE": "Their titles.", "UPDATED_AT": "When last changed."},
)
told(
    discounts.Status,
    "DiscountStatus",
    "Whether a discount can be used now.",
    {"ACTIVE": "It can.", "SCHEDULED": "It begins later.", "EXPIRED": "It has ended."},
)


@strawberry.type(description="What a discount takes off. Shopwright's own shape.")
@describes(discounts.Value, needs=AS_FOUND)
class DiscountValue:
    """What a discount takes off."""

    percentage: float | None = described("A share: 0.25 is a quarter.")
    amount: MoneyV2 | None = described("An amount.")
    applies_on_each_item: bool = described("Whether the amount comes off each unit, not once.")
    quantity: int | None = described("How many units it is taken off, where others have to be bought for it.")


def _ids(kind: str, name: str) -> Any:
    def global_ids(context: Any, items: discounts.Items) -> list[strawberry.ID]:
        return [strawberry.ID(gid(kind, key)) for key in getattr(items, name)]

    return global_ids


@strawberry.type(description="Which goods a discount speaks of. Shopwright's own shape.")
@describes(discounts.Items, needs=AS_FOUND)
class DiscountItems:
    """Which goods."""

    all_items: bool = described("Whether it is everything the shop sells.")
    product_ids: list[strawberry.ID] = resolved_by(_ids("Product", "products"), "These products.")
    collection_ids: list[strawberry.ID] = resolved_by(
        _ids("Collection", "collections"), "What is in these collections."
    )


@strawberry.type(description="What customers get by a discount.")
@describes(discounts.Gets, needs=AS_FOUND)
class DiscountCustomerGets:
    """What customers get."""

    value: DiscountValue = described("What is taken off.")
    items: DiscountItems = described("Of which goods.")


@strawberry.type(description="What customers have to buy for a discount.")
@describes(discounts.Buys, needs=AS_FOUND)
class DiscountCustomerBuys:
    """What customers buy for it."""

    quantity: int = described("How many units.")
    items: DiscountItems = described("Of which goods.")


@strawberry.type(description="Which other discounts a discount can be used together with.")
@describes(discounts.Combines, needs=AS_FOUND)
class DiscountCombinesWith:
    """What it goes together with."""

    product_discounts: bool = described("With discounts on goods.")
    order_discounts: bool = described("With discounts on the whole order.")
    shipping_discounts: bool = described("With free delivery.")


@strawberry.type(description="What a cart must hold for a discount.")
@describes(discounts.Minimum, needs=AS_FOUND)
class DiscountMinimumRequirement:
    """What a cart must hold."""

    subtotal: MoneyV2 | None = described("Goods of this price.")
    quantity: int | None = described("So many units.")


@strawberry.type(description="A code of a discount.")
@describes(rows.DiscountCode, needs=NEEDS)
class DiscountRedeemCode(Node):
    """A code of a discount."""

    id: strawberry.ID = id_of("DiscountRedeemCode")
    code: str = described("What shoppers enter; case makes no difference.")


DiscountRedeemCodeConnection = connection(DiscountRedeemCode, "a code of a discount")


@strawberry.type
class Terms:
    """What every discount has."""

    title: str = described("What it is called.")
    status: discounts.Status = resolved_by(discounts.status, "Whether it can be used now.")
    starts_at: dt.datetime | None = described("From when.")
    ends_at: dt.datetime | None = described("Until when.")
    async_usage_count: int = resolved_by(
        lambda context, row: row.uses, "How often it was used, checkouts under way counted."
    )
    combines_with: DiscountCombinesWith = resolved_by(discounts.combines, "What it can be used together with.")
    minimum_requirement: DiscountMinimumRequirement | None = resolved_by(discounts.minimum, "What a cart must hold.")
    usage_limit: int | None = described("How often it can be used in all.")
    applies_once_per_customer: bool = resolved_by(discounts.once_per_customer, "Whether each customer may use it once.")
    customer_ids: list[strawberry.ID] = resolved_by(
        lambda context, row: [gid("Customer", key) for key in row.customer_ids],
        "Who may use it; nobody named is everybody. Shopwright's own.",
    )
    created_at: dt.datetime = described("When it was made.")
    updated_at: dt.datetime = described("When it last changed.")


@strawberry.type
class ByCode(Terms):
    """What every discount by code has."""

    codes: DiscountRedeemCodeConnection = resolved_by(discounts.codes, "Its codes, oldest first.")


@strawberry.type
class MoneyOff:
    """What a discount on goods has."""

    customer_gets: DiscountCustomerGets = resolved_by(discounts.gets, "What customers get.")


@strawberry.type
class WithOthers(MoneyOff):
    """What a discount on goods bought with others has."""

    customer_buys: DiscountCustomerBuys = resolved_by(discounts.buys, "What customers buy for it.")


@strawberry.type
class Delivery:
    """What free delivery has."""

    countries: list[CountryCode] = described("Where to; nothing named is everywhere. Shopwright's own.")


@strawberry.type(description="Money off, by a code.")
@describes(discounts.CodeBasic, needs=NEEDS)
class DiscountCodeBasic(MoneyOff, ByCode):
    """Money off by a code."""


@strawberry.type(description="Some goods cheaper with others, by a code.")
@describes(discounts.CodeBxgy, needs=NEEDS)
class DiscountCodeBxgy(WithOthers, ByCode):
    """Some goods cheaper with others, by a code."""


@strawberry.type(description="Delivery for nothing, by a code.")
@describes(discounts.CodeFreeShipping, needs=NEEDS)
class DiscountCodeFreeShipping(Delivery, ByCode):
    """Delivery for nothing, by a code."""


@strawberry.type(description="Money off, without a code.")
@describes(discounts.AutomaticBasic, needs=NEEDS)
class DiscountAutomaticBasic(MoneyOff, Terms):
    """Money off by itself."""


@strawberry.type(description="Some goods cheaper with others, without a code.")
@describes(discounts.AutomaticBxgy, needs=NEEDS)
class DiscountAutomaticBxgy(WithOthers, Terms):
    """Some goods cheaper with others, by itself."""


@strawberry.type(description="Delivery for nothing, without a code.")
@describes(discounts.AutomaticFreeShipping, needs=NEEDS)
class DiscountAutomaticFreeShipping(Delivery, Terms):
    """Delivery for nothing, by itself."""


if TYPE_CHECKING:
    Discount = DiscountCode = DiscountAutomatic = Any
else:
    Discount = Annotated[
        DiscountCodeBasic
        | DiscountCodeBxgy
        | DiscountCodeFreeShipping
        | DiscountAutomaticBasic
        | DiscountAutomaticBxgy
        | DiscountAutomaticFreeShipping,
        strawberry.union("Discount", description="A discount of any kind."),
    ]
    DiscountCode = Annotated[
        DiscountCodeBasic | DiscountCodeBxgy | DiscountCodeFreeShipping,
        strawberry.union("DiscountCode", description="A discount by code."),
    ]
    DiscountAutomatic = Annotated[
        DiscountAutomaticBasic | DiscountAutomaticBxgy | DiscountAutomaticFreeShipping,
        strawberry.union("DiscountAutomatic", description="A discount that comes by itself."),
    ]


@strawberry.type(description="A discount of any kind, found by its id.")
@describes(rows.Discount, needs=NEEDS)
class DiscountNode(Node):
    """A discount of any kind."""

    id: strawberry.ID = id_of("DiscountNode")
    discount: Discount = resolved_by(discounts.kind_of, "The discount.")


@strawberry.type(description="A discount by code, found by its id.")
@describes(rows.Discount, needs=NEEDS)
class DiscountCodeNode(Node):
    """A discount by code."""

    id: strawberry.ID = id_of("DiscountCodeNode")
    code_discount: DiscountCode = resolved_by(discounts.kind_of, "The discount.")


@strawberry.type(description="A discount that comes by itself, found by its id.")
@describes(rows.Discount, needs=NEEDS)
class DiscountAutomaticNode(Node):
    """A discount that comes by itself."""

    id: strawberry.ID = id_of("DiscountAutomaticNode")
    automatic_discount: DiscountAutomatic = resolved_by(discounts.kind_of, "The discount.")


DiscountNodeConnection = connection(DiscountNode, "a discount")


@strawberry.type
class DiscountQuery:
    """Questions about discounts."""

    discount_nodes: DiscountNodeConnection = resolved_by(
        discounts.discounts,
        "The shop's discounts, found by a search and sorted.",
        needs=NEEDS,
        query="What to search for, like `status:active type:percentage method:code times_used:>10`; a word alone is"
        " part of a title or the beginning of a code.",
        sort_key="What to sort by.",
    )
    discount_node: DiscountNode | None = resolved_by(
        discounts.discount, "One discount.", needs=NEEDS, id=id_argument(ANY, "The discount's id.")
    )
    code_discount_node_by_code: DiscountCodeNode | None = resolved_by(
        discounts.by_code, "The discount of a code.", needs=NEEDS, code="The code; case makes no difference."
    )


DISCOUNT_ID = Argument(strawberry.ID, "The discount's id.", ANY)
