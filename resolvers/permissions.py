"""Whether staff may: what guards the fields of the staff schema by the scopes they name."""

from collections.abc import Collection

from commerce.staff import still_in_force
from resolvers.context import Context
from resolvers.mistakes import NotAllowed, NotSignedIn


def require_any(context: Context, scopes: Collection[str]) -> None:
    """Raise unless the viewer has one of the scopes."""
    if "anyone" in scopes:
        return
    if context.viewer.staff is None:
        raise NotSignedIn("This is for staff: send an access token.")
    if "staff" not in scopes and context.viewer.scopes.isdisjoint(scopes):
        wanted = sorted(scopes)
        raise NotAllowed(f"This needs the scope {' or '.join(wanted)}.", scope=wanted[0])


def require(context: Context, scope: str) -> None:
    """Raise unless the viewer has the scope."""
    require_any(context, {scope})


async def require_still(context: Context, scope: str) -> None:
    """Raise unless the viewer's token is in force to this moment; for streams, before each event."""
    require(context, scope)
    token_id = context.viewer.token_id
    if token_id is not None and not await still_in_force(token_id, now=context.now):
        raise NotSignedIn("The access token is not in force any more.")
