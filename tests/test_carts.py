"""Filling carts: what shoppers and their clients do, and what is refused or done only in part."""

import pytest

from models.carts import Cart, CartLine
from models.catalog import InventoryPolicy, Product
from tests.buying import Basket, gid, line, quantities
from tests.goods import a_variant

pytestmark = pytest.mark.usefixtures("database")


async def a_basket(*lines: object) -> Basket:
    basket = Basket()
    await basket.create(lines=list(lines))
    return basket


async def test_a_new_cart_holds_what_was_given_and_its_id_cannot_be_guessed() -> None:
    variant = await a_variant(price=1_250)

    basket = Basket()
    cart = await basket.create(
        lines=[line(variant, 2)],
        note="Ring twice",
        attributes=[{"key": "gift", "value": "yes"}],
        buyerIdentity={"email": "ada@example.com", "countryCode": "DE"},
    )

    assert quantities(cart) == [2]
    assert cart["cost"]["totalAmount"] == {"amount": "25.0", "currencyCode": "EUR"}
    assert cart["note"] == "Ring twice"
    assert cart["attributes"] == [{"key": "gift", "value": "yes"}]
    assert cart["buyerIdentity"]["countryCode"] == "DE"
    token = cart["id"].removeprefix("gid://shopwright/Cart/")
    assert len(bytes.fromhex(token)) == 16
    assert cart["checkoutUrl"] == f"https://shop.example/checkout/{token}"


async def test_a_cart_can_be_empty_and_is_found_again_by_any_form_of_its_id() -> None:
    basket = await a_basket()
    token = basket.id.rsplit("/", 1)[1]

    basket.id = f"gid://shopify/Cart/{token}?key=abcdef"

    assert (await basket.read())["totalQuantity"] == 0


async def test_a_cart_nobody_made_is_null_and_changing_it_is_refused() -> None:
    basket = Basket(id=gid("Cart", "0" * 32))

    assert await basket.read() is None
    assert await basket.add(line(await a_variant())) is None
    assert basket.errors[0]["field"] == ["cartId"]
    assert await CartLine.all().count() == 0


async def test_equal_lines_merge_and_lines_with_other_attributes_do_not() -> None:
    variant = await a_variant()
    basket = await a_basket(line(variant, 1))
    engraved = {"attributes": [{"key": "text", "value": "Ada"}, {"key": "font", "value": "serif"}]}
    turned = {"attributes": list(reversed(engraved["attributes"]))}

    await basket.add(line(variant, 2), line(variant, 1, **engraved))
    cart = await basket.add(line(variant, 1, **turned))

    assert quantities(cart) == [3, 2]


async def test_more_than_the_stock_is_lowered_to_it_with_a_warning_over_all_lines_of_a_variant() -> None:
    variant = await a_variant(available=5)
    basket = await a_basket(line(variant, 2))

    cart = await basket.add(line(variant, 9, attributes=[{"key": "wrap", "value": "red"}]))

    assert quantities(cart) == [2, 3]
    assert [warning["code"] for warning in basket.warnings] == ["MERCHANDISE_NOT_ENOUGH_STOCK"]
    assert basket.errors == []


async def test_what_is_sold_out_is_left_out_with_a_warning() -> None:
    variant = await a_variant(available=0)
    basket = await a_basket()

    cart = await basket.add(line(variant))

    assert quantities(cart) == []
    assert basket.warnings[0]["code"] == "MERCHANDISE_OUT_OF_STOCK"
    assert basket.warnings[0]["target"] == f"gid://shopwright/ProductVariant/{variant.id}"


async def test_backorders_and_stock_that_is_not_counted_have_no_limit() -> None:
    untracked = await a_variant(available=None)
    on_order = await a_variant(available=0, policy=InventoryPolicy.CONTINUE)

    cart = await (await a_basket()).add(line(untracked, 999), line(on_order, 999))

    assert quantities(cart) == [999, 999]


async def test_what_is_not_for_sale_is_refused_and_nothing_of_the_call_is_kept() -> None:
    hidden, shown = await a_variant(), await a_variant()
    await Product.filter(id=hidden.product_id).update(published_at=None)  # type: ignore[attr-defined]
    basket = await a_basket()

    cart = await basket.add(line(shown), line(hidden))

    assert basket.errors[0]["code"] == "INVALID_MERCHANDISE_LINE"
    assert basket.errors[0]["field"] == ["lines", "1", "merchandiseId"]
    assert quantities(cart) == []


async def test_a_refused_new_cart_leaves_nothing_behind() -> None:
    basket = Basket()

    assert await basket.create(lines=[{"merchandiseId": gid("ProductVariant", 404)}]) is None
    assert basket.errors[0]["field"] == ["input", "lines", "0", "merchandiseId"]
    assert await Cart.all().count() == 0


async def test_a_quantity_of_zero_removes_and_one_below_zero_is_refused() -> None:
    one, other = await a_variant(), await a_variant()
    basket = await a_basket(line(one, 3), line(other, 1))
    first, second = [node["id"] for node in (await basket.read())["lines"]["nodes"]]

    assert quantities(await basket.update({"id": first, "quantity": 0})) == [1]
    assert quantities(await basket.update({"id": second, "quantity": -1})) == [1]
    assert basket.errors[0]["field"] == ["lines", "0", "quantity"]


async def test_a_line_that_becomes_equal_to_another_is_merged_into_it_and_clamped() -> None:
    one, other = await a_variant(available=4), await a_variant()
    basket = await a_basket(line(one, 3), line(other, 2))
    second = (await basket.read())["lines"]["nodes"][1]["id"]

    cart = await basket.update({"id": second, "merchandiseId": gid("ProductVariant", one.id)})

    assert quantities(cart) == [4]
    assert basket.warnings[0]["code"] == "MERCHANDISE_NOT_ENOUGH_STOCK"


async def test_two_lines_can_trade_places() -> None:
    one, other = await a_variant(), await a_variant()
    basket = await a_basket(line(one, 1), line(other, 2))
    first, second = [node["id"] for node in (await basket.read())["lines"]["nodes"]]

    cart = await basket.update(
        {"id": first, "attributes": [{"key": "a", "value": "1"}]},
        {"id": second, "merchandiseId": gid("ProductVariant", one.id)},
    )

    assert sorted(quantities(cart)) == [1, 2]


async def test_lines_of_another_cart_are_not_in_this_one() -> None:
    variant = await a_variant()
    theirs = await a_basket(line(variant))
    ours = await a_basket(line(variant))
    foreign = (await theirs.read())["lines"]["nodes"][0]["id"]

    assert quantities(await ours.remove(foreign)) == [1]
    assert ours.errors[0]["code"] == "INVALID_MERCHANDISE_LINE"
    assert quantities(await ours.update({"id": foreign, "quantity": 7})) == [1]
    assert quantities(await theirs.read()) == [1]


async def test_a_call_takes_250_lines_and_a_cart_500() -> None:
    variant = await a_variant(available=None)
    many = [line(variant, 1, attributes=[{"key": "n", "value": str(n)}]) for n in range(251)]
    basket = await a_basket()

    await basket.add(*many)
    assert basket.errors[0]["code"] == "MAXIMUM_EXCEEDED"
    await basket.add(*many[:250])
    more = [{**each, "attributes": [{"key": "m", "value": str(n)}]} for n, each in enumerate(many)]
    await basket.add(*more[:250])
    assert basket.errors == []
    cart = await basket.add(*more[249:])

    assert basket.errors[0]["code"] == "CART_TOO_LARGE"
    assert cart["totalQuantity"] == 500


async def test_an_addition_goes_with_the_line_it_was_added_to() -> None:
    gift, wrap = await a_variant(), await a_variant()
    basket = await a_basket(line(gift))
    parent = (await basket.read())["lines"]["nodes"][0]["id"]

    cart = await basket.add(line(wrap, 1, parent={"lineId": parent}))
    assert quantities(cart) == [1, 1]
    await basket.add(line(wrap, 1, parent={"lineId": cart["lines"]["nodes"][1]["id"]}))
    assert basket.errors[0]["code"] == "PARENT_LINE_NESTING_TOO_DEEP"

    assert quantities(await basket.remove(parent)) == []


async def test_the_second_change_of_one_document_sees_the_first() -> None:
    variant = await a_variant()
    basket = await a_basket()

    document = """mutation($cart: ID!, $lines: [CartLineInput!]!) {
        one: cartLinesAdd(cartId: $cart, lines: $lines) { cart { totalQuantity lines { nodes { quantity } } } }
        two: cartLinesAdd(cartId: $cart, lines: $lines) { cart { totalQuantity lines { nodes { quantity } } } }
    }"""
    asked = await basket.counter.ask(document, cart=basket.id, lines=[line(variant)])

    assert asked.data["one"]["cart"]["totalQuantity"] == 1
    assert asked.data["two"]["cart"] == {"totalQuantity": 2, "lines": {"nodes": [{"quantity": 2}]}}


async def test_null_cursors_mean_none_were_given() -> None:
    basket = await a_basket(line(await a_variant()))

    document = "query($id: ID!) { cart(id: $id) { lines(first: 1, after: null) { pageInfo { hasNextPage } } } }"
    asked = await basket.counter.ask(document, id=basket.id)

    assert asked.codes == []


async def test_a_note_too_long_is_refused_and_the_old_one_stays() -> None:
    basket = Basket()
    await basket.create(note="short")

    cart = await basket.do("cartNoteUpdate", "$note: String!", "note: $note", note="x" * 5_001)

    assert cart["note"] == "short"
    assert basket.errors[0]["code"] == "NOTE_TOO_LONG"


async def test_a_buyer_can_be_named_corrected_and_forgotten() -> None:
    basket = await a_basket()
    types, arguments = "$buyer: CartBuyerIdentityInput!", "buyerIdentity: $buyer"

    await basket.do(
        "cartBuyerIdentityUpdate", types, arguments, buyer={"email": "ada@example.com", "phone": "+4912345"}
    )
    cart = await basket.do("cartBuyerIdentityUpdate", types, arguments, buyer={})
    assert cart["buyerIdentity"]["email"] == "ada@example.com"

    cart = await basket.do("cartBuyerIdentityUpdate", types, arguments, buyer={"email": "not an email"})
    assert basket.errors[0]["field"] == ["buyerIdentity", "email"]
    assert cart["buyerIdentity"]["email"] == "ada@example.com"

    await basket.do("cartBuyerIdentityUpdate", types, arguments, buyer={"customerAccessToken": "nobody's"})
    assert basket.errors[0]["field"] == ["buyerIdentity", "customerAccessToken"]

    document = "mutation($cart: ID!) { cartRemovePersonalData(cartId: $cart) { cart { id } } }"
    await basket.counter.ask(document, cart=basket.id)
    assert (await basket.read())["buyerIdentity"] == {
        "email": None,
        "phone": None,
        "countryCode": None,
        "customer": None,
    }


async def test_a_clone_has_the_goods_and_nothing_personal() -> None:
    basket = Basket()
    await basket.create(lines=[line(await a_variant(), 2)], buyerIdentity={"email": "ada@example.com"})

    asked = await basket.counter.ask(
        "mutation($cart: ID!) { cartClone(cartId: $cart) { cart { id totalQuantity buyerIdentity { email } } } }",
        cart=basket.id,
    )

    clone = asked.data["cartClone"]["cart"]
    assert clone["id"] != basket.id
    assert (clone["totalQuantity"], clone["buyerIdentity"]["email"]) == (2, None)


async def test_an_addition_to_a_cloned_line_merges_with_its_equal() -> None:
    gift, wrap = await a_variant(), await a_variant()
    basket = await a_basket(line(gift))
    parent = (await basket.read())["lines"]["nodes"][0]["id"]
    await basket.add(line(wrap, 1, parent={"lineId": parent}))
    asked = await basket.counter.ask(
        "mutation($cart: ID!) { cartClone(cartId: $cart) { cart { id } } }", cart=basket.id
    )
    clone = Basket(basket.counter, asked.data["cartClone"]["cart"]["id"])
    first = (await clone.read())["lines"]["nodes"][0]["id"]

    assert quantities(await clone.add(line(wrap, 2, parent={"lineId": first}))) == [1, 3]
    assert quantities(await basket.read()) == [1, 1]
