"""What every test of the checkout page does first."""

from tests.browser.visitor import Visitor
from tests.buying import Basket

ADA = {
    "email": "ada@example.com",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "address1": "Unter den Linden 1",
    "city": "Berlin",
    "zip": "10117",
}


def the_checkout_of(basket: Basket, shop_address: str) -> str:
    """Where the cart is paid."""
    return f"{shop_address}/checkout/{basket.id.removeprefix('gid://shopwright/Cart/')}"


async def fills_in(visitor: Visitor, **differences: str) -> None:
    """Write an address in Germany into the form, and leave the last field."""
    await visitor.page.locator("#countryCode").select_option("DE")
    await visitor.page.locator("#address-fields #zip").wait_for()
    for name, value in {**ADA, **differences}.items():
        await visitor.page.locator(f"#{name}").fill(value)
    await visitor.page.keyboard.press("Tab")
