"""Collections by rules follow the catalog: what fits is taken in, what no longer fits is dropped."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from commerce.catalog import VariantsLeftOut, save_product, save_products
from commerce.collection_rules import BadRule, Column, Relation, Rule, takes_in
from commerce.collections import BadCollection, CollectionDraft, save_collections
from commerce.plain_text import plain_text
from commerce.product_drafts import BadProduct, ImageDraft, OptionDraft, ProductDraft, ValueDraft, VariantDraft
from commerce.shop import ensure_shop_defaults
from models.catalog import Collection, CollectionProduct, Product, ProductImage, ProductVariant
from models.delivery import ShippingRate
from models.outbox import OutboxEvent
from models.shop import Shop

NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
MUG = ProductDraft(
    handle="mug",
    title="Enamel Mug",
    vendor="Tinsmith",
    product_type="Kitchen",
    tags=("camp", "Gift"),
    options=(OptionDraft("Size", (ValueDraft("S"), ValueDraft("L"))),),
    images=(ImageDraft("https://a.example/1.jpg"),),
    variants=(
        VariantDraft(("S",), price=1200, weight_grams=150, quantity=3),
        VariantDraft(("L",), price=1900, compare_at_price=2500, weight_grams=260),
    ),
)


@pytest.fixture
async def shop(database: object) -> None:
    await ensure_shop_defaults(now=NOW)


async def members(handle: str) -> list[str]:
    rows = CollectionProduct.filter(collection__handle=handle).order_by("position").select_related("product")
    return [row.product.handle for row in await rows]


@pytest.mark.parametrize(
    ("column", "relation", "condition", "fits"),
    [
        ("TAG", "EQUALS", "gift", True),
        ("TAG", "EQUALS", "gif", False),
        ("TITLE", "STARTS_WITH", "enamel", True),
        ("TITLE", "ENDS_WITH", "mug", True),
        ("TITLE", "NOT_CONTAINS", "glass", True),
        ("VENDOR", "NOT_EQUALS", "tinsmith", False),
        ("TYPE", "CONTAINS", "kit", True),
        ("VARIANT_TITLE", "EQUALS", "l", True),
        ("VARIANT_PRICE", "LESS_THAN", "12.01", True),
        ("VARIANT_PRICE", "LESS_THAN", "12", False),
        ("VARIANT_PRICE", "EQUALS", "19.0", True),
        ("VARIANT_COMPARE_AT_PRICE", "GREATER_THAN", "0", True),
        ("VARIANT_WEIGHT", "GREATER_THAN", "260", False),
    ],
)
def test_a_rule_takes_in_what_fits(column: str, relation: str, condition: str, fits: bool) -> None:
    rule = Rule(Column(column), Relation(relation), condition)

    assert takes_in([rule], MUG, match_any=False, currency="EUR") is fits
    assert Rule.read(rule.kept()) == rule


def test_rules_hold_all_together_or_any_where_the_collection_says_so() -> None:
    gift, glass = Rule(Column.TAG, Relation.EQUALS, "gift"), Rule(Column.TITLE, Relation.CONTAINS, "glass")

    assert not takes_in([gift, glass], MUG, match_any=False, currency="EUR")
    assert takes_in([gift, glass], MUG, match_any=True, currency="EUR")
    assert not takes_in([], MUG, match_any=True, currency="EUR")


@pytest.mark.parametrize(
    ("column", "relation", "condition"),
    [("VARIANT_PRICE", "CONTAINS", "1"), ("TITLE", "LESS_THAN", "1"), ("VARIANT_PRICE", "EQUALS", "cheap")],
)
def test_a_rule_nothing_could_be_tested_against_is_refused(column: str, relation: str, condition: str) -> None:
    with pytest.raises(BadRule):
        Rule(Column(column), Relation(relation), condition)


async def test_a_collection_by_rules_follows_its_products(shop: None) -> None:
    gifts = CollectionDraft("gifts", "Gifts", rules=(Rule(Column.TAG, Relation.EQUALS, "gift"),))
    await save_products([MUG, replace(MUG, handle="pan", tags=())], now=NOW)
    await save_collections([gifts], now=NOW)
    assert await members("gifts") == ["mug"]

    await save_products([replace(MUG, tags=()), replace(MUG, handle="pan"), replace(MUG, handle="cup")], now=NOW)

    assert await members("gifts") == ["pan", "cup"]


async def test_chosen_products_keep_the_order_they_were_chosen_in(shop: None) -> None:
    await save_products([replace(MUG, handle=handle) for handle in ("a", "b", "c")], now=NOW)

    await save_collections([CollectionDraft("window", "Window", products=("c", "a"))], now=NOW)
    assert await members("window") == ["c", "a"]

    await save_collections([CollectionDraft("window", "Window", products=("b", "c"))], now=NOW)
    assert await members("window") == ["b", "c"]


async def test_a_collection_has_rules_or_chosen_products(shop: None) -> None:
    both = CollectionDraft("x", "X", products=("mug",), rules=(Rule(Column.TAG, Relation.EQUALS, "a"),))

    with pytest.raises(BadCollection):
        await save_collections([both], now=NOW)

    assert not await Collection.exists()


async def test_saving_touches_only_what_differs(shop: None) -> None:
    await save_product(MUG, now=NOW)
    variants = await ProductVariant.all().order_by("position").values("id", "updated_at")
    image = await ProductImage.get()

    cheaper = replace(MUG.variants[0], price=1100)
    more = (ImageDraft("https://a.example/0.jpg"), *MUG.images)
    later = NOW + dt.timedelta(hours=1)
    await save_product(replace(MUG, title="Mug", images=more, variants=(cheaper, MUG.variants[1])), now=later)

    after = await ProductVariant.all().order_by("position").values("id", "updated_at")
    assert [row["id"] for row in after] == [row["id"] for row in variants]
    assert [row["updated_at"] for row in after] == [later, NOW]
    assert (await ProductImage.get(id=image.id)).position == 2
    product = await Product.get()
    assert (product.title, product.min_price, product.updated_at) == ("Mug", 1100, later)
    kinds = [event.kind for event in await OutboxEvent.all().order_by("sequence")]
    assert kinds == ["product.created", "product.updated"]


async def test_saving_the_same_again_is_no_change(shop: None) -> None:
    await save_product(MUG, now=NOW)

    saved = await save_products([replace(MUG, tags=("Gift", "camp", "GIFT"))], now=NOW + dt.timedelta(hours=1))

    assert saved.unchanged == ("mug",)
    assert (await Product.get()).updated_at == NOW
    assert await OutboxEvent.all().count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"handle": "two words"},
        {"options": ()},
        {"variants": ()},
        {"variants": (VariantDraft(("M",), price=1),)},
        {"variants": (VariantDraft(("S",), price=-1),)},
        {"variants": (VariantDraft(("S",), price=1), VariantDraft(("S",), price=2))},
        {"variants": (VariantDraft(("S",), price=1, image="https://b.example/x.png"),)},
        {"images": (ImageDraft("https://a.example/1.jpg"), ImageDraft("https://a.example/1.jpg"))},
        {"options": (OptionDraft("Size", (ValueDraft("S", "green"), ValueDraft("L"))),)},
    ],
)
async def test_a_product_that_cannot_be_is_refused_and_nothing_is_saved(shop: None, wrong: dict[str, object]) -> None:
    with pytest.raises(BadProduct):
        await save_products([replace(MUG, handle="fine"), replace(MUG, **wrong)], now=NOW)  # type: ignore[arg-type]

    assert not await Product.exists()


async def test_leaving_out_a_variant_is_not_a_way_to_remove_it(shop: None) -> None:
    await save_product(MUG, now=NOW)

    with pytest.raises(VariantsLeftOut, match="mug has a variant L"):
        await save_product(replace(MUG, variants=MUG.variants[:1]), now=NOW)

    assert await ProductVariant.all().count() == 2


async def test_the_defaults_of_an_empty_shop_leave_a_full_one_alone(shop: None) -> None:
    await Shop.all().update(name="Ours", currency="SEK")

    await ensure_shop_defaults(now=NOW)

    assert await Shop.all().values_list("name", "currency") == [("Ours", "SEK")]
    rate = await ShippingRate.get().select_related("zone")
    assert (rate.zone.countries, rate.price) == (["*"], 0)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("plain  words", "plain words"),
        ("<p>One</p><p>two &amp; three</p>", "One two & three"),
        ("a<br>b<script>alert('x')</script><style>p{}</style>", "a b"),
        ("1 < 2 and <unclosed", "1 < 2 and <unclosed"),
        ("</script>still here", "still here"),
    ],
)
def test_the_words_of_a_text_in_html(html: str, words: str) -> None:
    assert plain_text(html) == words


@pytest.mark.postgres
async def test_two_who_make_the_same_product_at_once_make_one(committed: object) -> None:
    await ensure_shop_defaults(now=NOW)

    await asyncio.gather(*(save_product(replace(MUG, title=f"Mug {n}"), now=NOW) for n in range(6)))

    product = await Product.get()
    assert await ProductVariant.filter(product=product).count() == 2
    kinds = [event.kind for event in await OutboxEvent.all().order_by("sequence")]
    assert kinds == ["product.created"] + ["product.updated"] * 5
