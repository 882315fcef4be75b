"""A database of Vendure's, made by its own start and filled with our goods."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.vendure.goods import goods
from bench.vendure.installing import HERE, PRODUCTION, node
from drills.ground.databases import fresh_database
from drills.ground.postgres import free_port

SECONDS = 600
LAST_WORDS = 3_000


class NotFilled(RuntimeError):
    """Vendure could not take the goods."""


@contextmanager
def filled(server: str, folder: Path, *, products: int, told: Callable[[str], object]) -> Iterator[str]:
    """The address of a database on a PostgreSQL server with so many products, dropped with the block."""
    with fresh_database(server, folder) as database:
        told(f"Filling Vendure with {products:,} products …")
        file = folder / "vendure-goods.json"
        file.write_text(json.dumps(goods(products)))
        _run("fill.js", str(free_port()), database, str(file))
        yield database


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run(
        [node(), str(HERE / program), *arguments],
        env={**os.environ, **PRODUCTION},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise NotFilled(f"{program} ended with {done.returncode}:\n{(done.stderr or done.stdout)[-LAST_WORDS:]}")
