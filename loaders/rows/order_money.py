"""The rows of an order's money, and of what came back of it."""

import datetime as dt
from typing import Annotated, NamedTuple

from loaders.reading import Column


class Payment(NamedTuple):
    """Money asked of a buyer by one gateway. Amounts are minor units."""

    id: int
    order_id: int | None
    gateway: str
    method: str
    state: str
    currency: str
    amount: int
    authorized: int
    captured: int
    refunded: int
    pending_capture: int
    pending_refund: int


class LedgerEntry(NamedTuple):
    """Money that moved or was promised."""

    id: int
    order_id: Annotated[int | None, Column("payment__order_id")]
    gateway: Annotated[str, Column("payment__gateway")]
    method: Annotated[str, Column("payment__method")]
    currency: Annotated[str, Column("payment__currency")]
    kind: str
    amount: int
    occurred_at: dt.datetime


class Refund(NamedTuple):
    """Money given back on an order."""

    id: int
    order_id: int
    amount: int
    shipping: int
    request_id: int | None
    note: str | None
    created_at: dt.datetime


class RefundLine(NamedTuple):
    """Units whose price was given back."""

    id: int
    refund_id: int
    order_line_id: int
    quantity: int
    amount: int
    restock: str


class Return(NamedTuple):
    """Goods that come back."""

    id: int
    order_id: int
    state: str
    note: str | None
    decline_reason: str | None
    created_at: dt.datetime
    updated_at: dt.datetime


class ReturnLine(NamedTuple):
    """Units that come back."""

    id: int
    request_id: int
    order_line_id: int
    quantity: int
    reason: str | None
    restocked: int


class OrderTag(NamedTuple):
    """A tag of an order."""

    id: int
    order_id: int
    tag: str
