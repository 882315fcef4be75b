"""`bench`: what the shop costs to serve, beside graphql-core, a plain Strawberry and what nobody can beat."""

from enum import StrEnum
from typing import Annotated

import typer

from commands import Refusal


class Peer(StrEnum):
    """The other shops that can take part."""

    VENDURE = "vendure"


def bench(
    products: Annotated[
        int, typer.Option(help="How many products to generate; growth takes 100 times as many.")
    ] = 2_000,
    rounds: Annotated[int, typer.Option(help="How often each is measured.", min=1)] = 5,
    seconds: Annotated[float, typer.Option(help="How long each is measured each time.", min=0.2)] = 4.0,
    only: Annotated[list[str] | None, typer.Option(help="Only these workloads, such as Q2; nothing is kept.")] = None,
    peer: Annotated[Peer | None, typer.Option(help="Measure this shop too, installed from npm.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="150 products, two short rounds; nothing is kept.")] = False,
) -> None:
    """Measure the shop on a PostgreSQL of its own, and write bench/RESULTS.md and bench/results.svg.

    Workloads: Q1, a product page; Q2 and Q3, listings of 24 and 100 products; cart; checkout, from a cart to a paid
    order; cached, a listing from the answer cache; live, one order's events to 1,000 subscribers; growth, Q2 with a
    hundred times the products.

    Beside Shopwright: the same without compiled plans, Strawberry as documented, JSON built inside PostgreSQL, a
    constant answer by the same server, and raw SQL that writes what an order writes; with --peer vendure also Vendure,
    in production mode on the same PostgreSQL with the same goods. Every ratio is told with what is wanted of it. A full
    run takes under twenty minutes; other work on the machine disturbs it.
    """
    from bench.competition import held
    from bench.contestants import ALL, PEERS
    from bench.results import below, keep
    from bench.workloads import ABOUT, BIG

    if products <= BIG:
        raise Refusal(f"A listing of {BIG} products needs more than that: --products {BIG + 1} or more.")
    if unknown := set(only or ()) - set(ABOUT):
        raise Refusal(f"There is no workload {min(unknown)!r}; there are {', '.join(ABOUT)}.")
    if quick:
        products, rounds, seconds = 150, 2, 0.7
    contestants = (*ALL, PEERS[peer](typer.echo)) if peer else ALL
    found, text = held(contestants, products=products, rounds=rounds, seconds=seconds, loads=only, told=typer.echo)
    typer.echo(text)
    for line in below(found):
        typer.echo(f"Below what is wanted: {line}")
    if not quick and not only:
        keep(found, text)
