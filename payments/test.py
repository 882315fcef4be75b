"""A provider for trying out: what happens is written in the session id. It moves no money.

`test:approve`, `test:decline`, `test:action` (asks the shopper to confirm on a page), `test:timeout` (the answer is
lost, though the money was promised), `test:slow` (the answer comes at the second asking), `test:capture-fails` and
`test:refund-fails`. Answers depend on the session and the key alone, so they survive a restart as a real provider's
books do.
"""

from models.money import Money
from payments.gateway import Answer, Outcome

PREFIX = "test:"


class TestGateway:
    """A provider that does what the session id says."""

    name = "test"
    __test__ = False

    def takes(self, session_id: str) -> bool:
        """Every session that begins with `test:`."""
        return session_id.startswith(PREFIX)

    async def authorize(self, money: Money, *, session_id: str, key: str, capture: bool, return_url: str) -> Answer:
        """Promise, decline, ask for an action, or lose the answer."""
        match session_id.removeprefix(PREFIX):
            case "decline":
                return Answer(Outcome.DECLINED, error="PAYMENT_CARD_DECLINED", message="The card was declined.")
            case "funds":
                return Answer(Outcome.DECLINED, error="PAYMENT_INSUFFICIENT_FUNDS", message="The card has no cover.")
            case "action":
                return Answer(Outcome.ACTION_REQUIRED, _reference(session_id, key), action_url=return_url)
            case "timeout" | "slow":
                return Answer(Outcome.UNKNOWN, message="The provider did not answer in time.")
            case "approve" | "capture-fails" | "refund-fails":
                return Answer(
                    Outcome.DONE, _reference(session_id, key), captured=capture and "capture" not in session_id
                )
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

    async def outcome_of(self, *, session_id: str, key: str, reference: str | None) -> Answer:
        """The answer that was lost: a slow or lost one was a promise; an action not taken yet is still asked for."""
        match session_id.removeprefix(PREFIX):
            case "timeout" | "slow":
                return Answer(Outcome.DONE, _reference(session_id, key))
            case "action":
                return Answer(Outcome.ACTION_REQUIRED, _reference(session_id, key))
        return await self.authorize(Money(0, "EUR"), session_id=session_id, key=key, capture=False, return_url="")


def _reference(session_id: str, key: str) -> str:
    return f"{session_id.removeprefix(PREFIX)}-{key}"
