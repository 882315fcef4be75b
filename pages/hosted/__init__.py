"""The pages shoppers meet: the checkout at `checkoutUrl` and the order's status at `statusUrl`.

The checkout is at `/checkout/{cart key}`, as clients expect. The order's token is in the fragment,
`/orders/{key}#{token}`, which browsers keep to themselves: it reaches no server, no log and no other site.
"""

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.hosted.address_forms import address_form
from pages.safety import content_policy, safe_page

HERE = Path(__file__).parent
POLICY = content_policy(pictures=["https:"])  # imported catalogs keep their pictures at home


def hosted_routes() -> list[Route]:
    """The checkout, what its address form needs, and the order status page."""
    return [
        Route("/checkout/address-forms/{country}.json", _address_form),
        Route("/checkout/{cart}", _checkout),
        Route("/orders/{order}", _order),
    ]


async def _checkout(request: Request) -> Response:
    return safe_page(_html("checkout"), policy=POLICY)


async def _order(request: Request) -> Response:
    return safe_page(_html("order"), policy=POLICY)


async def _address_form(request: Request) -> Response:
    form = address_form(request.path_params["country"])
    if form is None:
        return JSONResponse({"error": "No such country."}, status_code=404)
    return JSONResponse(form, headers={"Cache-Control": "public, max-age=86400"})


@cache
def _html(name: str) -> str:
    return (HERE / f"{name}.html").read_text()
