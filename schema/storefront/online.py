"""What can be shown under an address."""

from typing import Any

import strawberry

from resolvers import addresses
from schema.binding import resolved_by
from schema.scalars import URL


def _nothing(context: Any, row: Any) -> str | None:
    return None


@strawberry.interface(description="Something with an address of its own in the storefront.")
class OnlineStorePublishable:
    """Something with an address in the storefront."""

    online_store_url: URL | None = resolved_by(addresses.of_row, "Where the storefront shows it.")


@strawberry.interface(description="Something whose visits a storefront may count.")
class Trackable:
    """Something whose visits may be counted."""

    tracking_parameters: str | None = resolved_by(
        _nothing, "Parameters to add to its address for counting visits; the shop asks for none."
    )
