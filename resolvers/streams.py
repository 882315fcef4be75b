"""What all live streams have in common: shared events, waiting to be woken, and an end that says why."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from outbox.feed import FeedClosed, Wakeups
from resolvers.context import Context
from resolvers.mistakes import StreamEnded


@dataclass(frozen=True, slots=True)
class Shared:
    """An event for many streams. Equal names promise equal answers to equal documents."""

    shared_as: Hashable
    event: Any


def access_class(context: Context) -> str:
    """As what a viewer sees things; viewers of one class are shown the same."""
    if context.viewer.staff is not None:
        return "staff"
    return "guest" if context.viewer.customer_id is None else "customer"


async def woken(wakeups: Wakeups) -> None:
    """Return once there may be something new."""
    try:
        await wakeups.wait()
    except FeedClosed:
        raise StreamEnded("The server is going away. Open the stream again with the last cursor.") from None
