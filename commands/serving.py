"""`serve`: the shop, from nothing."""


def serve() -> None:
    """Serve."""
