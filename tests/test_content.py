"""What a shop says besides its goods, and where it says it."""

import datetime as dt
from typing import Any

import pytest

from models.content import Article, Blog, Menu, MenuItem, Page, Policy, PolicyKind, UrlRedirect
from models.delivery import ShippingZone
from schema.storefront.schema import storefront
from tests.catalogue import BEFORE, collection, counted, goods
from tests.shop import NOON, Counter, a_shop

pytestmark = pytest.mark.usefixtures("database")
SHOPFRONT = Counter(storefront())
TIMES: Any = {"created_at": BEFORE, "updated_at": BEFORE}


async def a_page(handle: str, *, published_at: dt.datetime | None = BEFORE) -> Page:
    title = handle.capitalize()
    return await Page.create(
        handle=handle, title=title, body="<p>Some <b>words</b>.</p>", published_at=published_at, **TIMES
    )


async def an_article(blog: Blog, handle: str, **differences: Any) -> Article:
    values = {"title": handle.capitalize(), "author_name": "Ada", "content_html": "<p>Long text here.</p>", "tags": []}
    return await Article.create(blog=blog, handle=handle, **{**values, "published_at": BEFORE, **differences}, **TIMES)


async def test_a_page_is_found_by_handle_or_id_once_it_is_published() -> None:
    shown = await a_page("about")
    await a_page("soon", published_at=NOON + dt.timedelta(hours=1))

    answer = await SHOPFRONT.ask(
        """query ($id: ID!) { page(handle: "about") { title bodySummary onlineStoreUrl }
        pageByHandle(handle: "soon") { id }
        node(id: $id) { ... on Page { handle } } pages(first: 5) { edges { node { handle } } } }""",
        id=f"gid://shopify/Page/{shown.id}",
    )

    assert answer.codes == []
    assert answer.data == {
        "page": {"title": "About", "bodySummary": "Some words.", "onlineStoreUrl": "https://shop.example/pages/about"},
        "pageByHandle": None,
        "node": {"handle": "about"},
        "pages": {"edges": [{"node": {"handle": "about"}}]},
    }


@pytest.mark.parametrize("arguments", ["", '(handle: "a", id: "gid://shopwright/Page/1")'])
async def test_one_thing_is_named_in_exactly_one_way(arguments: str) -> None:
    answer = await SHOPFRONT.ask(f"{{ page{arguments} {{ id }} }}")

    assert answer.codes == ["BAD_USER_INPUT"]


async def test_a_blog_tells_its_articles_in_any_order() -> None:
    blog = await Blog.create(handle="news", title="News", **TIMES)
    for number, title in enumerate(("beta", "alpha", "gamma")):
        await an_article(blog, title, author_name=f"Author {number}", tags=["farm"] if number else [])
    await an_article(blog, "later", published_at=NOON + dt.timedelta(days=1))

    answer = await SHOPFRONT.ask(
        """{ blog(handle: "news") { authors { name } articleByHandle(handle: "beta") { title content(truncateAt: 7) }
        hidden: articleByHandle(handle: "later") { id }
        articles(first: 2, sortKey: TITLE) { nodes { handle blog { handle } } pageInfo { hasNextPage endCursor } } }
        articles(first: 1, sortKey: AUTHOR, reverse: true) { nodes { handle } }
        found: articles(first: 5, query: "author:'Author 1'") { nodes { handle } } }"""
    )

    assert answer.codes == []
    told = answer.data["blog"]
    assert [author["name"] for author in told["authors"]] == ["Author 0", "Author 1", "Author 2"]
    assert told["articleByHandle"] == {"title": "Beta", "content": "Long..."}
    assert told["hidden"] is None
    assert [node["handle"] for node in told["articles"]["nodes"]] == ["alpha", "beta"]
    assert told["articles"]["pageInfo"]["hasNextPage"] is True
    assert answer.data["articles"]["nodes"] == [{"handle": "gamma"}]
    assert answer.data["found"]["nodes"] == [{"handle": "alpha"}]


@pytest.mark.parametrize("sort_key", ["ID", "TITLE", "UPDATED_AT"])
@pytest.mark.parametrize("reverse", [False, True])
async def test_lists_are_paged_without_skips_in_every_order(sort_key: str, *, reverse: bool) -> None:
    for handle in ("one", "two", "three"):
        await a_page(handle)
        await goods(handle)
        await collection(handle, ())
    for field in ("pages", "collections", "products"):
        document = f"""query ($after: String, $reverse: Boolean) {{ list: {field}(first: 1, after: $after,
          sortKey: {sort_key}, reverse: $reverse) {{ nodes {{ handle }} pageInfo {{ hasNextPage endCursor }} }} }}"""
        seen, after, more = [], None, True
        while more:
            answer = await SHOPFRONT.ask(document, after=after, reverse=reverse)
            assert answer.codes == []
            page = answer.data["list"]
            seen += [node["handle"] for node in page["nodes"]]
            more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
        assert sorted(seen) == ["one", "three", "two"]


async def test_a_menu_leads_to_things_places_and_addresses() -> None:
    key = await goods("jumper")
    menu = await Menu.create(handle="main-menu", title="Main")
    top = await MenuItem.create(menu=menu, position=1, title="Jumper", type="PRODUCT", resource_id=key, tags=["wool"])
    await MenuItem.create(menu=menu, position=1, parent=top, title="Search", type="SEARCH", tags=[])
    await MenuItem.create(menu=menu, position=2, title="Far", type="HTTP", url="https://far.example", tags=[])

    answer = await SHOPFRONT.ask(
        """{ menu(handle: "main-menu") { itemsCount items { title url type tags resourceId
        resource { __typename ... on Product { handle } } items { title url } } } none: menu(handle: "x") { id } }"""
    )

    assert answer.codes == []
    assert answer.data["none"] is None
    assert answer.data["menu"] == {
        "itemsCount": 3,
        "items": [
            {
                "title": "Jumper",
                "url": "https://shop.example/products/jumper",
                "type": "PRODUCT",
                "tags": ["wool"],
                "resourceId": f"gid://shopwright/Product/{key}",
                "resource": {"__typename": "Product", "handle": "jumper"},
                "items": [{"title": "Search", "url": "https://shop.example/search"}],
            },
            {
                "title": "Far",
                "url": "https://far.example",
                "type": "HTTP",
                "tags": [],
                "resourceId": None,
                "resource": None,
                "items": [],
            },
        ],
    }


async def test_the_shop_tells_its_policies_and_where_it_is() -> None:
    await a_shop()
    await Policy.create(kind=PolicyKind.REFUND, title="Refunds", body="<p>Within 30 days.</p>", updated_at=BEFORE)

    answer = await SHOPFRONT.ask(
        """{ shop { refundPolicy { title handle url } privacyPolicy { id } subscriptionPolicy { id handle }
        primaryDomain { host sslEnabled url } paymentSettings { currencyCode } moneyFormat brand { logo { id } } } }"""
    )

    assert answer.codes == []
    assert answer.data["shop"]["refundPolicy"] == {
        "title": "Refunds",
        "handle": "refund-policy",
        "url": "https://shop.example/policies/refund-policy",
    }
    assert answer.data["shop"]["privacyPolicy"] is None
    assert answer.data["shop"]["subscriptionPolicy"] == {"id": None, "handle": "subscription-policy"}
    assert answer.data["shop"]["primaryDomain"]["host"] == "shop.example"


async def test_localization_tells_the_countries_the_shop_sends_to() -> None:
    await ShippingZone.create(name="Near", countries=["NO", "SE", "US-NY"])

    answer = await SHOPFRONT.ask(
        "{ localization { country { isoCode name currency { isoCode } } language { isoCode } "
        "availableCountries { isoCode unitSystem } } shop { shipsToCountries } }"
    )

    assert answer.codes == []
    assert answer.data["localization"]["country"] == {"isoCode": "NO", "name": "Norway", "currency": {"isoCode": "EUR"}}
    assert [each["isoCode"] for each in answer.data["localization"]["availableCountries"]] == ["NO", "SE", "US"]
    assert answer.data["shop"]["shipsToCountries"] == ["NO", "SE", "US"]


async def test_old_addresses_lead_to_new_ones() -> None:
    await UrlRedirect.create(path="/old", target="/products/jumper")
    await UrlRedirect.create(path="/other", target="/")

    answer = await SHOPFRONT.ask('{ urlRedirects(first: 1, query: "path:/old") { edges { node { target } } } }')

    assert answer.data == {"urlRedirects": {"edges": [{"node": {"target": "/products/jumper"}}]}}


async def test_many_collections_with_products_cost_as_much_as_one() -> None:
    for number in range(4):
        await goods(f"jumper-{number}")
    for number in range(4):
        await collection(f"warm-{number}", tuple(f"jumper-{at}" for at in range(4)))
    document = """query ($first: Int) { collections(first: $first) { nodes { title
      products(first: 2, sortKey: PRICE) { nodes { title featuredImage { url }
        collections(first: 2) { nodes { handle } } } pageInfo { hasNextPage } } } } }"""
    counts = []
    for first in (1, 4):
        with counted() as statements:
            answer = await SHOPFRONT.ask(document, first=first)
        assert answer.codes == []
        assert all(len(node["products"]["nodes"]) == 2 for node in answer.data["collections"]["nodes"])
        counts.append(statements.count)

    assert counts[0] == counts[1] <= 9
