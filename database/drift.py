"""Whether the migrations still lead to the tables of `models/`, and the next migration when they do not."""

from pathlib import Path

from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.writer import MigrationWriter, format_migration_name

from database.connection import Rooms, address_of, config_of


async def drift(rooms: Rooms | None = None) -> list[str]:
    """What the tables have that no migration makes; empty when the two agree."""
    return [operation.describe() for writer in await _changes(rooms) for operation in writer.operations]


async def write_migration(name: str, rooms: Rooms | None = None) -> Path | None:
    """Write the next migration under a name of words, to be read by a person before it is committed."""
    writers = await _changes(rooms)
    if not writers:
        return None
    writer = writers[0]
    number = int(writer.name.split("_", 1)[0])
    writer.name = format_migration_name(number, name)
    return Path(writer.write())


async def _changes(rooms: Rooms | None) -> list[MigrationWriter]:
    config = config_of(address_of("sqlite://:memory:"), rooms=rooms)
    async with TortoiseContext() as context:
        await context.init(config=config, init_connections=False)
        assert context.apps is not None  # noqa: S101 - just initialised
        return await MigrationAutodetector(context.apps, config["apps"]).changes()
