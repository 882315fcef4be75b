"""The states of an order and of what is sent of it, named once for both schemas."""

from commerce.order_actions import OrderAction
from models.fulfillment import FulfillmentState, Restock, ReturnState
from models.orders import CancelReason, FinancialStatus, FulfillmentStatus, OrderLifecycle
from models.payments import OperationKind
from schema.enums import told

told(
    OrderLifecycle,
    "OrderLifecycle",
    "Whether an order is worked on.",
    {"OPEN": "There is something left to do.", "CLOSED": "It is done.", "CANCELED": "It was called off."},
)
told(
    FinancialStatus,
    "OrderFinancialStatus",
    "How far an order is paid.",
    {
        "PENDING": "The money has not come.",
        "AUTHORIZED": "The money is promised and not taken yet.",
        "PARTIALLY_PAID": "A part of the money has come.",
        "PAID": "All of the money has come.",
        "PARTIALLY_REFUNDED": "A part of the money was given back.",
        "REFUNDED": "All of the money was given back.",
        "VOIDED": "The promise of money was let go.",
        "EXPIRED": "The promise of money ran out.",
    },
)
told(
    FulfillmentStatus,
    "OrderFulfillmentStatus",
    "How far an order has been sent.",
    {
        "UNFULFILLED": "Nothing has been sent.",
        "PARTIALLY_FULFILLED": "Some of it has been sent.",
        "FULFILLED": "All of it has been sent.",
        "RESTOCKED": "Its goods went back on the shelf.",
    },
)
told(
    CancelReason,
    "OrderCancelReason",
    "Why an order was canceled.",
    {
        "CUSTOMER": "The customer changed their mind.",
        "DECLINED": "The payment was declined.",
        "FRAUD": "The order was not honest.",
        "INVENTORY": "The goods were not there.",
        "OTHER": "Another reason.",
        "STAFF": "The shop made a mistake.",
    },
)
told(
    FulfillmentState,
    "FulfillmentState",
    "Where a parcel is.",
    {
        "PENDING": "It is packed and not picked up.",
        "IN_TRANSIT": "It is on its way.",
        "OUT_FOR_DELIVERY": "It comes today.",
        "DELIVERED": "It has arrived.",
        "CANCELED": "It was called back.",
        "FAILURE": "It could not be delivered.",
    },
)
told(
    ReturnState,
    "OrderReturnState",
    "How far a return has come.",
    {
        "REQUESTED": "The shopper asked; the shop has not answered.",
        "OPEN": "The shop agreed and waits for the goods.",
        "DECLINED": "The shop did not agree.",
        "CLOSED": "The goods came back.",
        "CANCELED": "Nothing comes back after all.",
    },
)

told(
    OrderAction,
    "OrderAction",
    "Something that can be done with an order.",
    {
        "CANCEL": "Call it off: `orderCancel`.",
        "CAPTURE": "Take money that was promised: `orderCapture`.",
        "CLOSE": "Say that it is done: `orderClose`.",
        "CREATE_RETURN": "Let goods come back: `returnCreate`.",
        "FULFILL": "Send goods: `fulfillmentCreate`.",
        "MARK_AS_PAID": "Say that the money is there: `orderMarkAsPaid`.",
        "REFUND": "Give money back: `refundCreate`.",
    },
)
told(
    Restock,
    "RefundLineItemRestockType",
    "What becomes of goods whose price is given back.",
    {
        "NO_RESTOCK": "They stay where they are.",
        "CANCEL": "They are not sent any more, and on the shelf for others.",
        "RETURN": "They have come back, and are on the shelf again.",
    },
)
told(
    OperationKind,
    "OrderTransactionKind",
    "How money moves.",
    {
        "AUTHORIZE": "It was promised.",
        "CAPTURE": "It was taken.",
        "REFUND": "It was given back.",
        "VOID": "Its promise was let go.",
    },
)

__all__ = [
    "CancelReason",
    "FinancialStatus",
    "FulfillmentState",
    "FulfillmentStatus",
    "OperationKind",
    "OrderAction",
    "OrderLifecycle",
    "Restock",
    "ReturnState",
]
