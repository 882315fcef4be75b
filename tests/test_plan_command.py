"""`plan`: the Python an operation is compiled to, and the SQL it runs."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from models.carts import Cart
from tests.aside import beside
from tests.catalogue import goods
from tests.running import command

LISTING = "query($first: Int!) { products(first: $first) { nodes { title variants(first: 2) { nodes { sku } } } } }"
CREATE = 'mutation { cartCreate(input: {note: "Ring twice"}) { cart { note } } }'
pytestmark = pytest.mark.once


def written(folder: Path, document: str) -> str:
    """The name of a file with this document."""
    file = folder / "asked.graphql"
    file.write_text(document)
    return str(file)


async def test_a_query_is_shown_as_python_and_as_the_sql_it_runs(shop_database: str, tmp_path: Path) -> None:
    async with beside(shop_database):
        await goods("jumper")

    asked = ("plan", written(tmp_path, LISTING), "--variables", '{"first": 3}')
    shown = command(*asked, folder=tmp_path, SHOPWRIGHT_DATABASE_URL=shop_database)

    assert "def QueryRoot" in shown.stdout, shown.stderr
    assert "-- 2 statements" in shown.stdout
    assert 'FROM "product_variant"' in shown.stdout
    assert shown.stderr == ""


async def test_a_mutation_runs_only_where_that_is_asked_and_leaves_nothing(shop_database: str, tmp_path: Path) -> None:
    async with beside(shop_database):
        await goods("jumper")

    asked = ("plan", written(tmp_path, CREATE), "--run")
    shown = command(*asked, folder=tmp_path, SHOPWRIGHT_DATABASE_URL=shop_database)

    assert 'INSERT INTO "cart"' in shown.stdout, shown.stderr
    async with beside(shop_database):
        assert await Cart.all().count() == 0


@pytest.mark.parametrize(
    ("document", "options", "told"),
    [
        (CREATE, (), "a mutation changes the shop"),
        ("mutation { orderClose(input: {id: 1}) { order { name } } }", ("--admin",), "a mutation changes the shop"),
        ('subscription { cart(id: "x") { note } }', ("--run",), "for each event"),
    ],
)
def test_what_would_change_or_wait_is_only_compiled(
    document: str, options: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    shown = CliRunner().invoke(app, ["plan", written(tmp_path, document), *options])

    assert shown.exit_code == 0
    assert "answers.append" in shown.stdout
    assert told in shown.stderr


@pytest.mark.parametrize(
    ("document", "options"),
    [
        ("{ nothing }", ()),
        ("{ shop ", ()),
        ("{ __schema { types { name } } }", ()),
        (LISTING, ("--variables", "{}")),
        (LISTING, ("--variables", "[1]")),
        (LISTING, ("--variables", "first=1")),
        (LISTING, ("--operation", "Other")),
    ],
)
def test_what_has_no_plan_is_refused_in_a_sentence(document: str, options: tuple[str, ...], tmp_path: Path) -> None:
    refused = CliRunner().invoke(app, ["plan", written(tmp_path, document), *options])

    assert type(refused.exception).__name__ == "Refusal"
    assert "\n" not in str(refused.exception)
    assert refused.stdout == ""
