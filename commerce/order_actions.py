"""What staff can do with an order, a parcel or a return now: the transitions that its states leave open."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from commerce.paid_by_hand import UNPAID
from models.orders import FulfillmentStatus, OrderLifecycle


class OrderAction(StrEnum):
    """Something that can be done with an order."""

    CANCEL = "CANCEL"
    CAPTURE = "CAPTURE"
    CLOSE = "CLOSE"
    CREATE_RETURN = "CREATE_RETURN"
    FULFILL = "FULFILL"
    MARK_AS_PAID = "MARK_AS_PAID"
    REFUND = "REFUND"


class OrderLike(Protocol):
    """As much of an order as its actions depend on."""

    @property
    def lifecycle(self) -> str: ...
    @property
    def financial_status(self) -> str: ...
    @property
    def fulfillment_status(self) -> str: ...


class LineLike(Protocol):
    """As much of an order's line."""

    @property
    def quantity(self) -> int: ...
    @property
    def canceled(self) -> int: ...
    @property
    def fulfilled(self) -> int: ...
    @property
    def returned(self) -> int: ...


def actions(
    order: OrderLike, lines: Sequence[LineLike], *, coming_back: int, capturable: int, refundable: int
) -> list[OrderAction]:
    """What can be done, by the alphabet. `coming_back` are units in returns under way; amounts are in minor units."""
    is_open = order.lifecycle == OrderLifecycle.OPEN
    left = sum(line.quantity - line.canceled - line.fulfilled for line in lines)
    sent = sum(line.fulfilled - line.returned for line in lines)
    possible = {
        OrderAction.CANCEL: is_open and order.fulfillment_status == FulfillmentStatus.UNFULFILLED,
        OrderAction.CAPTURE: capturable > 0,
        OrderAction.CLOSE: is_open,
        OrderAction.CREATE_RETURN: sent > coming_back,
        OrderAction.FULFILL: is_open and left > 0,
        OrderAction.MARK_AS_PAID: order.lifecycle != OrderLifecycle.CANCELED and order.financial_status in UNPAID,
        OrderAction.REFUND: refundable > 0,
    }
    return [action for action, can in possible.items() if can]
