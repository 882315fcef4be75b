"""Tortoise's schema editors, mended: constraints of a new table are created, a rebuilt SQLite table loses nothing."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, BaseSchemaEditor, SqliteSchemaEditor
from tortoise.migrations.schema_editor.data import ModelSqlData
from tortoise.models import Model


class _ConstraintsFromTheStart(BaseSchemaEditor):
    """CREATE TABLE carries the checks of `Meta.constraints`, which Tortoise leaves out; unique ones follow it."""

    _creating: type[Model] | None = None

    def _get_model_sql_data(self, model: type[Model]) -> ModelSqlData:
        self._creating = model
        return super()._get_model_sql_data(model)

    def _get_inner_statements(self) -> list[str]:
        checks = [rule for rule in constraints_of(self._creating) if isinstance(rule, CheckConstraint)]
        template = self.CHECK_CONSTRAINT_CREATE_TEMPLATE
        return [*super()._get_inner_statements(), *(template.format(name=c.name, check=c.check) for c in checks)]

    async def create_model(self, model: type[Model]) -> None:
        await super().create_model(model)
        for rule in constraints_of(model):
            if isinstance(rule, UniqueConstraint):
                await self.add_constraint(model, rule)


class PostgresEditor(_ConstraintsFromTheStart, AsyncpgSchemaEditor):
    """Schema changes on PostgreSQL."""


@dataclass(frozen=True, slots=True)
class _Attached:
    """What a table has besides its columns, and dropping the table would drop with it."""

    statements: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]
    high_water: int | None


class SqliteEditor(_ConstraintsFromTheStart, SqliteSchemaEditor):
    """Schema changes on SQLite, where altering a table mostly means copying it into a new one."""

    async def _run_sql(self, sql: str) -> None:
        for statement in statements_in(sql):
            await self.client.execute_query(statement)

    async def add_constraint(self, model: type[Model], constraint: Any) -> None:
        """The same as in Tortoise, and also unique constraints with a condition, which SQLite does know."""
        if not getattr(constraint, "condition", None):
            await super().add_constraint(model, constraint)
            return
        columns = self._resolve_fields_to_columns(model, constraint.fields)
        name = self._constraint_name_for_model(model, constraint)
        await self._run_sql(f"{self._unique_index(name, model._meta.db_table, columns)} WHERE {constraint.condition}")

    def _unique_index(self, name: str, table: str, columns: Iterable[str]) -> str:
        listed = ", ".join(self.quote(column) for column in columns)
        return f"CREATE UNIQUE INDEX {self.quote(name)} ON {self.quote(table)} ({listed})"

    async def _remake_table(
        self, model: type[Model], create_field: Any = None, delete_field: Any = None, alter_fields: Any = None
    ) -> None:
        table = model._meta.db_table
        before = await _attached_to(self.client, table)
        await super()._remake_table(model, create_field, delete_field, alter_fields)
        await self._reattach(table, before)

    async def _reattach(self, table: str, before: _Attached) -> None:
        for statement in before.statements:
            await self._run_sql(statement)
        columns = set(await _columns_of(self.client, table))
        present = set((await _attached_to(self.client, table)).uniques)
        for unique in before.uniques:
            if unique not in present and columns.issuperset(unique):
                await self._run_sql(self._unique_index(f"uid_{table}_{'_'.join(unique)}", table, unique))
        if before.high_water is not None:
            await _set_high_water(self.client, table, before.high_water)


def constraints_of(model: type[Model] | None) -> list[Any]:
    """The constraints a table's Meta asks for."""
    return list(getattr(getattr(model, "_meta", None), "constraints", None) or ())


def statements_in(script: str) -> Iterator[str]:
    """The statements of a script, whole: a semicolon in a string, a comment or a trigger ends none."""
    pending = ""
    for piece in script.split(";"):
        pending += piece
        if sqlite3.complete_statement(pending + ";"):
            if pending.strip():
                yield pending.strip()
            pending = ""
        else:
            pending += ";"
    if pending.strip(" \n\t;"):
        yield pending.strip()


async def _columns_of(client: BaseDBAsyncClient, table: str) -> list[str]:
    return [row["name"] for row in await client.execute_query_dict(f'PRAGMA table_info("{table}")')]


async def _attached_to(client: BaseDBAsyncClient, table: str) -> _Attached:
    attached = await client.execute_query_dict(
        "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql IS NOT NULL", [table]
    )
    indexes = await client.execute_query_dict(f'PRAGMA index_list("{table}")')
    inline = [index["name"] for index in indexes if index["origin"] == "u"]
    uniques = [await _columns_of_index(client, name) for name in inline]
    return _Attached(tuple(row["sql"] for row in attached), tuple(uniques), await _high_water(client, table))


async def _columns_of_index(client: BaseDBAsyncClient, index: str) -> tuple[str, ...]:
    return tuple(row["name"] for row in await client.execute_query_dict(f'PRAGMA index_info("{index}")'))


async def _high_water(client: BaseDBAsyncClient, table: str) -> int | None:
    """The highest key ever given in a table, so that the key of a deleted row is never given again."""
    if not await client.execute_query_dict("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'"):
        return None
    rows = await client.execute_query_dict("SELECT seq FROM sqlite_sequence WHERE name = ?", [table])
    return int(rows[0]["seq"]) if rows else None


async def _set_high_water(client: BaseDBAsyncClient, table: str, value: int) -> None:
    await client.execute_query("DELETE FROM sqlite_sequence WHERE name = ?", [table])
    await client.execute_query("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [table, value])
