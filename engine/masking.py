"""Which errors a client may read, and what it reads instead of the others."""

import logging
import secrets
from collections.abc import Iterable
from typing import Any

from graphql import GraphQLError

from engine.errors import BAD_USER_INPUT, INTERNAL_ERROR

MOST_TRACES = 3  # logged for one answer: a broken field of a long list would fill the log


class Masker:
    """Shows the client's mistakes as they are and hides ours behind a reference, under which the log has the trace."""

    def __init__(self, logger: logging.Logger) -> None:
        self._logger = logger

    def shown(self, errors: Iterable[GraphQLError] | None) -> list[dict[str, Any]]:
        """The errors as a client reads them, each with `extensions.code`."""
        references: dict[int, str] = {}
        return [self._shown(error, references) for error in errors or ()]

    def shown_bug(self, bug: Exception) -> dict[str, Any]:
        """What a client reads of an exception that has no place in the answer."""
        return self._shown(GraphQLError(str(bug), original_error=bug), {})

    def _shown(self, error: GraphQLError, references: dict[int, str]) -> dict[str, Any]:
        formatted: dict[str, Any] = dict(error.formatted)
        extensions = dict(error.extensions or {})
        if "code" not in extensions and _is_bug(error):
            extensions = {"code": INTERNAL_ERROR, "reference": self._reference(error, references)}
            formatted["message"] = "Internal error"
        extensions.setdefault("code", BAD_USER_INPUT)
        formatted["extensions"] = extensions
        return formatted

    def _reference(self, error: GraphQLError, references: dict[int, str]) -> str:
        bug = error.original_error or error
        if id(bug) not in references:
            references[id(bug)] = secrets.token_hex(6)
            if len(references) <= MOST_TRACES:
                path = ".".join(map(str, error.path or ()))
                self._logger.error(
                    "Internal error %s at %s",
                    references[id(bug)],
                    path or "the operation",
                    exc_info=bug,
                    extra={"reference": references[id(bug)]},
                )
        return references[id(bug)]


def codes_of(errors: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """The codes of errors as shown."""
    return tuple(error["extensions"]["code"] for error in errors)


def _is_bug(error: GraphQLError) -> bool:
    return error.original_error is not None and not isinstance(error.original_error, GraphQLError)
