"""Many times the products, copied inside PostgreSQL: to see whether a listing takes longer the more there are."""

import asyncpg

KEYS = {
    "product": {"id": "product"},
    "product_image": {"id": "product_image", "product_id": "product"},
    "product_option": {"id": "product_option", "product_id": "product"},
    "product_option_value": {"id": "product_option_value", "option_id": "product_option"},
    "product_tag": {"id": "product_tag", "product_id": "product"},
    "product_variant": {"id": "product_variant", "product_id": "product", "image_id": "product_image"},
    "stock_level": {"id": "stock_level", "variant_id": "product_variant"},
}
"""What a listing reads: each table's columns that hold keys, and whose."""
NAMES = {"handle", "sku"}
"""Columns whose copies get a number behind them."""


async def multiply(database: str, *, times: int) -> None:
    """Let there be so many of each product. Their search index stays as it was."""
    connection = await asyncpg.connect(database)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
            strides = {table: await connection.fetchval(f"SELECT max(id) FROM {table}") for table in KEYS}
            for table in KEYS:
                await _copy(connection, table, strides, times)
        await connection.execute("VACUUM ANALYZE")  # as the smaller shop's tables are
    finally:
        await connection.close()


async def _copy(connection: asyncpg.Connection, table: str, strides: dict[str, int], times: int) -> None:
    found = await connection.fetch(
        "SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped", table
    )
    columns = [str(name) for (name,) in found]
    copied = [_copied(column, KEYS[table], strides) for column in columns]
    await connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(copied)} "
        f"FROM {table}, generate_series(1, {times - 1}) AS copy"
    )
    await connection.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _copied(column: str, keys: dict[str, str], strides: dict[str, int]) -> str:
    if column in keys:
        return f"{column} + copy * {strides[keys[column]]}"
    return f"{column} || '-' || copy" if column in NAMES else column
