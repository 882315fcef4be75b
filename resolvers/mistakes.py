"""Mistakes a client can make. Each is shown to the client as an error with a stable `extensions.code`."""

from typing import Any


class Mistake(Exception):
    """What was wrong with the question, in a sentence the client's developer can act on."""

    code = "BAD_USER_INPUT"

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        self.extensions: dict[str, Any] = {"code": self.code, **details}


class BadArgument(Mistake):
    """An argument outside what the field accepts."""


class InvalidId(Mistake):
    """A text that is no id of the wanted type."""

    code = "INVALID_ID"


class BadCursor(Mistake):
    """A cursor that this connection, in this order, did not hand out."""

    code = "BAD_CURSOR"


class NotSignedIn(Mistake):
    """The field is for somebody known, and nobody was named."""

    code = "UNAUTHENTICATED"


class NotAllowed(Mistake):
    """Somebody known, without the right to this field."""

    code = "FORBIDDEN"


class NotFound(Mistake):
    """There is no such thing, or none that this viewer may see."""

    code = "NOT_FOUND"


class ExpiredLink(Mistake):
    """A link the shop made, whose time is over."""

    code = "LINK_EXPIRED"


class StreamEnded(Mistake):
    """The server is going away; a client opens the stream again with its last cursor."""

    code = "STREAM_ENDED"


class ExpiredCursor(Mistake):
    """A cursor into a history that is no longer kept from there on."""

    code = "CURSOR_EXPIRED"
