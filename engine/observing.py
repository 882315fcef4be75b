"""What the engine tells whoever counts operations."""

from collections.abc import Sequence
from typing import Protocol

from engine.operations import OperationFacts


class Observer(Protocol):
    """Called synchronously; must be quick and must not raise."""

    def request_refused(self, transport: str, *, codes: Sequence[str]) -> None:
        """A request ended before it was known which operation it asks for."""

    def answer_kept(self, *, found: bool) -> None:
        """A request was answered with what was kept, or its answer was kept for the next."""

    def operation_started(self, operation: OperationFacts) -> None:
        """A query, a mutation, or one event of a subscription begins to run."""

    def operation_finished(self, operation: OperationFacts, *, codes: Sequence[str], seconds: float) -> None:
        """It ended, with the `extensions.code` of each error it answered."""

    def subscription_opened(self, operation: OperationFacts) -> None:
        """A stream of events was opened."""

    def subscription_closed(self, operation: OperationFacts, *, codes: Sequence[str]) -> None:
        """The stream ended; `codes` is empty unless an error ended it."""

    def event_delivered(self, operation: OperationFacts) -> None:
        """An event's answer was handed to the transport of one stream."""

    def slow_reader_closed(self, transport: str) -> None:
        """A stream or socket was closed because its client took nothing for too long."""


class SilentObserver:
    """Hears everything and tells nobody."""

    def request_refused(self, transport: str, *, codes: Sequence[str]) -> None: ...

    def answer_kept(self, *, found: bool) -> None: ...

    def operation_started(self, operation: OperationFacts) -> None: ...

    def operation_finished(self, operation: OperationFacts, *, codes: Sequence[str], seconds: float) -> None: ...

    def subscription_opened(self, operation: OperationFacts) -> None: ...

    def subscription_closed(self, operation: OperationFacts, *, codes: Sequence[str]) -> None: ...

    def event_delivered(self, operation: OperationFacts) -> None: ...

    def slow_reader_closed(self, transport: str) -> None: ...
