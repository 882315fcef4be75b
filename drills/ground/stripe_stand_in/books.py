"""The books of the stand-in: payments, refunds and pages, and an event for everything that happens to them."""

import copy
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from drills.ground.stripe_stand_in.cards import DECLINES, NEEDS_THE_BANK, NO_PARTS, REFUNDS_FAIL, REFUSES_CAPTURE


class Refusal(Exception):
    """Stripe's error answer."""

    def __init__(self, status: int, **error: Any) -> None:
        super().__init__(error)
        self.status = status
        self.error = {"type": "card_error" if status == 402 else "invalid_request_error", "message": "No.", **error}


@dataclass
class Books:
    """Everything the stand-in knows."""

    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)

    def clear(self) -> None:
        """Begin anew."""
        for kept in (self.intents, self.refunds, self.pages, self.events):
            kept.clear()

    def do(self, method: str, path: str, params: dict[str, Any], address: str) -> Any:
        """One request of the API."""
        for pattern, verb, act in ROUTES:
            if verb == method and (found := re.fullmatch(f"/v1/{pattern}", path)):
                return act(self, *found.groups(), params=params, address=address)
        raise Refusal(404, code="resource_missing")

    def create_intent(self, *, params: dict[str, Any], address: str) -> Any:
        method = params.get("payment_method") or params.get("confirmation_token", "")
        if not method.startswith(("pm_card_", "ctoken_")):
            raise Refusal(400, code="resource_missing", param="payment_method")
        intent = self._new_intent(params, method, return_url=params["return_url"])
        if method in DECLINES:
            raise self._declined(intent, DECLINES[method])
        if method in NEEDS_THE_BANK:
            intent["status"] = "requires_action"
            page = {"url": f"{address}/pay/{intent['id']}", "return_url": params["return_url"]}
            intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": page}
            self.happened("payment_intent.requires_action", intent)
        else:
            self.confirm(intent["id"])
        return intent

    def create_page(self, *, params: dict[str, Any], address: str) -> Any:
        item = params["line_items"]["0"]
        key = f"cs_test_{secrets.token_hex(8)}"
        self.pages[key] = {
            "id": key,
            "object": "checkout.session",
            "status": "open",
            "url": f"{address}/pay/{key}",
            "payment_intent": None,
            "currency": item["price_data"]["currency"],
            "amount_total": int(item["price_data"]["unit_amount"]) * int(item["quantity"]),
            "intent_data": params["payment_intent_data"],
            **{name: params[name] for name in ("success_url", "cancel_url", "metadata")},
        }
        return self.pages[key]

    def retrieve_page(self, key: str, *, params: dict[str, Any], address: str) -> Any:
        page = _in(self.pages, key)
        expanded = "payment_intent" in params.get("expand", {}).values()
        return {**page, "payment_intent": self.intents.get(page["payment_intent"])} if expanded else page

    def expire_page(self, key: str, *, params: dict[str, Any], address: str) -> Any:
        page = _in(self.pages, key)
        if page["status"] != "open":
            raise Refusal(400)
        page.update(status="expired", url=None)
        self.happened("checkout.session.expired", page)
        return page

    def pay_on_page(self, key: str, method: str = "pm_card_visa") -> None:
        """What the shopper does on the page; a declined card leaves it open."""
        page = self.pages[key]
        asked = {"amount": page["amount_total"], "currency": page["currency"], **page["intent_data"]}
        known = self.intents.get(page["payment_intent"])
        intent = known or self._new_intent(asked, method, return_url=page["success_url"])
        page["payment_intent"] = intent["id"]
        if method in DECLINES:
            self._declined(intent, DECLINES[method])
            return
        self.confirm(intent["id"])
        page["status"] = "complete"
        self.happened("checkout.session.completed", page)

    def retrieve_intent(self, key: str, *, params: dict[str, Any], address: str) -> Any:
        return _in(self.intents, key)

    def search_intents(self, *, params: dict[str, Any], address: str) -> Any:
        asked = re.fullmatch(r"metadata\['(\w+)'\]:'(\w+)'", params["query"])
        assert asked, params
        found = [each for each in self.intents.values() if each["metadata"].get(asked[1]) == asked[2]]
        return {"object": "search_result", "data": found[:1], "has_more": False, "url": "/v1/payment_intents/search"}

    def confirm(self, key: str) -> None:
        """The bank agrees."""
        intent = self.intents[key]
        intent["next_action"] = None
        if intent["capture_method"] == "manual":
            intent.update(status="requires_capture", amount_capturable=intent["amount"])
            self.happened("payment_intent.amount_capturable_updated", intent)
        else:
            intent.update(status="succeeded", amount_received=intent["amount"])
            self.happened("payment_intent.succeeded", intent)

    def fail_authentication(self, key: str) -> None:
        """The shopper does not confirm."""
        self._declined(self.intents[key], {"code": "payment_intent_authentication_failure"})

    def capture(self, key: str, *, params: dict[str, Any], address: str) -> Any:
        intent = _in(self.intents, key)
        if intent["status"] != "requires_capture":
            raise Refusal(400, code="payment_intent_unexpected_state")
        if intent["method"] in REFUSES_CAPTURE:
            raise Refusal(402, code="charge_expired_for_capture")
        amount = int(params.get("amount_to_capture", intent["amount_capturable"]))
        if amount > intent["amount_capturable"]:
            raise Refusal(400, code="amount_too_large")
        intent["metadata"].update(params.get("metadata", {}))
        intent["amount_received"] += amount
        intent["amount_capturable"] -= amount
        if params.get("final_capture") != "false" or not intent["amount_capturable"]:
            intent.update(status="succeeded", amount_capturable=0)
            self.happened("payment_intent.succeeded", intent)
        return intent

    def cancel(self, key: str, *, params: dict[str, Any], address: str) -> Any:
        intent = _in(self.intents, key)
        if intent["status"] in {"succeeded", "canceled"}:
            raise Refusal(400, code="payment_intent_unexpected_state")
        intent.update(status="canceled", amount_capturable=0, next_action=None)
        self.happened("payment_intent.canceled", intent)
        return intent

    def refund(self, *, params: dict[str, Any], address: str) -> Any:
        intent = _in(self.intents, params["payment_intent"])
        amount = int(params["amount"])
        if amount > intent["amount_received"] - self.refunded(intent["id"]):
            raise Refusal(400, code="charge_already_refunded")
        key = f"re_{secrets.token_hex(8)}"
        self.refunds[key] = {
            "id": key,
            "object": "refund",
            "status": "failed" if intent["method"] in REFUNDS_FAIL else "succeeded",
            "amount": amount,
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "metadata": params.get("metadata", {}),
        }
        self.happened("refund.created", self.refunds[key])
        return self.refunds[key]

    def refunds_of(self, *, params: dict[str, Any], address: str) -> Any:
        found = [each for each in self.refunds.values() if each["payment_intent"] == params["payment_intent"]]
        return {"object": "list", "data": found, "has_more": False, "url": "/v1/refunds"}

    def refunded(self, intent: str) -> int:
        given = [each for each in self.refunds.values() if each["payment_intent"] == intent]
        return sum(each["amount"] for each in given if each["status"] == "succeeded")

    def happened(self, kind: str, thing: dict[str, Any]) -> None:
        """Write an event with the thing as it is now."""
        self.events.append(
            {
                "id": f"evt_{secrets.token_hex(8)}",
                "object": "event",
                "type": kind,
                "created": int(time.time()),
                "data": {"object": copy.deepcopy(thing)},
            }
        )

    def _new_intent(self, params: dict[str, Any], method: str, *, return_url: str) -> dict[str, Any]:
        key = f"pi_{secrets.token_hex(8)}"
        parts = "unavailable" if method in NO_PARTS else "available"
        self.intents[key] = {
            "id": key,
            "object": "payment_intent",
            "client_secret": f"{key}_secret_{secrets.token_hex(6)}",
            "status": "requires_confirmation",
            "amount": int(params["amount"]),
            "amount_capturable": 0,
            "amount_received": 0,
            "currency": params["currency"],
            "capture_method": params["capture_method"],
            "metadata": dict(params.get("metadata", {})),
            "method": method,
            "return_url": return_url,
            "next_action": None,
            "last_payment_error": None,
            "latest_charge": {"payment_method_details": {"card": {"multicapture": {"status": parts}}}},
        }
        return self.intents[key]

    def _declined(self, intent: dict[str, Any], error: dict[str, str]) -> Refusal:
        intent.update(status="requires_payment_method", last_payment_error=error, next_action=None)
        self.happened("payment_intent.payment_failed", intent)
        return Refusal(402, **error, payment_intent=copy.deepcopy(intent))


def _in(kept: dict[str, dict[str, Any]], key: str) -> dict[str, Any]:
    if key not in kept:
        raise Refusal(404, code="resource_missing")
    return kept[key]


ROUTES: list[tuple[str, str, Any]] = [
    ("payment_intents", "POST", Books.create_intent),
    ("payment_intents/search", "GET", Books.search_intents),
    (r"payment_intents/(\w+)", "GET", Books.retrieve_intent),
    (r"payment_intents/(\w+)/capture", "POST", Books.capture),
    (r"payment_intents/(\w+)/cancel", "POST", Books.cancel),
    ("refunds", "POST", Books.refund),
    ("refunds", "GET", Books.refunds_of),
    ("checkout/sessions", "POST", Books.create_page),
    (r"checkout/sessions/(\w+)", "GET", Books.retrieve_page),
    (r"checkout/sessions/(\w+)/expire", "POST", Books.expire_page),
]
