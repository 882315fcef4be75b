"""What is in a database, and putting it back between what commits."""

from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

Contents = dict[str, list[dict[str, Any]]]


async def contents_of(connection: BaseDBAsyncClient) -> Contents:
    """Every row of every table, as the migrations leave them."""
    return {
        table: await connection.execute_query_dict(f'SELECT * FROM "{table}"') for table in await tables(connection)
    }


async def tables(connection: BaseDBAsyncClient) -> list[str]:
    """The names of the shop's own tables; what indexes text for searching follows them by triggers."""
    if connection.capabilities.dialect == "sqlite":
        found = await connection.execute_query_dict("SELECT name FROM pragma_table_list WHERE type = 'table'")
    else:
        found = await connection.execute_query_dict(
            "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        )
    return sorted(row["name"] for row in found if not row["name"].startswith(("sqlite_", "tortoise_")))


async def all_at_once(connection: BaseDBAsyncClient) -> str:
    """One statement that answers every table's name and all its rows as one text, for looking often."""
    names = await tables(connection)
    if connection.capabilities.dialect != "sqlite":
        parts = [f"SELECT '{name}' AS name, (SELECT json_agg(t)::text FROM \"{name}\" t) AS kept" for name in names]
        return " UNION ALL ".join(parts)
    parts = []
    for name in names:
        found = await connection.execute_query_dict(f"SELECT name FROM pragma_table_info('{name}')")
        columns = ", ".join(f'"{row["name"]}"' for row in found)
        rows = f'SELECT json_group_array(json_array({columns})) FROM "{name}"'
        parts.append(f"SELECT '{name}' AS name, ({rows}) AS kept")
    return " UNION ALL ".join(parts)


async def put_back(connection: BaseDBAsyncClient, contents: Contents) -> None:
    """Empty every table and restore what the migrations had put there."""
    if connection.capabilities.dialect == "sqlite":
        await _empty_sqlite(connection, list(contents))
    elif contents:
        listed = ", ".join(f'"{table}"' for table in contents)
        await connection.execute_script(f"TRUNCATE {listed} RESTART IDENTITY CASCADE")
    for table, rows in contents.items():
        for row in rows:
            await _insert(connection, table, row)


async def _empty_sqlite(connection: BaseDBAsyncClient, names: list[str]) -> None:
    await connection.execute_script("PRAGMA foreign_keys = OFF")
    for table in names:
        await connection.execute_query(f'DELETE FROM "{table}"')
    if await connection.execute_query_dict("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"):
        await connection.execute_query("DELETE FROM sqlite_sequence")
    await connection.execute_script("PRAGMA foreign_keys = ON")


async def _insert(connection: BaseDBAsyncClient, table: str, row: dict[str, Any]) -> None:
    sqlite = connection.capabilities.dialect == "sqlite"
    places = ", ".join("?" if sqlite else f"${place}" for place in range(1, len(row) + 1))
    columns = ", ".join(f'"{column}"' for column in row)
    await connection.execute_query(f'INSERT INTO "{table}" ({columns}) VALUES ({places})', list(row.values()))
