"""The demo shop: big enough to believe, whole, with a picture for everything, and loaded before anybody waits."""

import datetime as dt
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from commerce.collections import CollectionDraft, save_collections
from commerce.gift_card_codes import digest_of
from commerce.kept_products import whole
from commerce.product_drafts import ProductDraft
from commerce.product_export import export_products
from commerce.product_import import import_products
from commerce.refusals import Refusal
from demo import MEDIA
from demo.drawing import __main__ as drawing
from demo.load import NotEmpty, load, read
from models.catalog import (
    Collection,
    CollectionProduct,
    InventoryPolicy,
    Product,
    ProductImage,
    ProductTag,
    ProductVariant,
)
from models.content import Article, Menu, MenuItem, Page, Policy, PolicyKind, UrlRedirect
from models.delivery import ShippingRate, ShippingZone, TaxRate
from models.discounts import DiscountCode
from models.gift_cards import GiftCard
from models.outbox import OutboxEvent
from models.shop import Shop
from models.stock import StockLevel, StockMovement

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
LARGEST_IN_ALL = 6 * 1024 * 1024


@pytest.fixture
async def shop(database: object) -> Shop:
    await load(now=NOW)
    return await Shop.get()


async def drafts() -> list[ProductDraft]:
    return [kept.draft for kept in await whole(await Product.all().order_by("id"))]


async def handles_in(collection: str) -> list[str]:
    members = CollectionProduct.filter(collection__handle=collection).order_by("position").select_related("product")
    return [member.product.handle for member in await members]


@pytest.mark.usefixtures("database")
async def test_it_is_loaded_with_under_three_seconds_of_work() -> None:
    began = time.process_time()

    await load(now=NOW)

    assert time.process_time() - began < 3


async def test_it_is_loaded_into_an_empty_database_only(shop: Shop) -> None:
    with pytest.raises(NotEmpty):
        await load(now=NOW)

    assert await Shop.all().count() == 1


async def test_it_sells_at_least_sixty_products_with_two_to_twelve_variants(shop: Shop) -> None:
    products = await drafts()

    assert sum(2 <= len(product.variants) <= 12 for product in products) >= 60
    assert any(len(product.options) == 3 for product in products)
    simple = [product for product in products if len(product.variants) == 1]
    assert simple
    assert all(product.variants[0].title == "Default Title" for product in simple)


async def test_every_product_says_what_it_is_and_is_seen(shop: Shop) -> None:
    for product in await drafts():
        assert len(product.description_html) > 70, product.handle
        assert_well_formed(product.description_html)
        assert product.seo_description, product.handle
        assert len(product.images) >= 2, product.handle
        assert all(variant.image for variant in product.variants), product.handle


async def test_skus_and_barcodes_name_one_variant_each(shop: Shop) -> None:
    variants = await ProductVariant.all()

    assert len({variant.sku for variant in variants}) == len({variant.barcode for variant in variants}) == len(variants)
    for variant in variants:
        digits = [int(digit) for digit in variant.barcode or ""]
        assert len(digits) == 13
        assert sum(digit * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


async def test_every_state_of_stock_can_be_met(shop: Shop) -> None:
    levels = {level.variant_id: level for level in await StockLevel.all()}  # type: ignore[attr-defined]
    variants = await ProductVariant.all()
    tracked = [variant for variant in variants if variant.tracked]

    assert all(variant.id in levels for variant in tracked)
    assert any(variant.id not in levels for variant in variants)
    backorders = {v.id for v in tracked if v.inventory_policy is InventoryPolicy.CONTINUE}
    sold_out = {variant.id for variant in tracked if levels[variant.id].available == 0}
    assert sold_out & backorders
    assert sold_out - backorders
    for level in levels.values():
        assert level.on_hand == sum(m.on_hand for m in await StockMovement.filter(level_id=level.id))


async def test_colors_and_materials_have_swatches(shop: Shop) -> None:
    for product in await drafts():
        for option in product.options:
            if option.name == "Color":
                assert all(value.swatch_color for value in option.values), product.handle


async def test_collections_are_chosen_or_follow_rules(shop: Shop) -> None:
    collections = await Collection.all()

    assert len(collections) >= 10
    assert any(collection.rules for collection in collections)
    assert any(not collection.rules for collection in collections)
    for collection in collections:
        assert await handles_in(collection.handle), collection.handle
    gifts = ProductTag.filter(tag="gift", product__min_price__lt=3000)
    assert set(await handles_in("under-thirty")) == {
        tag.product.handle for tag in await gifts.select_related("product")
    }


async def test_what_known_storefronts_ask_for_by_name_is_there(shop: Shop) -> None:
    assert len(await handles_in("hidden-homepage-featured-items")) >= 3
    assert await handles_in("hidden-homepage-carousel")
    for handle in ("main-menu", "footer", "next-js-frontend-header-menu", "next-js-frontend-footer-menu"):
        assert await MenuItem.filter(menu__handle=handle).count() >= 3, handle
    assert await ProductTag.filter(tag="nextjs-frontend-hidden").exists()


async def test_every_link_of_the_next_js_menus_is_a_page_it_has(shop: Shop) -> None:
    """That storefront serves `/`, `/search`, `/search/{collection}` and `/{page}`, and makes links from the menus."""
    items = await MenuItem.filter(menu__handle__startswith="next-js-frontend-")

    assert {item.type for item in items} == {"FRONTPAGE", "SEARCH", "COLLECTION", "PAGE"}


async def test_best_sellers_sold_best(shop: Shop) -> None:
    by_sales = await Product.filter(status="ACTIVE").order_by("-units_sold")
    tagged = {tag.product_id for tag in await ProductTag.filter(tag="bestseller")}  # type: ignore[attr-defined]

    assert {product.id for product in by_sales[: len(tagged)]} == tagged
    assert [product.id for product in by_sales] != sorted(product.id for product in by_sales)


async def test_menus_lead_somewhere(shop: Shop) -> None:
    for item in await MenuItem.all():
        assert item.resource_id or item.type in {"FRONTPAGE", "SEARCH", "CATALOG", "COLLECTIONS"}, item.title
    assert await Menu.all().count() == 4


async def test_there_is_something_to_read(shop: Shop) -> None:
    kinds = {policy.kind for policy in await Policy.all()}
    assert kinds >= {PolicyKind.PRIVACY, PolicyKind.REFUND, PolicyKind.SHIPPING, PolicyKind.TERMS}
    assert await Page.all().count() >= 4
    assert await Article.filter(published_at__lt=NOW).count() >= 3
    assert await UrlRedirect.exists()
    for text in [page.body for page in await Page.all()] + [article.content_html for article in await Article.all()]:
        assert_well_formed(text)


async def test_it_can_be_bought_from_and_sent_to_anywhere(shop: Shop) -> None:
    zones = await ShippingZone.all()
    assert ["*"] in [zone.countries for zone in zones]
    for zone in zones:
        assert await ShippingRate.filter(zone=zone).exists()
    assert await TaxRate.all().count() >= 10
    assert {code.code_key for code in await DiscountCode.all()} >= {"firstwalk", "hearth15"}
    card = await GiftCard.get(code_digest=digest_of(read("shop.toml")["gift_card"]["code"].lower().replace("-", " ")))
    assert card.balance == card.initial == 5000
    assert shop.manual_payment_methods == ["bank transfer", "cash on delivery"]


async def test_every_picture_is_ours_of_its_told_size_and_asked_for(shop: Shop) -> None:
    urls = {image.url: (image.width, image.height) for image in await ProductImage.all()}
    urls |= {c.image_url: (c.image_width, c.image_height) for c in await Collection.filter(image_url__isnull=False)}
    urls |= {a.image_url: (a.image_width, a.image_height) for a in await Article.all() if a.image_url}
    names = {
        re.fullmatch(r"/media/demo/([a-z0-9-]+\.webp)\?v=[0-9a-f]{8}", url or ""): size for url, size in urls.items()
    }

    for name, size in names.items():
        assert name is not None
        with Image.open(MEDIA / name[1]) as picture:
            assert (picture.format, picture.size) == ("WEBP", size)
    files = {file.name for file in MEDIA.iterdir()}
    assert files == {name[1] for name in names if name} | {"logo.webp"}
    assert files == {work.file for work in drawing.all_work()} | {"logo.webp"}
    assert sum(file.stat().st_size for file in MEDIA.iterdir()) < LARGEST_IN_ALL


def test_a_picture_drawn_again_is_the_picture_we_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MEDIA", tmp_path)
    work = next(work for work in drawing.all_work() if work.file == "kelp-soap.webp")

    drawing.draw(work)

    with Image.open(tmp_path / work.file) as again, Image.open(MEDIA / work.file) as ours:
        difference = ImageStat.Stat(ImageChops.difference(again.convert("RGB"), ours.convert("RGB")))
    assert max(difference.mean) < 1  # an encoder of another version may round elsewhere


async def test_each_product_s_making_is_a_fact(shop: Shop) -> None:
    events = await OutboxEvent.filter(kind="product.created")

    assert {int(event.key) for event in events} == {product.id for product in await Product.all()}


async def test_its_goods_survive_being_written_out_and_taken_in(shop: Shop, tmp_path: Path) -> None:
    before = await drafts()
    counts = [variant.quantity for product in before for variant in product.variants if variant.tracked]
    written, products = await export_products()
    assert products == len(before)

    again = await import_products(written, file="export.csv", recount=True, now=NOW)
    assert (again.unchanged, again.recounted) == (products, 0)

    await StockMovement.all().delete()
    await StockLevel.all().delete()
    await Product.all().delete()
    await import_products(written, file="export.csv", recount=False, now=NOW)

    after = await drafts()
    assert after == before
    assert [variant.quantity for product in after for variant in product.variants if variant.tracked] == counts


async def test_a_collection_of_unknown_products_is_refused_whole(shop: Shop) -> None:
    before = await Collection.all().count()

    with pytest.raises(Refusal, match="There is no product glass-hammer"):
        await save_collections([CollectionDraft("odd", "Odd", products=("glass-hammer",))], now=NOW)

    assert await Collection.all().count() == before


def assert_well_formed(html: str) -> None:
    tags = _Tags()
    tags.feed(html)
    assert tags.open == [], html


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
