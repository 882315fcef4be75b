"""A provider for trying out: what happens is written in the session id. It moves no money.

`test:approve`, `test:decline`, `test:funds`, `test:action` (asks the shopper to confirm on a page of ours),
`test:timeout` (the answer is lost, though the money was promised), `test:slow` (the answer comes at the second asking),
`test:capture-fails` and `test:refund-fails`. Answers depend on the session and the key alone, so they survive a restart
as a real provider's books do.
"""

from urllib.parse import urljoin

from models.money import Money
from payments.gateway import Answer, Outcome, PaymentRequest

PREFIX = "test:"
CONFIRMING = "/test-payments/"
"""Where the page is on which a shopper confirms a `test:action`, or does not."""


class TestGateway:
    """A provider that does what the session id says."""

    name = "test"
    public_key: str | None = None
    hosted_session: str | None = None
    __test__ = False

    def takes(self, session_id: str) -> bool:
        """Every session that begins with `test:`."""
        return session_id.startswith(PREFIX)

    async def authorize(self, request: PaymentRequest) -> Answer:
        """Promise, decline, ask for an action, or lose the answer."""
        match request.session_id.removeprefix(PREFIX):
            case "decline":
                return Answer(Outcome.DECLINED, error="PAYMENT_CARD_DECLINED", message="The card was declined.")
            case "funds":
                return Answer(Outcome.DECLINED, error="PAYMENT_INSUFFICIENT_FUNDS", message="The card has no cover.")
            case "action":
                return _waiting(request)
            case "timeout" | "slow":
                return Answer(Outcome.UNKNOWN, message="The provider did not answer in time.")
            case "approve" | "capture-fails" | "refund-fails":
                return _promised(request)
        return Answer(Outcome.DECLINED, error="PAYMENT_INVALID_PAYMENT_METHOD", message="There is no such test.")

    async def capture(self, reference: str, money: Money, *, key: str) -> Answer:
        """Take the money, unless the session says that this fails."""
        if "capture-fails" in reference:
            return Answer(Outcome.DECLINED, error="PAYMENT_ERROR", message="The provider could not take the money.")
        return Answer(Outcome.DONE, reference, captured=True)

    async def refund(self, reference: str, money: Money, *, key: str) -> Answer:
        """Give the money back, unless the session says that this fails."""
        if "refund-fails" in reference:
            return Answer(Outcome.DECLINED, error="PAYMENT_ERROR", message="The provider could not give money back.")
        return Answer(Outcome.DONE, reference)

    async def void(self, reference: str, *, key: str) -> Answer:
        """Let the promise go."""
        return Answer(Outcome.DONE, reference)

    async def outcome_of(self, request: PaymentRequest, *, reference: str | None, still_wanted: bool) -> Answer:
        """The answer that was lost: a slow or lost one was a promise; an action not taken yet is still asked for."""
        match request.session_id.removeprefix(PREFIX):
            case "timeout" | "slow":
                return _promised(request)
            case "action":
                return _waiting(request)
        return await self.authorize(request)


def _promised(request: PaymentRequest) -> Answer:
    fails_later = "capture-fails" in request.session_id
    return Answer(Outcome.DONE, _reference(request), captured=request.capture and not fails_later)


def _waiting(request: PaymentRequest) -> Answer:
    reference = _reference(request)
    page = urljoin(request.return_url, f"{CONFIRMING}{reference}")
    return Answer(Outcome.ACTION_REQUIRED, reference, action_url=page)


def _reference(request: PaymentRequest) -> str:
    return f"{request.session_id.removeprefix(PREFIX)}-{request.key}"
