"""`import`, `export` and `demo`: goods from files. The CSV format is the one other shops write too."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import Refusal

if TYPE_CHECKING:
    from commerce.product_csv import BadFile
    from commerce.product_import import Imported

MOST_PROBLEMS = 20

Files = Annotated[list[Path], typer.Argument(help="CSV files of products, taken in one after the other.")]
File = Annotated[Path, typer.Argument(help="The CSV file to write; - for standard output.")]
SetStock = Annotated[
    bool,
    typer.Option("--set-stock", help="Correct the stock of variants already here to the file's quantities."),
]


def take_in(files: Files, *, set_stock: SetStock = False) -> None:
    """Create and change products from CSV files. A file with a mistake is left out whole, and the mistake is named."""
    contents = [(file, _read(file)) for file in files]
    failed = asyncio.run(_take_in_all(contents, set_stock=set_stock))
    if failed:
        raise Refusal(f"{failed} of {len(files)} files had mistakes, and nothing of them was kept.")


def write_out(file: File) -> None:
    """Write every product into a CSV file that `import` reads back."""
    content, products = asyncio.run(_exported())
    if str(file) == "-":
        typer.echo(content, nl=False)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Refusal(f"{file} cannot be written: {error.strerror}.") from None
    typer.echo(f"{file}: {products} products.")


def demo() -> None:
    """Load the demo shop into an empty database."""
    asyncio.run(_load_demo())


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from None


async def _take_in_all(contents: list[tuple[Path, bytes]], *, set_stock: bool) -> int:
    from commerce.product_csv import BadFile
    from commerce.product_import import import_products
    from database.connection import connected
    from database.migrating import migrate
    from settings import settings

    url, failed = settings().database, 0
    await migrate(url, report=str)
    async with connected(url):
        for file, content in contents:
            with _progress(f"Reading {file.name}") as progress:
                now = dt.datetime.now(dt.UTC)
                try:
                    outcome: Imported | BadFile = await import_products(
                        content, file=str(file), recount=set_stock, now=now, progress=progress
                    )
                except BadFile as problems:
                    outcome = problems
            failed += isinstance(outcome, BadFile)
            _tell_problems(outcome) if isinstance(outcome, BadFile) else _tell(outcome)
    return failed


async def _load_demo() -> None:
    from database.connection import connected
    from database.migrating import migrate
    from demo.load import NotEmpty, load
    from settings import settings

    url = settings().database
    await migrate(url, report=str)
    async with connected(url):
        try:
            await load(now=dt.datetime.now(dt.UTC), progress=lambda what: typer.echo(f"  {what}"))
        except NotEmpty as problem:
            raise Refusal(str(problem)) from None
    typer.echo("The demo shop is loaded.")


async def _exported() -> tuple[bytes, int]:
    from commerce.product_export import export_products
    from database.connection import connected
    from database.migrating import migrate
    from settings import settings

    url = settings().database
    await migrate(url, report=str)
    async with connected(url):
        with _progress("Writing") as progress:
            content, products = await export_products(progress)
    return content, products


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, gone when it is done; nothing where nobody watches."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(imported: "Imported") -> None:
    counted = f", stock of {imported.recounted} variants corrected" if imported.recounted else ""
    numbers = f"{imported.created} created, {imported.changed} changed, {imported.unchanged} unchanged{counted}"
    typer.echo(f"{imported.file}: {numbers}.")
    if imported.unknown:
        typer.echo(f"  Columns not known and left out: {', '.join(imported.unknown)}.")


def _tell_problems(bad: "BadFile") -> None:
    for problem in bad.problems[:MOST_PROBLEMS]:
        typer.echo(problem.told(bad.file), err=True)
    more = len(bad.problems) - MOST_PROBLEMS
    if more > 0:
        typer.echo(f"{bad.file}: and {more} more mistakes.", err=True)
