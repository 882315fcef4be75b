"""One operation about to run, as the application's hooks see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from graphql import GraphQLError

from engine.errors import ROWS_EXCEEDED

Kind = Literal["query", "mutation", "subscription"]
Way = Literal["plan", "reference"]
Transport = Literal["http", "sse", "websocket"]


class RowBudget:
    """How many rows one operation, or one event of a subscription, may still read. Loaders spend from it."""

    __slots__ = ("limit", "spent")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0

    def spend(self, rows: int) -> None:
        """Count rows that were read; raises a GraphQL error once the budget is overdrawn."""
        self.spent += rows
        if self.spent > self.limit:
            message = f"The operation read more than {self.limit} rows. Ask for smaller pages."
            raise GraphQLError(message, extensions={"code": ROWS_EXCEEDED})

    def refill(self) -> None:
        """Start again from nothing spent."""
        self.spent = 0


class Keeping:
    """Whether the answer of one operation may be kept. Resolvers that tell of passing things say that it may not."""

    __slots__ = ("allowed",)

    def __init__(self) -> None:
        self.allowed = True

    def forgo(self) -> None:
        """Do not keep the answer."""
        self.allowed = False


@dataclass(frozen=True, slots=True)
class OperationFacts:
    """What is known of an operation before it runs.

    `directives` are those written on the operation itself, by name, with their arguments coerced: a schema's
    `query @inContext(country: NO)` is `{"inContext": {"country": ...}}`. `way` is what runs it: a compiled "plan", or
    "reference", graphql-core, where no plan covers it. By `keeping` resolvers say that the answer is not to be kept.
    """

    kind: Kind
    name: str | None
    document_id: str
    variables: Mapping[str, Any]
    directives: Mapping[str, Mapping[str, Any]]
    extensions: Mapping[str, Any]
    transport: Transport
    budget: RowBudget
    cost: int
    way: Way = "reference"
    keeping: Keeping = field(default_factory=Keeping)
