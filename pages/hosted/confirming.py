"""The page on which a shopper confirms a payment of the test provider, in place of a bank's. It needs no script."""

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from html import escape
from pathlib import Path

from babel.numbers import format_currency
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from commerce.confirming import Question, confirm, question_of
from pages.safety import content_policy, safe_page
from payments.test import CONFIRMING

HERE = Path(__file__).parent
POLICY = content_policy()
POSSIBLE = re.compile(r"[\w-]{1,64}", re.ASCII)


def confirming_route() -> Route:
    """The page, and where its buttons lead; its address holds the attempt's 128 random bits."""
    return Route(f"{CONFIRMING}{{reference}}", _page, methods=["GET", "POST"])


async def _page(request: Request) -> Response:
    reference = request.path_params["reference"]
    if not POSSIBLE.fullmatch(reference) or (question := await question_of(reference)) is None:
        return safe_page(_html("There is no such payment.", "", ""), policy=POLICY, status=404)
    if request.method == "POST":
        agreed = request.query_params.get("answer") == "yes"
        await confirm(reference, agreed=agreed, now=dt.datetime.now(dt.UTC))
        return RedirectResponse(question.return_url, status_code=303, headers={"Referrer-Policy": "no-referrer"})
    return safe_page(_of(question), policy=POLICY)


def _of(question: Question) -> str:
    back = f'<p><a href="{escape(question.return_url)}">Back to the checkout</a></p>'
    if not question.waits:
        return _html("This payment was answered before.", "", back)
    amount = format_currency(Decimal(question.money.amount), question.money.currency, locale="en")
    return _html("Do you confirm this payment?", escape(amount), _asked())


@cache
def _asked() -> str:
    return (HERE / "confirm-buttons.html").read_text()


def _html(question: str, amount: str, rest: str) -> str:
    whole = _template()
    for place, text in (("question", question), ("amount", amount), ("rest", rest)):
        whole = whole.replace(f"<!-- {place} -->", text)
    return whole


@cache
def _template() -> str:
    return (HERE / "confirm.html").read_text()
