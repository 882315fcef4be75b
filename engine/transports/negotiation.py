"""Which media type an answer is sent in: what the client likes best among what we speak."""

from collections.abc import Sequence

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
EVENT_STREAM = "text/event-stream"
WILDCARDS = ("*/*", "application/*")


def accepted(header: str | None) -> list[str]:
    """The types of ours that an Accept header allows, best first; equally good ones in the order they are written.

    No header, and a wildcard, mean JSON: an event stream has to be asked for by name.
    """
    if header is None or not header.strip():
        return [JSON]
    wanted = [_weighed(part) for part in header.split(",")]
    ranked = sorted((item for item in wanted if item[1] > 0), key=lambda item: -item[1])
    types = [JSON if name in WILDCARDS else name for name, _ in ranked]
    return list(dict.fromkeys(name for name in types if name in (JSON, GRAPHQL_JSON, EVENT_STREAM)))


def for_one_answer(types: Sequence[str]) -> str | None:
    """The type for a query or a mutation."""
    return next(iter(types), None)


def for_refusal(types: Sequence[str]) -> str:
    """The type for an answer that is never a stream."""
    return next((name for name in types if name != EVENT_STREAM), JSON)


def _weighed(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    weight = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                weight = float(parameter[2:])
            except ValueError:
                weight = 0.0
    return name, weight
