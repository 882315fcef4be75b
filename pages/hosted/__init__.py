"""The pages shoppers meet: the checkout at `checkoutUrl` and the order's status at `statusUrl`.

The checkout is at `/checkout/{cart key}`, as clients expect. The order's token is in the fragment,
`/orders/{key}#{token}`, which browsers keep to themselves: it reaches no server, no log and no other site.
"""

from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.hosted.address_forms import address_form
from pages.hosted.confirming import confirming_route
from pages.safety import content_policy, safe_page

HERE = Path(__file__).parent
POLICY = content_policy(pictures=["https:"])  # imported catalogs keep their pictures at home


def hosted_routes(*, storefront_token: str = "") -> list[Route]:
    """The checkout, what its address form needs, the page of the test bank, and the order status page.

    The pages show the token to the storefront API; whoever reads a page reads it, as with every public token.
    """

    async def checkout(request: Request) -> Response:
        return safe_page(_html("checkout", storefront_token), policy=POLICY)

    async def order(request: Request) -> Response:
        return safe_page(_html("order", storefront_token), policy=POLICY)

    return [
        Route("/checkout/address-forms/{country}.json", _address_form),
        Route("/checkout/{cart}", checkout),
        Route("/orders/{order}", order),
        confirming_route(),
    ]


async def _address_form(request: Request) -> Response:
    form = address_form(request.path_params["country"])
    if form is None:
        return JSONResponse({"error": "No such country."}, status_code=404)
    return JSONResponse(form, headers={"Cache-Control": "public, max-age=86400"})


@cache
def _html(name: str, storefront_token: str) -> str:
    shown = f'<meta name="storefront-token" content="{escape(storefront_token)}">'
    return (HERE / f"{name}.html").read_text().replace('<meta name="storefront-token" content="">', shown)
