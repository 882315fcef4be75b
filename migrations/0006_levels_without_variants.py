"""A stock level stays when its variant is deleted, with its movements and what orders wait for."""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

KEYS = """
SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = 'stock_level'::regclass
AND confrelid = 'product_variant'::regclass
"""
NEW = (
    "ALTER TABLE stock_level ADD CONSTRAINT stock_level_of_variant FOREIGN KEY (variant_id)"
    " REFERENCES product_variant (id) ON DELETE SET NULL"
)


async def let_go(apps: Any, editor: Any) -> None:
    """PostgreSQL keeps a foreign key as it was made, however the column is altered: make it anew."""
    if editor.client.capabilities.dialect == "sqlite":
        return
    for row in await editor.client.execute_query_dict(KEYS):
        await editor.client.execute_query(f'ALTER TABLE stock_level DROP CONSTRAINT "{row["conname"]}"')
    await editor.client.execute_query(NEW)


class Migration(migrations.Migration):
    """Levels without variants."""

    dependencies = [("models", "0005_counter")]

    operations = [
        ops.AlterField(
            model_name="StockLevel",
            name="variant",
            field=fields.ForeignKeyField(
                "models.ProductVariant",
                source_field="variant_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="level_rows",
                on_delete=OnDelete.SET_NULL,
            ),
        ),
        ops.RunPython(let_go),
    ]
