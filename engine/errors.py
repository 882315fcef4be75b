"""Refusals: what the engine says instead of running a request, each with a stable `extensions.code`."""

from collections.abc import Collection, Iterable

from graphql import GraphQLError
from graphql.language import Node

PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
BAD_USER_INPUT = "BAD_USER_INPUT"
BAD_REQUEST = "BAD_REQUEST"
INTERNAL_ERROR = "INTERNAL_ERROR"
NO_SUCH_OPERATION = "OPERATION_RESOLUTION_FAILURE"
PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
DOCUMENT_NOT_TRUSTED = "DOCUMENT_NOT_TRUSTED"
DOCUMENT_TOO_LARGE = "DOCUMENT_TOO_LARGE"
QUERY_TOO_DEEP = "QUERY_TOO_DEEP"
QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
COST_EXCEEDED = "MAX_COST_EXCEEDED"
ROWS_EXCEEDED = "ROW_BUDGET_EXCEEDED"
DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
BATCHING_NOT_SUPPORTED = "BATCHING_NOT_SUPPORTED"
SUBSCRIPTION_NEEDS_STREAM = "SUBSCRIPTION_NEEDS_STREAM"
TOO_MANY_OPERATIONS = "TOO_MANY_OPERATIONS"
TOO_MANY_STREAMS = "TOO_MANY_STREAMS"
SLOW_READER = "SLOW_READER"
CANCELED = "CANCELED"
UNAUTHENTICATED = "UNAUTHENTICATED"
FORBIDDEN = "FORBIDDEN"

STATUSES = {UNAUTHENTICATED: 401, FORBIDDEN: 403, INTERNAL_ERROR: 500}
"""What HTTP says, under every media type, where one of these kept an operation from running at all."""


class Refused(Exception):
    """A request that is not run. `status` is what HTTP says where the client asked for GraphQL's own media type;
    a request that is not even GraphQL (`malformed`) gets it under every media type."""

    def __init__(self, errors: Iterable[GraphQLError], *, status: int = 400, malformed: bool = False) -> None:
        self.errors = tuple(errors)
        self.status = status
        self.malformed = malformed
        super().__init__("; ".join(error.message for error in self.errors))


def refusal(
    message: str,
    code: str,
    *,
    status: int = 400,
    malformed: bool = False,
    nodes: Collection[Node] | None = None,
) -> Refused:
    """One error with its code, ready to be raised."""
    return Refused([GraphQLError(message, nodes, extensions={"code": code})], status=status, malformed=malformed)


def malformed(message: str, code: str = BAD_REQUEST, *, status: int = 400) -> Refused:
    """The refusal of a request that is not a well-formed GraphQL request."""
    return refusal(message, code, status=status, malformed=True)


def coded(errors: Iterable[GraphQLError], code: str) -> list[GraphQLError]:
    """The same errors, each with `code` unless it has one of its own."""
    return [error if "code" in (error.extensions or {}) else _with_code(error, code) for error in errors]


def _with_code(error: GraphQLError, code: str) -> GraphQLError:
    return GraphQLError(
        error.message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        original_error=error.original_error,
        extensions={**(error.extensions or {}), "code": code},
    )
