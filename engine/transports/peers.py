"""Who is at the other end of a connection."""

from starlette.types import Scope


def address_of(scope: Scope) -> str:
    """The client's network address, as the server knows it; "" where there is none."""
    client = scope.get("client")
    return str(client[0]) if client else ""
