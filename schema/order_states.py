"""The states of an order and of what is sent of it, named once for both schemas."""

import strawberry

from models.fulfillment import FulfillmentState
from models.orders import CancelReason, FinancialStatus, FulfillmentStatus, OrderLifecycle

strawberry.enum(OrderLifecycle, name="OrderLifecycle", description="Whether an order is worked on.")
strawberry.enum(FinancialStatus, name="OrderFinancialStatus", description="How far an order is paid.")
strawberry.enum(FulfillmentStatus, name="OrderFulfillmentStatus", description="How far an order has been sent.")
strawberry.enum(CancelReason, name="OrderCancelReason", description="Why an order was canceled.")
strawberry.enum(FulfillmentState, name="FulfillmentState", description="Where a parcel is.")

__all__ = ["CancelReason", "FinancialStatus", "FulfillmentState", "FulfillmentStatus", "OrderLifecycle"]
