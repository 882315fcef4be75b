"""What a payment provider must be able to do. Money, ids and results only: a gateway knows nothing of orders."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from models.money import Money


class Outcome(StrEnum):
    """What became of a request. UNKNOWN means: ask again with the same key."""

    DONE = "DONE"
    DECLINED = "DECLINED"
    ACTION_REQUIRED = "ACTION_REQUIRED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said. `captured` tells whether money has moved already, not only been promised."""

    outcome: Outcome
    reference: str | None = None
    captured: bool = False
    error: str | None = None
    message: str | None = None
    action_url: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """Money to be promised, or taken at once. Asked for again it is the same request, to the letter.

    `return_url` is where a shopper comes back to who had to confirm the payment elsewhere.
    """

    money: Money
    session_id: str
    key: str
    capture: bool
    return_url: str
    asked_at: dt.datetime


class Gateway(Protocol):
    """A payment provider. Every request carries a key: the same key asked twice moves money once."""

    name: str
    public_key: str | None
    """What a storefront's own payment form identifies the shop with, where the provider has such forms."""
    hosted_session: str | None
    """The session id that means: let the shopper pay on a page of the provider's."""

    def takes(self, session_id: str) -> bool:
        """Whether a client's payment session is one of this provider's."""

    async def authorize(self, request: PaymentRequest) -> Answer:
        """Have money promised, or taken at once."""

    async def capture(self, reference: str, money: Money, *, key: str) -> Answer:
        """Take money that was promised, all or a part."""

    async def refund(self, reference: str, money: Money, *, key: str) -> Answer:
        """Give taken money back, all or a part."""

    async def void(self, reference: str, *, key: str) -> Answer:
        """Let a promise go."""

    async def outcome_of(self, request: PaymentRequest, *, reference: str | None, still_wanted: bool) -> Answer:
        """What became of an authorization whose answer was lost, or that waits for the shopper.

        What is still wanted may be asked for anew with its key. What is not is only looked for: DECLINED if the
        provider never heard of it.
        """
