"""`audit`: every promise of a correct shop, asked of the live database."""

import asyncio

import typer


def audit() -> None:
    """Check every promise of a correct shop on the database; exits 1 and shows the rows that break one."""
    from commerce.invariants import PROMISES, Broken, broken_promises
    from database.connection import connected
    from settings import settings

    async def ask() -> list[Broken]:
        async with connected(settings().database):
            return await broken_promises()

    found = asyncio.run(ask())
    for broken in found:
        typer.echo(f"BROKEN  {broken.promise.words}\n        {broken.promise.table}: {', '.join(broken.keys)}")
    if found:
        raise typer.Exit(1)
    typer.echo(f"All {len(PROMISES)} promises hold.")
