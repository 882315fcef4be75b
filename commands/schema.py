"""`schema`: the GraphQL schemas as text."""

import importlib
from typing import Annotated

import typer


def schema(
    admin: Annotated[bool, typer.Option("--admin", help="The staff schema instead of the shoppers' one.")] = False,
) -> None:
    """Print the schema in GraphQL's own language."""
    typer.echo(printed("admin" if admin else "storefront"), nl=False)


def printed(name: str) -> str:
    """The text of one schema, as committed in `schema/`."""
    room = importlib.import_module(f"schema.{name}.schema")
    return f"{str(getattr(room, name)()).strip()}\n"
