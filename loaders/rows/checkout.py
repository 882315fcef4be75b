"""The rows of checkouts under way."""

import datetime as dt
from typing import NamedTuple


class Attempt(NamedTuple):
    """An attempt to complete a cart."""

    id: str
    cart_id: str
    state: str
    errors: list[dict[str, str]]
    action_url: str | None
    order_id: int | None
    completed_at: dt.datetime | None
