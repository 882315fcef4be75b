"""The pages of the stand-in: Stripe's checkout, and the bank's question in between."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from drills.ground.stripe_stand_in.books import Books

HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Pay</title></head>
<body><main><h1>{title}</h1><p>{amount}</p>
<form method="post"><button name="say" value="yes">{yes}</button> <button name="say" value="no">{no}</button></form>
</main></body></html>"""


@dataclass(frozen=True)
class Page:
    """What is shown."""

    html: str
    status: int = 200


@dataclass(frozen=True)
class Redirect:
    """Where it goes on."""

    to: str


def shown_page(books: Books, key: str) -> Page:
    """The question that a payment waits for."""
    if key in books.pages:
        kept = books.pages[key]
        amount = f"{kept['amount_total']} {kept['currency']}"
        return Page(HTML.format(title="Stand-in checkout", amount=escape(amount), yes="Pay", no="Back"))
    if key in books.intents:
        intent = books.intents[key]
        amount = f"{intent['amount']} {intent['currency']}"
        return Page(HTML.format(title="Your bank asks", amount=escape(amount), yes="Approve", no="Decline"))
    return Page("Nothing here.", 404)


def answered_page(books: Books, key: str, said: dict[str, str]) -> Redirect:
    """The shopper's answer, and the way back to the shop."""
    agreed = said.get("say") == "yes"
    if key in books.pages:
        if agreed:
            books.pay_on_page(key)
        return Redirect(books.pages[key]["success_url" if agreed else "cancel_url"])
    books.confirm(key) if agreed else books.fail_authentication(key)
    intent = books.intents[key]
    query = {
        "payment_intent": key,
        "payment_intent_client_secret": intent["client_secret"],
        "redirect_status": "succeeded" if agreed else "failed",
    }
    return Redirect(f"{intent['return_url']}?{urlencode(query)}")
