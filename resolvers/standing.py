"""Whether who opened a stream may still look: asked for every event, and only once for all streams of one token."""

from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

from commerce.customer_tokens import still_signed_in
from commerce.staff import scopes_in_force
from outbox.moments import Moments
from resolvers.context import Context
from resolvers.mistakes import NotAllowed, NotSignedIn
from resolvers.permissions import require

T = TypeVar("T")

OVER = "The access token is not in force any more."


class Standings:
    """What was found out about tokens after one reading of events. Whatever ended a token before those events were
    recorded is seen; what ends it later is seen within a second, however slowly they are delivered."""

    __slots__ = ("_asked",)

    def __init__(self) -> None:
        self._asked: Moments | None = None

    async def require_staff(self, context: Context, scope: str) -> None:
        """Raise unless the viewer's staff token is in force and still has the scope."""
        require(context, scope)
        token_id = context.viewer.token_id
        if token_id is None:
            return
        scopes = await self._once(context, ("staff", token_id), lambda: scopes_in_force(token_id, now=context.now))
        if scopes is None:
            raise NotSignedIn(OVER)
        if scope not in scopes:
            raise NotAllowed(f"This needs the scope {scope}.", scope=scope)

    async def require_customer(self, context: Context) -> None:
        """Raise unless the viewer's customer token is in force."""
        digest = context.viewer.customer_token
        if digest is None:
            return
        if not await self._once(context, ("customer", digest), lambda: still_signed_in(digest, now=context.now)):
            raise NotSignedIn(OVER)

    async def _once(self, context: Context, token: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        if self._asked is None:
            self._asked = Moments()
        return await self._asked.of((token, int(context.now.timestamp())), ask)
