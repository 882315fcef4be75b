"""What staff write on orders, and do with their money."""

import strawberry

from commerce.order_details import Details
from commerce.refunding import Wish
from resolvers import order_edits
from resolvers.mistakes import InvalidId
from schema.admin.inputs import given, optional, required
from schema.admin.order_money import Refund, RefundLineItemInput, units_of
from schema.admin.orders import Order
from schema.admin.payloads import payload
from schema.binding import Argument, changed_by, described, describes
from schema.ids import id_argument, number_key, typed_key
from schema.requirements import AS_FOUND, STAFF
from schema.scalars import Amount
from schema.storefront.cart_inputs import AttributeInput, pairs

ORDER, RETURN = number_key("Order"), number_key("Return")


@strawberry.input(description="What is written on an order; what is left out stays.")
class OrderInput:
    """What is written on an order."""

    id: strawberry.ID = required("The order.")
    note: str | None = optional("A note; null takes it off.")
    email: str | None = optional("Where letters about it go.")
    phone: str | None = optional("The phone number for questions.")
    tags: list[str] | None = optional("Its tags, in place of those it had.")
    custom_attributes: list[AttributeInput] | None = optional("What is attached to it, in place of what was.")


@strawberry.input(description="An order that is done.")
class OrderCloseInput:
    """An order that is done."""

    id: strawberry.ID = strawberry.field(description="The order.")


@strawberry.input(description="Promised money to be taken.")
class OrderCaptureInput:
    """Promised money to be taken."""

    id: strawberry.ID = strawberry.field(description="The order.")
    amount: Amount | None = strawberry.field(default=None, description="How much; all that is left without it.")


@strawberry.input(description="The delivery's part of a refund.")
class ShippingRefundInput:
    """The delivery's part."""

    amount: Amount | None = strawberry.field(default=None, description="How much of it.")
    full_refund: bool | None = strawberry.field(default=False, description="Whether all that is left of it.")


@strawberry.input(description="Money to be given back: for goods, for the delivery, or as an amount.")
class RefundInput:
    """Money to be given back."""

    order_id: strawberry.ID = strawberry.field(description="The order.")
    refund_line_items: list[RefundLineItemInput] | None = strawberry.field(
        default=None, description="Which goods it is for."
    )
    return_id: strawberry.ID | None = strawberry.field(
        default=None, description="The return it is for, whose goods are meant where none are named."
    )
    shipping: ShippingRefundInput | None = strawberry.field(default=None, description="How much of the delivery.")
    amount: Amount | None = strawberry.field(
        default=None, description="How much, where it is another amount than the goods are worth. Shopwright's own."
    )
    note: str | None = strawberry.field(default=None, description="Why.")
    idempotency_key: str | None = strawberry.field(
        default=None, description="The same key gives back once, however often it is sent. Shopwright's own."
    )


@strawberry.type(description="Something with tags.")
@describes(order_edits.Tagged, needs=AS_FOUND)
class Tagged:
    """Something with tags."""

    id: strawberry.ID = described("Its id.")
    tags: list[str] = described("Its tags now.")


def _edit(told: OrderInput) -> order_edits.Edit:
    values = given(told)
    tags = values.pop("tags", None)
    columns = {name: value for name, value in values.items() if name not in ("id", "custom_attributes")}
    if "custom_attributes" in values:
        columns["attributes"] = pairs(told.custom_attributes)
    return order_edits.Edit(ORDER(told.id), Details(columns, tags))


def _capture(told: OrderCaptureInput) -> order_edits.Capture:
    return order_edits.Capture(ORDER(told.id), told.amount)


def _refund(told: RefundInput) -> order_edits.Refunding:
    delivery = told.shipping or ShippingRefundInput()
    return_id = None if told.return_id is None else RETURN(told.return_id)
    wish = Wish(
        units_of(told.refund_line_items),
        shipping=None if delivery.full_refund else 0,
        note=told.note,
        return_id=return_id,
    )
    shipping = None if delivery.full_refund else delivery.amount
    return order_edits.Refunding(ORDER(told.order_id), wish, told.amount, shipping, told.idempotency_key)


def _taggable(text: str) -> tuple[str, int]:
    kind, _ = typed_key(text)
    if kind not in order_edits.TAGGED:
        raise InvalidId(f"A {kind} has no tags; {' and '.join(order_edits.TAGGED)} have.")
    return kind, number_key(kind)(text)


OrderUpdatePayload = payload("OrderUpdate", "order", Order, "The order, changed.")
OrderClosePayload = payload("OrderClose", "order", Order, "The order, closed.")
OrderCancelPayload = payload("OrderCancel", "order", Order, "The order, canceled.")
OrderCapturePayload = payload("OrderCapture", "order", Order, "The order.")
RefundCreatePayload = payload("RefundCreate", "refund", Refund, "The refund.")
TagsAddPayload = payload("TagsAdd", "node", Tagged, "What was tagged.")
TagsRemovePayload = payload("TagsRemove", "node", Tagged, "What the tags were taken off.")
TAGGABLE = Argument(strawberry.ID, "What is tagged: an order or a product, for who may write these.", _taggable)


@strawberry.type
class OrderEditMutation:
    """What staff write on orders, and do with their money."""

    order_update: OrderUpdatePayload | None = changed_by(
        order_edits.update,
        "Change what is written on an order.",
        needs="write_orders",
        input=Argument(OrderInput, "What is written.", _edit),
    )
    order_close: OrderClosePayload | None = changed_by(
        order_edits.close,
        "Say that an order is done.",
        needs="write_orders",
        input=Argument(OrderCloseInput, "The order.", lambda told: ORDER(told.id)),
    )
    order_cancel: OrderCancelPayload | None = changed_by(
        order_edits.cancel,
        "Call an order off of which nothing was sent: its goods, codes and money go back where they came from.",
        needs="write_orders",
        order_id=id_argument(ORDER, "The order."),
        reason="Why.",
    )
    order_capture: OrderCapturePayload | None = changed_by(
        order_edits.capture,
        "Take money that was promised for an order.",
        needs="write_orders",
        input=Argument(OrderCaptureInput, "The order, and how much.", _capture),
    )
    refund_create: RefundCreatePayload | None = changed_by(
        order_edits.create_refund,
        "Give money of an order back, cards first. `Order.suggestedRefund` tells what goods are worth.",
        needs="write_orders",
        input=Argument(RefundInput, "What for, and how much.", _refund),
    )
    tags_add: TagsAddPayload | None = changed_by(
        order_edits.add_tags, "Put tags on something.", needs=STAFF, id=TAGGABLE, tags="The tags."
    )
    tags_remove: TagsRemovePayload | None = changed_by(
        order_edits.remove_tags,
        "Take tags off something, however they are spelled.",
        needs=STAFF,
        id=TAGGABLE,
        tags="The tags.",
    )
