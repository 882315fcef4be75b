"""`migrate` and `makemigrations`: the database's tables."""

import asyncio
from typing import Annotated

import typer

from commands import Refusal


def migrate() -> None:
    """Bring the database to the newest form of its tables."""
    from database.migrating import migrate as bring_up_to_date
    from settings import settings

    applied = asyncio.run(bring_up_to_date(settings().database, report=lambda name: typer.echo(f"  {name}")))
    typer.echo(f"Applied {len(applied)} migrations." if applied else "Nothing to migrate.")


def makemigrations(name: Annotated[str, typer.Argument(help="What changes, in words: add_gift_cards")]) -> None:
    """Write the next migration from the tables in models/, to be read before it is committed."""
    from database.drift import write_migration

    path = asyncio.run(write_migration(name))
    if path is None:
        raise Refusal("The migrations already lead to the tables of models/.")
    typer.echo(f"Wrote {path}. Read it: renames are guessed, and both databases must take it.")
