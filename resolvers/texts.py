"""Shorter text out of long."""

from resolvers.mistakes import BadArgument

ELLIPSIS = "..."


def shortened(text: str, longest: int | None) -> str:
    """The text, cut so that it has at most `longest` characters, the dots included."""
    if longest is None:
        return text
    if longest < 1:
        raise BadArgument("`truncateAt` must be at least 1.", argument="truncateAt")
    if len(text) <= longest:
        return text
    return text[: max(longest - len(ELLIPSIS), 0)].rstrip() + ELLIPSIS[:longest]
