"""Global ids: opaque to clients, strict about what they name, lenient about who issued them."""

import pytest

from resolvers.mistakes import InvalidId
from schema.ids import gid, number_key, text_key

PRODUCT = number_key("Product")
CART = text_key("Cart")


def test_an_id_names_its_type_and_key() -> None:
    assert gid("Product", 7) == "gid://shopwright/Product/7"


def test_ids_rebuilt_by_clients_under_another_authority_are_understood() -> None:
    assert PRODUCT("gid://elsewhere/Product/7") == 7


def test_what_a_client_hangs_on_a_cart_id_is_ignored() -> None:
    assert CART("gid://shopwright/Cart/a1b2?key=c3d4") == "a1b2"


def test_an_id_of_another_type_is_refused_by_name() -> None:
    with pytest.raises(InvalidId, match="id of a Collection; the id of a Product"):
        PRODUCT("gid://shopwright/Collection/7")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "gid://shopwright/Product",
        "gid://shopwright/Product/",
        "gid://shopwright//7",
        "gid://shopwright/Product/7/8",
        "gid://shopwright/Product/7\x00",
        "gid://shopwright/Product/\ud800",
        "gid://shopwright/Product/" + "7" * 1000,
    ],
)
def test_anything_else_is_no_id(text: str) -> None:
    with pytest.raises(InvalidId):
        PRODUCT(text)


@pytest.mark.parametrize("key", ["abc", "-7", "7.5", "\u0667", "2147483648", "99999999999999999999"])
def test_a_key_that_no_product_can_have_is_refused(key: str) -> None:
    with pytest.raises(InvalidId):
        PRODUCT(f"gid://shopwright/Product/{key}")
