"""A mistake in a product file is told by file, line, column and what would be right; nothing of the file is kept."""

import datetime as dt

import pytest

from commerce import product_csv_reading
from commerce.product_csv import BadFile
from commerce.product_import import import_products
from models.catalog import Product
from models.shop import Shop

pytestmark = pytest.mark.usefixtures("database")
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
GOOD = "Handle,Title,Option1 Name,Option1 Value,Variant Price\ntea,Tea,Kind,Green,4\n"


async def mistakes_in(content: bytes) -> list[str]:
    with pytest.raises(BadFile) as refused:
        await import_products(content, file="goods.csv", recount=False, now=NOW)
    return str(refused.value).splitlines()


@pytest.mark.parametrize(
    ("column", "text", "right"),
    [
        ("Variant Price", "4,00", "'4,00' should be a plain amount such as 19.90"),
        ("Variant Price", "$4", "should be a plain amount"),
        ("Variant Price", "-4", "should be a plain amount"),
        ("Variant Price", "1e3", "should be a plain amount"),
        ("Variant Price", "NaN", "should be a plain amount"),
        ("Variant Price", "٤", "should be a plain amount"),
        ("Variant Price", "4.005", "4.005 has more decimals than EUR knows"),
        ("Variant Price", "", "a new variant needs a price such as 19.90"),
        ("Variant Compare At Price", "a lot", "should be a plain amount"),
        ("Cost per item", "?", "should be a plain amount"),
        ("Variant Inventory Qty", "3.5", "should be a whole number such as 12"),
        ("Variant Inventory Policy", "maybe", "'maybe' should be deny or continue"),
        ("Variant Grams", "1 kg", "should be a weight in grams such as 250"),
        ("Variant Grams", "-1", "should be a weight in grams"),
        ("Variant Weight Unit", "stone", "'stone' should be g, kg, oz or lb"),
        ("Variant Taxable", "si", "'si' should be true or false"),
        ("Variant Requires Shipping", "2", "should be true or false"),
        ("Gift Card", "x", "should be true or false"),
        ("Published", "soon", "should be true or false"),
        ("Status", "sold", "'sold' should be active, draft or archived"),
        ("Image Src", "photo.jpg", "should be a picture's address beginning with https://"),
        ("Image Src", "javascript:alert(1)", "should be a picture's address"),
        ("Image Src", "https://", "should be a picture's address"),
        ("Image Src", "https://[", "should be a picture's address"),
        ("Variant Image", "ftp://a/b.png", "should be a picture's address"),
        ("Option1 Swatch", "#12", "should be a colour such as #2f6f4e"),
        ("Title", "", "a new product needs a title on its first row"),
        ("Title", "x" * 256, "may have 255 characters"),
        ("Vendor", "x" * 256, "may have 255 characters"),
        ("Variant SKU", "x" * 256, "may have 255 characters"),
        ("Handle", "two words", "A handle has 1 to 255 characters, none of them a space"),
        ("Handle", "", "each row needs the handle of its product"),
        ("Option1 Value", "", "say which Kind this variant is"),
        ("Option1 Name", "", "name this option on the product's first row, such as Size"),
    ],
)
async def test_a_bad_cell_is_told_with_what_would_be_right(column: str, text: str, right: str) -> None:
    row = {"Handle": "tea", "Title": "Tea", "Option1 Name": "Kind", "Option1 Value": "Green", "Variant Price": "4"}
    bad = {**row, "Image Src": "https://a.example/1.png", column: text}
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in bad.values())
    content = f"{','.join(bad)}\n" + 'mug,"A mug,\nof two lines",Size,S,4,\n' + quoted + "\n"

    mistakes = await mistakes_in(content.encode())

    assert len(mistakes) == 1
    assert mistakes[0].startswith(f"goods.csv, line 4, column {column}: ")
    assert right in mistakes[0]
    assert not await Product.exists()
    assert not await Shop.exists()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("tea,,,Green,5\n", "line 3, column Option1 Value: line 2 has the same options; each variant needs its own."),
        ("tea,Coffee,,Black,5\n", "line 3, column Title: the product is called 'Tea' above; leave this empty"),
        (
            "tea,,Size,Black,5\n",
            "line 3, column Option1 Name: the first row of this product says 'Kind'",
        ),
        ("tea,,,Black,5,6\n", "line 3: there are 6 cells, the header names 5; quote cells that hold a comma."),
        ('tea,,,"Black,5\n', "line 3: a quoted cell that begins here or later never ends"),
        ('tea,,,"Bla"ck,5\n', "line 3: the quotes are not right"),
        ("tea,,,Bl\x00ck,5\n", "line 3: a NUL character is in the text"),
        ("mug,Mug,,,\n", "line 3, column Variant Price: a new product needs a price such as 19.90."),
    ],
)
async def test_rows_that_do_not_fit_together_are_told(rows: str, told: str) -> None:
    mistakes = await mistakes_in((GOOD + rows).encode())

    assert len(mistakes) == 1
    assert mistakes[0].startswith(f"goods.csv, {told}")
    assert not await Product.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1, column Handle: the first line must name the columns, Handle among them, parted by commas."),
        (b"Handle;Title;Variant Price\ntea;Tea;4\n", "line 1, column Handle: the first line must name the columns"),
        (b"Handle,Title,title\n", "line 1, column Title: this column is there twice; keep one."),
        (GOOD.encode("utf-16"), "line 1: this is UTF-16 text; save it as"),
        (GOOD.encode() + "tea,,,Grün,5\n".encode("latin-1"), "line 3: this is not UTF-8 text; save it as"),
    ],
)
async def test_a_file_that_is_no_product_sheet_is_told(content: bytes, told: str) -> None:
    assert (await mistakes_in(content))[0].startswith(f"goods.csv, {told}")


async def test_a_cell_without_end_is_not_swallowed_whole() -> None:
    content = GOOD.encode() + b'mug,Mug,,"' + b"x" * (product_csv_reading.LONGEST_CELL + 1) + b'",4\n'

    assert "line 3: a cell is longer than 5,000,000 characters" in (await mistakes_in(content))[0]


async def test_every_mistake_of_a_file_is_told_at_once() -> None:
    mistakes = await mistakes_in(b"Handle,Title,Variant Price,Status\ntea,Tea,free,new\nmug,,4,\n")

    assert [mistake.partition(":")[0] for mistake in mistakes] == [
        "goods.csv, line 2, column Variant Price",
        "goods.csv, line 2, column Status",
        "goods.csv, line 3, column Title",
    ]


async def test_a_bad_file_leaves_what_was_there_untouched() -> None:
    await import_products(GOOD.encode(), file="goods.csv", recount=False, now=NOW)
    before = await Product.all().values()

    mistakes = await mistakes_in(b"Handle,Title,Option1 Name,Option1 Value,Variant Price\ntea,Coffee,Size,S,4\n")

    assert "the shop's product is chosen by Kind; change its options in the shop first" in mistakes[0]
    assert await Product.all().values() == before
