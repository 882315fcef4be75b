"""Hydrogen's cart handler and the storefront clients from npm, unmodified, against the demo shop as it is started."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from drills.ground.databases import fresh_database
from tests.clients import node
from tests.conftest import SERVER
from tests.running import RunningShop, running_shop

pytestmark = pytest.mark.usefixtures("node_modules")

ENGRAVED = {"value": "K. N."}
AFTER_EACH_ACT = {
    "create": [1],
    "addLines": [1, 2],
    "updateLines": [1, 3],
    "removeLines": [1],
    "updateNote": "Ring twice",
    "updateAttributes": [{"key": "wrap", "value": "yes"}],
    "updateBuyerIdentity": {"email": "kari@example.com", "countryCode": "NO"},
    "updateDiscountCodes": [["FIRSTWALK", True]],
    "updateDiscountCodes to none": [],
    "updateGiftCardCodes": ["2026"],
    "updateGiftCardCodes to none": [],
    "addGiftCardCodes": ["2026"],
    "removeGiftCardCodes": [],
    "addDeliveryAddresses": [["Oslo", True]],
    "updateDeliveryAddresses": [["Bergen", True]],
    "replaceDeliveryAddresses": [["Tromsø", True]],
    "removeDeliveryAddresses": [],
    "setMetafields": ENGRAVED,
    "deleteMetafield": None,
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A running shop with the demo's goods."""
    folder = tmp_path_factory.mktemp("hydrogen")
    with fresh_database(SERVER, folder) as url, running_shop(url, folder) as running:
        yield running


async def test_every_default_operation_of_hydrogens_cart_does_what_it_says(shop: RunningShop) -> None:
    told = await node.run("hydrogen.mjs", shop.address)

    operations, wanted = told.pop("operations"), told.pop("wanted")
    assert told.pop("nobody") is None
    assert {name: act["refused"] for name, act in told.items() if act["refused"]} == {}
    assert {name: act["warned"] for name, act in told.items() if act["warned"]} == {}
    assert {name: act["is"] for name, act in told.items()} == AFTER_EACH_ACT | {"updateSelectedDeliveryOption": wanted}
    assert set(operations) - set(told) == {"get", "getCartId", "setCartId"}


def _handle_of_a_product_with_options(shop: RunningShop) -> str:
    answer = shop.ask(
        "{ products(first: 250) { nodes { handle options { name } variants(first: 250) { nodes { id } } } } }"
    )
    nodes: list[dict[str, Any]] = answer["data"]["products"]["nodes"]
    return str(max(nodes, key=lambda each: (len(each["options"]), len(each["variants"]["nodes"])))["handle"])


async def test_a_product_page_works_out_its_options_from_the_encoded_variants(shop: RunningShop) -> None:
    told = await node.run("storefront_client.mjs", shop.address, _handle_of_a_product_with_options(shop))

    assert len(told["existing"]) > 1
    assert told["decodedExisting"] == told["existing"]
    assert told["decodedAvailable"] == told["available"]
    selected = {
        option["name"]: value["name"] for option in told["options"] for value in option["values"] if value["selected"]
    }
    assert selected == {option["name"]: option["value"] for option in told["selected"]}
    assert all(value["exists"] for option in told["options"] for value in option["values"] if value["selected"])
    assert told["adjacent"] >= 1


async def test_the_storefront_api_client_reads_answers_and_mistakes(shop: RunningShop) -> None:
    told = await node.run("storefront_client.mjs", shop.address, _handle_of_a_product_with_options(shop))

    assert (told["shop"], told["status"]) == ("Larkmoor", 200)
    assert len(told["mistake"]) == 1
    assert "nonsense" in json.dumps(told["mistake"])
