"""A row for every change to what storefronts show, appended by triggers so that nobody can forget to."""

from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops

EDITED = (
    "product_tag",
    "product_option",
    "product_option_value",
    "product_image",
    "product_variant",
    "collection",
    "collection_product",
    "metafield",
    "page",
    "policy",
    "menu",
    "menu_item",
    "blog",
    "article",
    "url_redirect",
    "shop",
    "shipping_zone",
    "shipping_rate",
    "location",
)
SHOWN_OF_PRODUCTS = (
    "handle, title, description, description_html, vendor, product_type, is_gift_card, status, published_at,"
    " created_at, updated_at, seo_title, seo_description, min_price, max_price"
)
RUNS_OUT = "(old.available > 0) <> (new.available > 0)"
SQLITE_ADD = "BEGIN INSERT INTO catalog_edition (id) VALUES (NULL); END"
POSTGRES_FUNCTION = """CREATE FUNCTION make_catalog_edition() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO catalog_edition DEFAULT VALUES; RETURN NULL; END $$"""


def on_sqlite() -> list[str]:
    """Triggers for each row: SQLite has no others."""
    plain = [(table, "UPDATE") for table in EDITED] + [("product", f"UPDATE OF {SHOWN_OF_PRODUCTS}")]
    made = [(table, act) for table in (*EDITED, "product", "stock_level") for act in ("INSERT", "DELETE")]
    return [
        *(f'CREATE TRIGGER {table}_{act[:6].lower()}_edits AFTER {act} ON "{table}" {SQLITE_ADD}' for table, act in plain + made),
        f"CREATE TRIGGER stock_level_update_edits AFTER UPDATE ON stock_level WHEN {RUNS_OUT} {SQLITE_ADD}",
    ]


def on_postgres() -> list[str]:
    """One row for each statement, however many rows it changes."""
    run = "EXECUTE FUNCTION make_catalog_edition()"
    tables = [(table, "INSERT OR UPDATE OR DELETE") for table in EDITED]
    tables += [("product", f"INSERT OR DELETE OR UPDATE OF {SHOWN_OF_PRODUCTS}"), ("stock_level", "INSERT OR DELETE")]
    return [
        POSTGRES_FUNCTION,
        *(f'CREATE TRIGGER {table}_edits AFTER {acts} ON "{table}" FOR EACH STATEMENT {run}' for table, acts in tables),
        f"CREATE TRIGGER stock_level_update_edits AFTER UPDATE ON stock_level FOR EACH ROW WHEN ({RUNS_OUT}) {run}",
    ]


async def make_triggers(apps: Any, editor: Any) -> None:
    """Statement by statement: a trigger's body holds semicolons of its own."""
    for statement in on_sqlite() if editor.client.capabilities.dialect == "sqlite" else on_postgres():
        await editor.client.execute_query(statement)


class Migration(migrations.Migration):
    """Editions of the catalog."""

    dependencies = [("models", "0007_order_tags_and_refunded_lines")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CatalogEdition",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
            ],
            options={
                "table": "catalog_edition",
                "app": "models",
                "pk_attr": "id",
                "table_description": "A change to the catalog, or a variant running out or coming back."
                " Appended by triggers, never updated.",
            },
            bases=["Model"],
        ),
        ops.RunPython(make_triggers),
    ]
