"""Databases for drills and tests: made empty, or as a copy, and dropped afterwards."""

import asyncio
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg


@contextmanager
def fresh_database(server: str | None, folder: Path, *, like: str | None = None) -> Iterator[str]:
    """A SQLite file in the folder, or a database on the given PostgreSQL server: empty, or a copy of a closed one."""
    if server is None:
        file = folder / f"{uuid.uuid4().hex[:12]}.db"
        if like:
            shutil.copyfile(like.removeprefix("sqlite://"), file)
        yield f"sqlite://{file}"
        return
    name = f"shop_test_{uuid.uuid4().hex[:12]}"
    template = f' TEMPLATE "{urlsplit(like).path[1:]}"' if like else ""
    _command(server, f'CREATE DATABASE "{name}"{template}')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        _command(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _command(server: str, sql: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(server)
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    with asyncio.Runner() as runner:
        runner.run(run())
