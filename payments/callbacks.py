"""What a provider tells of its own accord, whoever it is: verified already, in money and ids."""

from dataclasses import dataclass
from typing import Protocol

from models.money import Money
from payments.gateway import Answer


class Unreadable(Exception):
    """A message that is not the provider's, is too old or too new, or says nothing. The text tells an operator why."""


@dataclass(frozen=True, slots=True)
class RefundTold:
    """A refund at the provider: ours by its key, or given there by hand."""

    answer: Answer
    money: Money
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Callback:
    """One message. It speaks of a payment by our key, by the provider's reference, or both.

    `answer` is how far the payment had come then, `received` how much of it had been taken in all, `let_go` that its
    promise is over.
    """

    gateway: str
    event_id: str
    kind: str
    key: str | None = None
    reference: str | None = None
    answer: Answer | None = None
    received: Money | None = None
    let_go: bool = False
    refund: RefundTold | None = None


class Finder(Protocol):
    """A provider that can be asked about a payment by its own reference."""

    async def find(self, reference: str) -> Callback | None:
        """How far the payment has come now; None where that cannot be found out."""
