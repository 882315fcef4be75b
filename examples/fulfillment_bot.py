"""Sends what is paid: finds orders that are paid and unsent, makes a parcel of each, and tells the tracking number.

    SHOP_ADDRESS=http://127.0.0.1:8000 SHOP_KEY=swt_… python examples/fulfillment_bot.py [--every SECONDS]

The key needs write_orders. A bot that is stopped goes on where it was: what was sent is not found again.
"""

import sys
import time
from collections.abc import Iterator
from typing import Any

from shop_api import Refused, StaffApi

TO_SEND = """query($after: String) {
    orders(first: 50, after: $after, sortKey: PROCESSED_AT,
           query: "status:open financial_status:paid fulfillment_status:unfulfilled,partially_fulfilled") {
        nodes { id name availableActions fulfillmentOrders(first: 1) { nodes { id } } }
        pageInfo { hasNextPage endCursor } } }"""
SEND = """mutation($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment { id } userErrors { field message } } }"""
ON_ITS_WAY = """mutation($parcel: ID!) {
    fulfillmentEventCreate(fulfillmentEvent: {fulfillmentId: $parcel, status: IN_TRANSIT}) {
        userErrors { field message } } }"""


def to_send(api: StaffApi) -> Iterator[dict[str, Any]]:
    """Every order that waits for its parcel, the oldest first."""
    after = None
    while True:
        page = api.ask(TO_SEND, after=after)["orders"]
        yield from (order for order in page["nodes"] if "FULFILL" in order["availableActions"])
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def send(api: StaffApi, order: dict[str, Any]) -> str:
    """Pack all that is left of an order and hand it to the carrier; answers the tracking number."""
    number = f"LM{order['name'].lstrip('#'):0>9}"
    parcel = {
        "lineItemsByFulfillmentOrder": [{"fulfillmentOrderId": order["fulfillmentOrders"]["nodes"][0]["id"]}],
        "trackingInfo": {"company": "Larkmoor Post", "number": number, "url": f"https://post.example/{number}"},
        "notifyCustomer": True,
    }
    made = api.ask(SEND, fulfillment=parcel)["fulfillmentCreate"]["fulfillment"]
    api.ask(ON_ITS_WAY, parcel=made["id"])
    return number


def round_of(api: StaffApi) -> None:
    """Send everything that waits. What the shop refuses, like goods that have not come in, waits for the next round."""
    for order in list(to_send(api)):
        try:
            print(order["name"], send(api, order), flush=True)  # noqa: T201 - a command speaks
        except Refused as refused:
            print(order["name"], "waits:", refused, flush=True)  # noqa: T201 - as above


def main() -> None:
    """One round, or one after the other."""
    api = StaffApi.from_environment()
    round_of(api)
    while "--every" in sys.argv:
        time.sleep(float(sys.argv[sys.argv.index("--every") + 1]))
        round_of(api)


if __name__ == "__main__":
    main()
