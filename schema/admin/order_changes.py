"""What staff do with orders."""

import strawberry

from commerce.fulfillment import Tracking
from models.fulfillment import FulfillmentState
from resolvers import order_changes
from schema.admin.orders import Order
from schema.admin.parcels import Fulfillment
from schema.admin.payloads import payload
from schema.binding import Argument, changed_by
from schema.ids import id_argument, number_key


@strawberry.input(description="An order that is paid.")
class OrderMarkAsPaidInput:
    """An order that is paid."""

    id: strawberry.ID = strawberry.field(description="The order's id.")


@strawberry.input(description="Units of one line to be sent.")
class FulfillmentOrderLineItemInput:
    """Units of one line."""

    id: strawberry.ID = strawberry.field(description="The id of the line that is to be sent.")
    quantity: int = strawberry.field(description="How many units.")


@strawberry.input(description="What to send of an order.")
class FulfillmentOrderLineItemsInput:
    """What to send of an order."""

    fulfillment_order_id: strawberry.ID = strawberry.field(description="What is to be sent, or the order itself.")
    fulfillment_order_line_items: list[FulfillmentOrderLineItemInput] | None = strawberry.field(
        default=None, description="Which lines; everything that is left without it."
    )


@strawberry.input(description="How a carrier calls a parcel.")
class FulfillmentTrackingInput:
    """How a carrier calls a parcel."""

    company: str | None = strawberry.field(default=None, description="The carrier.")
    number: str | None = strawberry.field(default=None, description="The carrier's number.")
    url: str | None = strawberry.field(default=None, description="The carrier's page about the parcel.")
    numbers: list[str] | None = strawberry.field(default=None, description="The numbers, where there are several.")
    urls: list[str] | None = strawberry.field(default=None, description="The pages, where there are several.")


@strawberry.input(description="A parcel to be made.")
class FulfillmentInput:
    """A parcel to be made."""

    line_items_by_fulfillment_order: list[FulfillmentOrderLineItemsInput] = strawberry.field(
        description="What goes into it, of exactly one order."
    )
    tracking_info: FulfillmentTrackingInput | None = strawberry.field(
        default=None, description="How the carrier calls it."
    )
    notify_customer: bool | None = strawberry.field(default=False, description="Whether to write to the buyer.")


@strawberry.input(description="What a carrier said of a parcel.")
class FulfillmentEventInput:
    """What a carrier said of a parcel."""

    fulfillment_id: strawberry.ID = strawberry.field(description="The parcel.")
    status: FulfillmentState = strawberry.field(description="Where it is.")


ORDER_TO_SEND = number_key("FulfillmentOrder", "Order")
LINE_TO_SEND = number_key("FulfillmentOrderLineItem", "LineItem")
PARCEL = number_key("Fulfillment")


def _tracking(given: FulfillmentTrackingInput | None) -> Tracking:
    if given is None:
        return Tracking()
    numbers = [*([given.number] if given.number else []), *(given.numbers or [])]
    urls = [*([given.url] if given.url else []), *(given.urls or [])]
    return Tracking(given.company, numbers, urls)


def _parcel(given: FulfillmentInput) -> order_changes.Parcel:
    orders = [
        (
            ORDER_TO_SEND(part.fulfillment_order_id),
            {LINE_TO_SEND(line.id): line.quantity for line in part.fulfillment_order_line_items or ()},
        )
        for part in given.line_items_by_fulfillment_order
    ]
    return order_changes.packed(orders, _tracking(given.tracking_info), notify=bool(given.notify_customer))


def _movement(given: FulfillmentEventInput) -> order_changes.Movement:
    return order_changes.Movement(PARCEL(given.fulfillment_id), given.status)


def _paid(given: OrderMarkAsPaidInput) -> int:
    return number_key("Order")(given.id)


OrderMarkAsPaidPayload = payload("OrderMarkAsPaid", "order", Order, "The order, paid.")
FulfillmentCreatePayload = payload("FulfillmentCreate", "fulfillment", Fulfillment, "The parcel.")
FulfillmentTrackingInfoUpdatePayload = payload(
    "FulfillmentTrackingInfoUpdate", "fulfillment", Fulfillment, "The parcel."
)
FulfillmentEventCreatePayload = payload("FulfillmentEventCreate", "fulfillment", Fulfillment, "The parcel.")
FulfillmentCancelPayload = payload("FulfillmentCancel", "fulfillment", Fulfillment, "The parcel.")


@strawberry.type
class OrderMutation:
    """What staff do with orders."""

    order_mark_as_paid: OrderMarkAsPaidPayload | None = changed_by(
        order_changes.mark_as_paid,
        "Say that what is due on an order has reached the shop.",
        needs="write_orders",
        input=Argument(OrderMarkAsPaidInput, "The order.", _paid),
    )
    fulfillment_create: FulfillmentCreatePayload | None = changed_by(
        order_changes.create_fulfillment,
        "Send goods of an order. They leave the stock.",
        needs="write_orders",
        fulfillment=Argument(FulfillmentInput, "What goes into the parcel.", _parcel),
        message="A note to yourself; it is not kept.",
    )
    fulfillment_tracking_info_update: FulfillmentTrackingInfoUpdatePayload | None = changed_by(
        order_changes.update_tracking,
        "Say how the carrier calls a parcel.",
        needs="write_orders",
        fulfillment_id=id_argument(PARCEL, "The parcel."),
        tracking_info_input=Argument(FulfillmentTrackingInput, "How the carrier calls it.", _tracking),
        notify_customer="Whether to write to the buyer.",
    )
    fulfillment_event_create: FulfillmentEventCreatePayload | None = changed_by(
        order_changes.create_event,
        "Say where a parcel is. It never goes backwards.",
        needs="write_orders",
        fulfillment_event=Argument(FulfillmentEventInput, "What the carrier said.", _movement),
    )
    fulfillment_cancel: FulfillmentCancelPayload | None = changed_by(
        order_changes.cancel_fulfillment,
        "Call back a parcel that has not left. Its goods lie in stock again, promised to the order.",
        needs="write_orders",
        id=id_argument(PARCEL, "The parcel."),
    )
