"""Migrations for the scratch tables, laid into a package of their own so that a test decides which exist."""

import importlib
import sys
from pathlib import Path

from database.connection import Rooms
from database.drift import write_migration

REBUILDS = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]
    operations = [
        ops.AlterField("Shelf", "room", fields.CharField(max_length=80, default="hall; or yard")),
        ops.AddConstraint("Box", CheckConstraint(check="place < 1000", name="box_place_in_reach")),
    ]
"""

LOSES_A_SHELF = """
from tortoise import migrations
from tortoise.migrations import operations as ops


async def lose(apps, editor):
    await editor.client.execute_query("DELETE FROM shelf")


class Migration(migrations.Migration):
    dependencies = [("models", "0001_initial")]
    operations = [ops.RunPython(lose)]
"""


async def first_migration(folder: Path, name: str) -> Rooms:
    """A package with the one migration that makes the scratch tables."""
    package = folder / name
    package.mkdir()
    (package / "__init__.py").touch()
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    rooms = Rooms(models="tests.scratch.tables", migrations=name)
    await write_migration("initial", rooms)
    importlib.invalidate_caches()
    return rooms


def add_migration(folder: Path, rooms: Rooms, name: str, text: str) -> None:
    """Lay another file into the package."""
    (folder / rooms.migrations / f"{name}.py").write_text(text)
    importlib.invalidate_caches()
