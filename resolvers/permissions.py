"""Whether staff may: what guards the fields of the staff schema by the scopes they name."""

from collections.abc import Collection

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
