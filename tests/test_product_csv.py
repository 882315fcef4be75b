"""Products as CSV: what a file says is what the shop sells; a mistake is named, and nothing of its file is kept."""

import datetime as dt
from pathlib import Path

import pytest

from commerce.kept_products import kept_products, whole
from commerce.product_csv import BadFile
from commerce.product_drafts import ImageDraft, OptionDraft, ProductDraft, UnitMeasure, ValueDraft, VariantDraft
from commerce.product_export import export_products
from commerce.product_import import Imported, import_products
from models.catalog import InventoryPolicy, Product, ProductStatus, ProductVariant
from models.shop import Shop
from models.stock import MovementReason, StockLevel, StockMovement

pytestmark = pytest.mark.usefixtures("database")
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
FILES = Path(__file__).parent / "csv"

OAR = ProductDraft(
    handle="ash-oar",
    title="Ash Oar",
    description_html='<p>Straight-grained ash.</p>\n<p>Says the builder: "it floats", twice.</p>',
    vendor="Boathouse",
    product_type="Oars",
    tags=("Boats", "wood"),
    options=(
        OptionDraft("Length", (ValueDraft("180 cm"), ValueDraft("210 cm"))),
        OptionDraft("Finish", (ValueDraft("Oiled"), ValueDraft("Bare"))),
    ),
    images=(
        ImageDraft("https://pictures.example/oar-front.jpg?v=1", "An oar, seen from the front"),
        ImageDraft("https://pictures.example/oar-back.jpg", None),
        ImageDraft("https://pictures.example/oar-bare.jpg", None),
    ),
    variants=(
        VariantDraft(
            ("180 cm", "Oiled"),
            price=8990,
            compare_at_price=9900,
            cost=4050,
            sku="OAR-180-O",
            barcode="2000000000015",
            weight_grams=1900,
            weight_unit="KILOGRAMS",
            tax_code="P01",
        ),
        VariantDraft(("180 cm", "Bare"), price=8000, weight_grams=1850, image="https://pictures.example/oar-bare.jpg"),
        VariantDraft(("210 cm", "Oiled"), price=10000, inventory_policy=InventoryPolicy.CONTINUE, taxable=False),
    ),
    seo_title="Ash oars",
    seo_description="Oars of ash, oiled or bare.",
)


async def taken_in(text: str | bytes, *, recount: bool = False) -> Imported:
    content = text.encode() if isinstance(text, str) else text
    return await import_products(content, file="goods.csv", recount=recount, now=NOW)


async def the(handle: str) -> ProductDraft:
    return (await kept_products([handle]))[handle].draft


async def catalog() -> list[ProductDraft]:
    return [product.draft for product in await whole(await Product.all().order_by("id"))]


async def test_a_file_of_every_kind_of_row_becomes_products() -> None:
    outcome = await taken_in((FILES / "boathouse.csv").read_bytes())

    assert (outcome.created, outcome.changed, outcome.unchanged) == (4, 0, 0)
    assert outcome.unknown == ("Google Shopping / MPN", "Shelf")
    oar = await the("ash-oar")
    assert oar == OAR
    assert [variant.quantity for variant in oar.variants] == [7, 0, 12]


async def test_what_a_product_leaves_out_is_the_simplest_thing() -> None:
    await taken_in("Title,Handle,Variant Price\nTea,tea,4\n")

    tea = await the("tea")
    assert tea.options == (OptionDraft("Title", (ValueDraft("Default Title"),)),)
    assert tea.variants == (VariantDraft(("Default Title",), price=400, tracked=False),)
    assert (tea.status, tea.published, tea.is_gift_card) == (ProductStatus.ACTIVE, True, False)


async def test_statuses_and_publication_are_read() -> None:
    await taken_in((FILES / "boathouse.csv").read_bytes())

    assert (await the("tide-table")).status is ProductStatus.DRAFT
    assert (await the("old-anchor")).status is ProductStatus.ARCHIVED
    assert not (await the("old-anchor")).published
    assert (await the("gift-card")).is_gift_card
    assert not (await the("gift-card")).variants[0].requires_shipping


async def test_taking_a_file_in_twice_changes_nothing() -> None:
    content = (FILES / "boathouse.csv").read_bytes()
    await taken_in(content)
    before = await catalog(), await Product.all().values("id", "updated_at"), await StockMovement.all().count()

    again = await import_products(content, file="goods.csv", recount=False, now=NOW + dt.timedelta(days=1))

    assert (again.created, again.changed, again.unchanged) == (0, 0, 4)
    after = await catalog(), await Product.all().values("id", "updated_at"), await StockMovement.all().count()
    assert after == before


async def test_what_was_written_out_comes_back_the_same() -> None:
    await taken_in((FILES / "boathouse.csv").read_bytes())
    await taken_in(
        "Handle,Title,Option1 Name,Option1 Value,Option1 Swatch,Option1 Place,Variant Price,Unit Price Total Measure,"
        "Unit Price Total Measure Unit,Unit Price Base Measure,Unit Price Base Measure Unit,Image Src,Image Width\n"
        "oil,Oil,Colour,Amber,#ffbf00,2,9.5,750,ml,1,l,/media/uploads/oil.webp,640\n"
        "oil,,,Clear,https://pictures.example/clear.png,1,9.5,,,,,,\n"
    )
    before, counts = await catalog(), await StockLevel.all().order_by("variant_id").values_list("available", flat=True)
    written, products = await export_products()
    assert products == 5
    oil = await the("oil")
    assert oil.variants[0].unit == UnitMeasure(750, "ml", 1, "l")
    assert oil.options[0].values == (
        ValueDraft("Clear", None, "https://pictures.example/clear.png"),
        ValueDraft("Amber", "#ffbf00"),
    )

    await StockMovement.all().delete()
    await StockLevel.all().delete()
    await Product.all().delete()
    await taken_in(written)

    assert await catalog() == before
    assert await StockLevel.all().order_by("variant_id").values_list("available", flat=True) == counts
    assert await export_products() == (written, products)


async def test_a_quantity_starts_the_stock_and_later_moves_it_only_when_asked() -> None:
    header = "Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n"
    await taken_in(header + "mug,Mug,12,shopify,5\n")
    level = await StockLevel.get()
    assert (level.on_hand, level.available) == (5, 5)

    await taken_in(header + "mug,Mug,12,shopify,9\n")
    assert (await StockLevel.get()).available == 5

    outcome = await taken_in(header + "mug,Mug,12,shopify,3\n", recount=True)
    assert outcome.recounted == 1
    assert (await StockLevel.get()).available == 3
    movements = await StockMovement.all().order_by("id")
    assert [(m.reason, m.on_hand) for m in movements] == [(MovementReason.RECEIVED, 5), (MovementReason.CORRECTION, -2)]


async def test_a_recount_below_what_is_promised_is_refused() -> None:
    header = "Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n"
    await taken_in(header + "mug,Mug,12,shopify,5\n")
    await StockLevel.all().update(reserved=5, available=0)

    with pytest.raises(BadFile, match=r"goods.csv, line 2, column Variant Inventory Qty: .*-1"):
        await taken_in(header + "mug,Mug,12,shopify,-1\n", recount=True)

    assert (await StockLevel.get()).on_hand == 5


async def test_an_empty_tracker_means_untracked() -> None:
    await taken_in("Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\nair,Air,1,,7\n")

    assert not (await ProductVariant.get()).tracked
    assert not await StockLevel.exists()


async def test_columns_a_file_does_not_have_stay_as_they_are_and_empty_cells_are_emptied() -> None:
    await taken_in((FILES / "boathouse.csv").read_bytes())
    before = await the("ash-oar")

    await taken_in("Handle,Vendor,SEO Title\nash-oar,,Oars\n")

    after = await the("ash-oar")
    assert (after.vendor, after.seo_title, after.title) == ("", "Oars", "Ash Oar")
    assert (after.variants, after.images, after.tags) == (before.variants, before.images, before.tags)


async def test_a_price_list_changes_prices_and_adds_variants_but_removes_none() -> None:
    await taken_in((FILES / "boathouse.csv").read_bytes())
    ids = {v.title: v.id for v in await ProductVariant.filter(product__handle="ash-oar")}

    await taken_in(
        "Handle,Option1 Value,Option2 Value,Variant Price\nash-oar,180 cm,Bare,81.50\nash-oar,240 cm,Bare,120\n"
    )

    oar = await the("ash-oar")
    assert {variant.title: variant.price for variant in oar.variants} == {
        "180 cm / Bare": 8150,
        "240 cm / Bare": 12000,
        "180 cm / Oiled": 8990,
        "210 cm / Oiled": 10000,
    }
    assert ids.items() <= {v.title: v.id for v in await ProductVariant.filter(product__handle="ash-oar")}.items()
    product = await Product.get(handle="ash-oar")
    assert (product.min_price, product.max_price) == (8150, 12000)


@pytest.mark.parametrize(
    ("currency", "text", "minor"), [("JPY", "1500", 1500), ("KWD", "1.234", 1234), ("EUR", "0.1", 10)]
)
async def test_prices_are_read_exactly_in_the_shop_s_currency(currency: str, text: str, minor: int) -> None:
    await taken_in("Handle,Title,Variant Price\ntea,Tea,4\n")
    await Shop.all().update(currency=currency)

    await taken_in(f"Handle,Variant Price\ntea,{text}\n")

    assert (await ProductVariant.get()).price == minor
    assert f",{text}".encode() in (await export_products())[0]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffHandle,Title,Variant Price\r\ntea,Tea,4\r\n",
        "Variant Price,Title,Handle\n4,Tea,tea",
        "handle,TITLE,variant price\ntea,Tea,4\n\n,,\n",
        "Handle,Title,Variant Price\ntea,  Tea ,4,,,\n",
    ],
)
async def test_the_same_file_in_other_clothes(text: str) -> None:
    assert (await taken_in(text)).created == 1
    assert (await the("tea")).title == "Tea"
