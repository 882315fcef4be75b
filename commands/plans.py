"""`plan`: what the engine makes of a document, and what that asks the database."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import Refusal

if TYPE_CHECKING:
    from commands.explaining import Explained

NOT_RUN = {
    "mutation": "The SQL is not shown: a mutation changes the shop. --run carries it out, and takes it back.",
    "subscription": "The SQL is not shown: a subscription runs its plan for each event, and none comes here.",
}


def plan(
    file: Annotated[Path, typer.Argument(metavar="FILE.graphql", help="The document; `-` reads it from the terminal.")],
    operation: Annotated[str, typer.Option(help="Which operation, if there are several.")] = "",
    variables: Annotated[str, typer.Option(help="Its variables as JSON; they decide @skip and @include.")] = "{}",
    admin: Annotated[bool, typer.Option("--admin", help="Of the staff schema.")] = False,
    sql: Annotated[bool, typer.Option(help="Run a query in the configured database, and show the SQL.")] = True,
    run: Annotated[
        bool, typer.Option("--run", help="Run a mutation too, in a transaction that is rolled back.")
    ] = False,
) -> None:
    """Print the Python that an operation is compiled to, and the SQL it runs in the configured database."""
    from commands.explaining import explained

    found = explained(_text(file), operation or None, _object(variables), admin=admin)
    typer.echo(found.python)
    if not sql:
        return
    if found.kind in NOT_RUN and not (run and found.kind == "mutation"):
        typer.echo(NOT_RUN[found.kind], err=True)
        return
    asyncio.run(_show_sql(found))


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} cannot be read: {error}.") from None


def _object(text: str) -> dict[str, Any]:
    import orjson

    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refusal(f"The variables are not JSON: {error}.") from None
    if not isinstance(given, dict):
        raise Refusal("The variables are no JSON object, like '{\"first\": 3}'.")
    return given


async def _show_sql(found: "Explained") -> None:
    from commands.explaining import statements_of
    from settings import settings

    statements, errors = await statements_of(found, settings())
    if statements is None:
        typer.echo(
            "The SQL is not shown: the configured database holds no shop. `./shopwright serve` opens one.", err=True
        )
        return
    typer.echo(f"\n-- {len(statements)} statements")
    for number, (statement, seconds) in enumerate(statements, start=1):
        typer.echo(f"\n-- {number}, {seconds * 1000:.1f} ms\n{statement};")
    for error in errors:
        typer.echo(f"-- error: {error}", err=True)
