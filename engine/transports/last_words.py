"""Last words to a client that reads nothing: written behind what still waits for it, and not waited for."""

from starlette.types import Scope

EXTENSION = "engine.hurry"
"""Where a server offers, among a connection's ASGI extensions, a function that lets the next messages pass at once and
then cuts the connection if it does not end by itself. Without it a reason reaches only who reads."""


def hurry(scope: Scope) -> None:
    """Say that what is sent from now on is the last of this connection."""
    let_pass = (scope.get("extensions") or {}).get(EXTENSION)
    if let_pass is not None:
        let_pass()
