"""Searching the shop: words, their beginnings and slips, fields, and text that means harm."""

import datetime as dt

import pytest

from models.catalog import Product, ProductStatus
from models.content import Article, Blog, Page
from schema.storefront.schema import storefront
from search.embedded import index_articles, index_pages
from tests.catalogue import BEFORE, collection, counted, goods
from tests.shop import NOON, Counter

pytestmark = pytest.mark.usefixtures("database")
SHOPFRONT = Counter(storefront())


@pytest.fixture
async def shelves(database: object) -> None:
    """A few goods that differ."""
    await goods("wool-jumper", title="Wool jumper", tags=("wool", "winter"), vendor="Fjord", price=4_500)
    await goods("summer-shirt", title="Blue shirt", tags=("summer",), vendor="Acme", price=1_500, product_type="Shirts")
    await goods(
        "linen-shirt",
        title="Linen shirt",
        tags=("summer", "linen"),
        vendor="Fjord",
        price=3_500,
        product_type="Shirts",
        description_html="<p>Goes well with a wool jumper.</p>",
    )
    await goods("cafe-mug", title="Café mug", tags=("home",), vendor="Kiln", price=900, quantity=0, product_type="Mugs")


async def found(query: str, sort_key: str = "RELEVANCE") -> list[str]:
    answer = await SHOPFRONT.ask(
        """query ($query: String, $key: ProductSortKeys) { products(first: 20, query: $query, sortKey: $key) {
        nodes { handle } pageInfo { hasNextPage endCursor } } }""",
        query=query,
        key=sort_key,
    )
    assert answer.codes == []
    return [node["handle"] for node in answer.data["products"]["nodes"]]


@pytest.mark.parametrize(("query", "handles"), [("mgu", ["cafe-mug"]), ("hug", []), ("mg", [])])
async def test_three_letters_may_have_changed_places_and_nothing_else(
    shelves: None, query: str, handles: list[str]
) -> None:
    assert await found(query) == handles


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    ("query", "handles"),
    [
        ("jumper", ["wool-jumper", "linen-shirt"]),
        ("jump", ["wool-jumper", "linen-shirt"]),
        ("jumpers", ["wool-jumper", "linen-shirt"]),
        ("jumpr", ["wool-jumper", "linen-shirt"]),
        ("lnien shirt", ["linen-shirt"]),
        ("cafe", ["cafe-mug"]),
        ("CAFÉ", ["cafe-mug"]),
        ('"wool jumper"', ["wool-jumper", "linen-shirt"]),
        ('"jumper wool"', []),
        ("title:shirt tag:summer -vendor:acme variants.price:>20", ["linen-shirt"]),
        ("title:wool", ["wool-jumper"]),
        ("tag:linen OR tag:home", ["linen-shirt", "cafe-mug"]),
        ("(tag:summer OR tag:wool) AND vendor:fjord", ["wool-jumper", "linen-shirt"]),
        ("NOT vendor:fjord", ["summer-shirt", "cafe-mug"]),
        ("available_for_sale:false", ["cafe-mug"]),
        ("product_type:Shirts vendor:Acme", ["summer-shirt"]),
        ("tag_not:summer available_for_sale:true", ["wool-jumper"]),
        ("sku:wool-jumper-1", ["wool-jumper"]),
        ("sku:wool*", ["wool-jumper"]),
        ("price:<=9", ["cafe-mug"]),
        ("created_at:>2026-03-31", []),
        ("created_at:<2026-03-31 tag:home", ["cafe-mug"]),
        ("shirt -linen", ["summer-shirt"]),
        ("xyzzyplugh", []),
    ],
)
async def test_a_query_finds_what_it_asks_for(query: str, handles: list[str]) -> None:
    answered = await found(query)

    assert (answered if query == "jumper" else sorted(answered)) == (handles if query == "jumper" else sorted(handles))


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize(
    "query",
    ["", "-", "(((", ")))", '"', "'", "title:", "a:b:c", "NOT", "OR OR", "*", "price:>abc", "id:99999999999999",
     "created_at:>yesterday", "'; DROP TABLE product; --", "NEAR(a b)", "a AND (b OR", "\\", "title:\"", "%_%",
     "\U0001d518\U0001d52b", "日本語", "\u202e", "price:>1e400", "price:>NaN", "created_at:>=9999-12-31", "(" * 500,
     "word " * 5_000, "tag:" + "x" * 5_000, "sku:*", "barcode:123"],
)  # fmt: skip
async def test_no_text_is_an_error(query: str) -> None:
    await found(query)


async def test_a_text_with_a_nul_is_refused_by_name() -> None:
    answer = await SHOPFRONT.ask("query ($q: String) { products(query: $q, first: 1) { nodes { id } } }", q="a\x00b")

    assert answer.codes == ["BAD_USER_INPUT"]


@pytest.mark.usefixtures("shelves")
async def test_found_products_are_paged_both_ways_without_skips() -> None:
    document = """query ($first: Int, $after: String, $last: Int, $before: String) {
      products(query: "shirt OR jumper", sortKey: RELEVANCE, first: $first, after: $after, last: $last, before: $before)
      { edges { cursor node { handle } } pageInfo { hasNextPage hasPreviousPage } } }"""
    whole = (await SHOPFRONT.ask(document, first=9)).data["products"]["edges"]
    first = (await SHOPFRONT.ask(document, first=2)).data["products"]["edges"]
    rest = (await SHOPFRONT.ask(document, first=2, after=first[-1]["cursor"])).data["products"]["edges"]
    back = (await SHOPFRONT.ask(document, last=2, before=rest[0]["cursor"])).data["products"]["edges"]

    assert first + rest == whole
    assert back == first


@pytest.mark.usefixtures("shelves")
async def test_the_whole_shop_is_searched_at_once() -> None:
    page = await Page.create(
        handle="care", title="Care of wool", body="<p>Wash it cold.</p>", published_at=BEFORE, created_at=BEFORE,
        updated_at=BEFORE,
    )  # fmt: skip
    blog = await Blog.create(handle="news", title="News", created_at=BEFORE, updated_at=BEFORE)
    article = await Article.create(
        blog=blog, handle="sheep", title="Our sheep", author_name="Ada", content_html="<p>They give wool.</p>",
        tags=["farm"], published_at=BEFORE, created_at=BEFORE, updated_at=BEFORE,
    )  # fmt: skip
    await index_pages([page.id])
    await index_articles([article.id])
    await collection("wool", ("wool-jumper",))
    document = """{ search(query: "wool", first: 10) { totalCount nodes { __typename ... on Product { handle }
      ... on Page { handle } ... on Article { handle } } }
      products: search(query: "wool", types: [PRODUCT], first: 1) { totalCount pageInfo { hasNextPage } }
      cheap: search(query: "", types: [PRODUCT], sortKey: PRICE, unavailableProducts: HIDE, first: 1) {
        nodes { ... on Product { handle } } }
      predictiveSearch(query: "woo", limit: 3, limitScope: EACH) { products { handle } collections { handle }
        pages { handle } articles { handle } queries { text styledText } } }"""

    answer = await SHOPFRONT.ask(document)

    assert answer.codes == []
    assert answer.data["search"]["totalCount"] == 4
    assert {node["handle"] for node in answer.data["search"]["nodes"]} == {
        "wool-jumper",
        "linen-shirt",
        "care",
        "sheep",
    }
    assert answer.data["products"] == {"totalCount": 2, "pageInfo": {"hasNextPage": True}}
    assert answer.data["cheap"]["nodes"] == [{"handle": "summer-shirt"}]
    foreseen = answer.data["predictiveSearch"]
    assert foreseen["products"][0] == {"handle": "wool-jumper"}
    assert foreseen["collections"] == [{"handle": "wool"}]
    assert foreseen["pages"] == [{"handle": "care"}]
    assert foreseen["articles"] == [{"handle": "sheep"}]
    assert foreseen["queries"] == [{"text": "wool", "styledText": "<mark>woo</mark><span>l</span>"}]


@pytest.mark.usefixtures("shelves")
async def test_what_cannot_be_bought_comes_last() -> None:
    answer = await SHOPFRONT.ask(
        '{ search(query: "", types: [PRODUCT], sortKey: PRICE, first: 9) { nodes { ... on Product { handle } } } }'
    )

    assert [node["handle"] for node in answer.data["search"]["nodes"]][-1] == "cafe-mug"


@pytest.mark.usefixtures("shelves")
async def test_words_of_what_is_not_shown_are_neither_found_nor_foreseen() -> None:
    await goods("secret", title="Zeppelin", status=ProductStatus.DRAFT)

    answer = await SHOPFRONT.ask(
        '{ search(query: "zeppelin", first: 5) { totalCount } predictiveSearch(query: "zep") { queries { text } } }'
    )

    assert answer.data == {"search": {"totalCount": 0}, "predictiveSearch": {"queries": []}}


@pytest.mark.usefixtures("shelves")
async def test_a_changed_product_is_found_by_its_new_words_only() -> None:
    assert await found("mug") == ["cafe-mug"]

    await goods("cafe-mug", title="Tea bowl", tags=("home",), product_type="Bowls", description_html="")

    assert await found("title:bowl") == ["cafe-mug"]
    assert await found("product_type:mugs") == []


@pytest.mark.usefixtures("shelves")
async def test_a_search_costs_the_same_whatever_it_finds() -> None:
    document = """query ($query: String!) { search(query: $query, first: 20) { totalCount nodes { ... on Product {
      title availableForSale featuredImage { url } } } } }"""
    counts = []
    for query in ("mug", "title:*"):
        with counted() as statements:
            await SHOPFRONT.ask(document, query=query)
        counts.append(statements.count)

    assert max(counts) <= 9


@pytest.mark.usefixtures("shelves")
async def test_a_cursor_of_another_search_is_refused() -> None:
    answer = await SHOPFRONT.ask('{ search(query: "wool", first: 1, after: "bm9wZQ") { totalCount } }')

    assert answer.codes == ["BAD_CURSOR"]


async def test_published_later_is_found_later() -> None:
    key = await goods("early")
    await Product.filter(id=key).update(published_at=NOON + dt.timedelta(seconds=1))

    assert await found("early") == []
