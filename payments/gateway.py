"""What a payment provider must be able to do. Money, ids and results only: a gateway knows nothing of orders."""

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


class Gateway(Protocol):
    """A payment provider. Every request carries a key: the same key asked twice moves money once."""

    name: str

    def takes(self, session_id: str) -> bool:
        """Whether a client's payment session is one of this provider's."""

    async def authorize(self, money: Money, *, session_id: str, key: str, capture: bool, return_url: str) -> Answer:
        """Have money promised, or taken at once."""

    async def capture(self, reference: str, money: Money, *, key: str) -> Answer:
        """Take money that was promised, all or a part."""

    async def refund(self, reference: str, money: Money, *, key: str) -> Answer:
        """Give taken money back, all or a part."""

    async def void(self, reference: str, *, key: str) -> Answer:
        """Let a promise go."""

    async def outcome_of(self, *, session_id: str, key: str, reference: str | None) -> Answer:
        """What became of an authorization whose answer was lost. DECLINED if the provider never heard of it."""
