"""Ways of naming one thing: by its handle or by its id, exactly one of them."""

from resolvers.mistakes import BadArgument


def one_way(**names: object) -> None:
    """Raise BadArgument unless exactly one of these arguments was given."""
    given = [name for name, value in names.items() if value is not None]
    if len(given) != 1:
        wanted = " or ".join(f"`{name}`" for name in names)
        raise BadArgument(f"Give {wanted}, exactly one of them.", given=given)
