"""What the engine tells whoever counts operations."""

from collections.abc import Sequence
from typing import Protocol

from engine.operations import OperationFacts


class Observer(Protocol):
    """Called synchronously; must be quick and must not raise."""

    def request_refused(self, transport: str, *, codes: Sequence[str]) -> None:
        """A request ended before it was known which operation it asks for."""

    def operation_started(self, operation: OperationFacts) -> None:
        """A query, a mutation, or one event of a subscription begins to run."""

    def operation_finished(self, operation: OperationFacts, *, codes: Sequence[str], seconds: float) -> None:
        """It ended, with the `extensions.code` of each error it answered."""

    def subscription_opened(self, operation: OperationFacts) -> None:
        """A stream of events was opened."""

    def subscription_closed(self, operation: OperationFacts, *, codes: Sequence[str]) -> None:
        """The stream ended; `codes` is empty unless an error ended it."""


class SilentObserver:
    """Hears everything and tells nobody."""

    def request_refused(self, transport: str, *, codes: Sequence[str]) -> None: ...

    def operation_started(self, operation: OperationFacts) -> None: ...

    def operation_finished(self, operation: OperationFacts, *, codes: Sequence[str], seconds: float) -> None: ...

    def subscription_opened(self, operation: OperationFacts) -> None: ...

    def subscription_closed(self, operation: OperationFacts, *, codes: Sequence[str]) -> None: ...
