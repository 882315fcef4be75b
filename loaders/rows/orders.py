"""The rows of orders: what was bought, and what was sent of it."""

import datetime as dt
from typing import Any, NamedTuple


class Order(NamedTuple):
    """A placed order. Amounts are minor units of its currency."""

    id: int
    token: str
    name: str | None
    number: int | None
    customer_id: int | None
    email: str | None
    phone: str | None
    currency: str
    lifecycle: str
    financial_status: str
    fulfillment_status: str
    subtotal: int
    discounts: int
    shipping: int
    tax: int
    tax_included: bool
    total: int
    discount_applications: list[dict[str, Any]]
    shipping_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None
    note: str | None
    attributes: list[dict[str, str]]
    language: str | None
    cancel_reason: str | None
    canceled_at: dt.datetime | None
    closed_at: dt.datetime | None
    placed_at: dt.datetime
    updated_at: dt.datetime


class OrderLine(NamedTuple):
    """One line as it was bought."""

    id: int
    order_id: int
    position: int
    variant_id: int | None
    product_id: int | None
    title: str
    variant_title: str
    options: list[dict[str, str]]
    sku: str | None
    image_url: str | None
    attributes: list[dict[str, str]]
    requires_shipping: bool
    unit_price: int
    quantity: int
    discount: int
    discount_allocations: list[dict[str, int]]
    tax: int
    total: int
    fulfilled: int
    canceled: int
    returned: int


class ShippingLine(NamedTuple):
    """The delivery option an order was placed with."""

    id: int
    order_id: int
    handle: str
    title: str
    price: int
    discount: int
    discount_allocations: list[dict[str, int]]
    tax: int
    total: int


class PaidBack(NamedTuple):
    """What one payment of an order gave back."""

    id: int
    order_id: int
    refunded: int


class Return(NamedTuple):
    """Goods a shopper wants to send back."""

    id: int
    order_id: int
    state: str
    note: str | None
    decline_reason: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class ReturnLine(NamedTuple):
    """Units of one order line in a return."""

    id: int
    request_id: int
    order_line_id: int
    quantity: int
    reason: str | None


class Fulfillment(NamedTuple):
    """A parcel of an order."""

    id: int
    order_id: int
    state: str
    tracking_company: str | None
    tracking: list[dict[str, str | None]]
    delivered_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


class FulfillmentLine(NamedTuple):
    """Units of one order line in a parcel."""

    id: int
    fulfillment_id: int
    order_line_id: int
    quantity: int
