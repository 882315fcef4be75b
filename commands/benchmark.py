"""`bench`: how fast the shop answers, beside graphql-core, a plain Strawberry and what nobody can beat."""

from typing import Annotated

import typer


def bench(
    products: Annotated[int, typer.Option(help="How many products to generate.", min=200)] = 2_000,
    rounds: Annotated[int, typer.Option(help="How often each is measured.", min=1)] = 5,
    seconds: Annotated[float, typer.Option(help="How long each is measured each time.")] = 6.0,
    quick: Annotated[
        bool, typer.Option("--quick", help="300 products, two rounds of two seconds, nothing kept.")
    ] = False,
) -> None:
    """Measure the shop on a PostgreSQL of its own, and write bench/RESULTS.md and bench/results.svg."""
    import asyncio
    import tempfile
    from pathlib import Path

    from bench.results import keep, written
    from bench.rounds import measured, prepared
    from drills.ground.databases import fresh_database
    from drills.ground.postgres import start_postgres

    if quick:
        products, rounds, seconds = 300, 2, 2.0
    with tempfile.TemporaryDirectory() as folder, fresh_database(start_postgres().url, Path(folder)) as database:
        typer.echo(f"Generating {products} products …")
        asyncio.run(prepared(database, products))
        found = asyncio.run(measured(database, Path(folder), rounds=rounds, seconds=seconds, told=typer.echo))
    text = written(found, products=products, rounds=rounds, seconds=seconds, database="PostgreSQL 18")
    typer.echo(text)
    if not quick:
        keep(found, text)
