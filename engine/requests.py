"""A GraphQL request out of the JSON or the query string it came in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson

from engine.errors import BATCHING_NOT_SUPPORTED, malformed

MOST_PARAMETERS = 32
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # written in JSON; with one more backslash it is but letters


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """A well-formed request: either `query` is text, or a hash or id stands for it."""

    query: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    extensions: dict[str, Any] = field(default_factory=dict)
    document_id: str | None = None


def request_from_body(body: bytes) -> GraphQLRequest:
    """The request in a JSON body; anything else is refused as malformed."""
    parsed = read_json(body, "The request body")
    if isinstance(parsed, list):
        raise malformed("Batching is not supported: send one operation per request.", BATCHING_NOT_SUPPORTED)
    return request_from(parsed, "The request body")


def request_from_query_string(query_string: bytes) -> GraphQLRequest:
    """The request in the parameters of an address; the values of `variables` and `extensions` are JSON."""
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except ValueError as error:
        raise malformed("The query string is not URL-encoded UTF-8 of a few parameters.") from error
    parameters: dict[str, Any] = dict(pairs)
    for name in ("variables", "extensions"):
        if parameters.get(name):
            parameters[name] = read_json(parameters[name].encode(), f"The parameter {name}")
        else:
            parameters.pop(name, None)
    return request_from(parameters, "The query string")


def request_from(parsed: object, what: str) -> GraphQLRequest:
    """The request in a decoded JSON value; `what` names the value in refusals."""
    if not isinstance(parsed, dict):
        raise malformed(f"{what} must be a JSON object.")
    return GraphQLRequest(
        query=_text(parsed, "query"),
        variables=_object(parsed, "variables"),
        operation_name=_text(parsed, "operationName"),
        extensions=_object(parsed, "extensions"),
        document_id=_text(parsed, "documentId"),
    )


def read_json(raw: bytes | str, what: str) -> object:
    """The JSON value, or a refusal. Text with the NUL character is refused: no database takes it."""
    try:
        parsed: object = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise malformed(f"{what} is not valid JSON.") from error
    if NUL.search(raw if isinstance(raw, bytes) else raw.encode()):
        raise malformed(f"{what} contains the character U+0000.")
    return parsed


def _text(parsed: Mapping[str, object], name: str) -> str | None:
    value = parsed.get(name)
    if value is None or isinstance(value, str):
        return value or None
    raise malformed(f"'{name}' must be a string.")


def _object(parsed: Mapping[str, object], name: str) -> dict[str, Any]:
    value = parsed.get(name)
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    raise malformed(f"'{name}' must be a JSON object.")
