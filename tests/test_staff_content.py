"""Staff write pages, blogs and articles, lay out menus and lead old addresses; shoppers and the search follow."""

from typing import Any

import pytest

from models.content import Article, MenuItem, Metafield, Page, UrlRedirect
from models.outbox import OutboxEvent
from models.search import SearchDocument
from models.staff import AuditRecord
from schema.storefront.schema import storefront
from tests.catalogue import collection, counted
from tests.shop import NOON, Counter, a_shop
from tests.staffing import done, gid, key_of, look, refusal

pytestmark = pytest.mark.usefixtures("database")

SHOPPER = Counter(storefront())
PAGE = "page { id handle title body publishedAt seoTitle }"
ARTICLE = """article { id handle title body summary tags publishedAt author { name } blog { title }
    image { url altText width height } }"""
MENU = "menu { id handle title items { id title type url resourceId items { id title items { title } } } }"


async def shown(handle: str) -> Any:
    return (await SHOPPER.ask("query($handle: String) { page(handle: $handle) { title body } }", handle=handle)).data[
        "page"
    ]


async def found(word: str) -> int:
    asked = await SHOPPER.ask("query($q: String!) { search(query: $q, types: [PAGE, ARTICLE]) { totalCount } }", q=word)
    assert asked.codes == []
    return int(asked.data["search"]["totalCount"])


async def a_page(**told: Any) -> Any:
    return (await done("pageCreate", PAGE, page={"title": "About us", **told}))["page"]


async def test_a_page_is_written_found_changed_hidden_and_taken_away() -> None:
    page = await a_page(body="<p>Herring</p>", seoTitle="About")
    assert (page["handle"], page["publishedAt"], page["seoTitle"]) == ("about-us", "2026-04-01T12:00:00Z", "About")
    assert await shown("about-us") == {"title": "About us", "body": "<p>Herring</p>"}
    assert await found("herring") == 1

    changed = await done("pageUpdate", PAGE, id=page["id"], page={"body": "<p>Mackerel</p>", "handle": "us"})
    assert (changed["page"]["title"], changed["page"]["handle"]) == ("About us", "us")
    assert (await found("herring"), await found("mackerel")) == (0, 1)

    await done("pageUpdate", PAGE, id=page["id"], page={"isPublished": False})
    assert await shown("us") is None
    listed = await look(
        """query($id: ID!) { page(id: $id) { id }
        pages(query: "published_status:unpublished") { nodes { handle } } }""",
        id=page["id"],
    )
    assert (listed["pages"]["nodes"], listed["page"]["id"]) == ([{"handle": "us"}], page["id"])
    place: dict[str, Any] = {"owner_type": "Page", "owner_id": str(key_of(page["id"])), "namespace": "a", "key": "b"}
    await Metafield.create(**place, type="boolean", value="true", created_at=NOON, updated_at=NOON)
    gone = await done("pageDelete", "deletedPageId", id=page["id"])
    assert gone["deletedPageId"] == page["id"]
    assert await Metafield.all().count() == await SearchDocument.all().count() == await Page.all().count() == 0
    kept = await AuditRecord.all().order_by("id")
    assert [(each.action, each.before is None, each.after is None) for each in kept] == [
        ("pageCreate", True, False),
        ("pageUpdate", False, False),
        ("pageUpdate", False, False),
        ("pageDelete", False, True),
    ]
    facts = [fact.kind for fact in await OutboxEvent.filter(aggregate="page").order_by("id")]
    assert facts == ["page.created", "page.updated", "page.updated", "page.deleted"]


async def test_handles_are_made_of_titles_counted_on_and_refused_where_taken() -> None:
    assert [(await a_page(title=title))["handle"] for title in ("Wool & Silk", "Wool & Silk", "羊毛")] == [
        "wool-silk",
        "wool-silk-2",
        "page",
    ]
    assert await refusal("pageCreate", page={"title": "Other", "handle": "Wool-Silk"}) == ("TAKEN", "page.handle")
    assert await refusal("pageCreate", page={"title": "Other", "handle": "a/b"}) == ("INVALID", "page.handle")
    assert await refusal("pageCreate", page={"title": "Other", "handle": "x" * 256}) == ("TOO_LONG", "page.handle")
    assert await refusal("pageCreate", page={"title": " "}) == ("BLANK", "page.title")
    assert await refusal("pageUpdate", id=gid("Page", 999_999), page={}) == ("NOT_FOUND", "id")


async def test_articles_are_written_into_blogs_and_go_with_them() -> None:
    blog = (await done("blogCreate", "blog { id handle }", blog={"title": "Logbook"}))["blog"]
    told = {
        "blogId": blog["id"],
        "title": "First frost",
        "author": {"name": "Ada"},
        "body": "<p>Icicles</p>",
        "summary": "<p>Ice.</p>",
        "tags": ["winter", " winter ", "sea"],
        "publishDate": "2026-03-01T08:00:00Z",
        "image": {"url": "/media/frost.webp", "altText": "Frost", "width": 80, "height": 60},
    }
    made = (await done("articleCreate", ARTICLE, article=told))["article"]
    assert (made["handle"], made["tags"], made["publishedAt"]) == (
        "first-frost",
        ["winter", "sea"],
        "2026-03-01T08:00:00Z",
    )
    assert made["image"] == {"url": "/media/frost.webp", "altText": "Frost", "width": 80, "height": 60}
    assert made["blog"] == {"title": "Logbook"}
    assert await found("icicles") == 1

    changed = await done("articleUpdate", ARTICLE, id=made["id"], article={"title": "Frost", "image": None})
    assert (changed["article"]["handle"], changed["article"]["image"]) == ("first-frost", None)
    other = {"blogId": gid("Blog", 999_999), "title": "x", "author": {"name": "Ada"}}
    assert await refusal("articleCreate", article=other) == ("NOT_FOUND", "article.blogId")
    assert await refusal("articleCreate", article={**told, "author": None}) == ("BLANK", "article.author.name")
    assert await refusal("articleCreate", article={**told, "tags": ["x" * 256]}) == ("TOO_LONG", "article.tags")
    again = {**told, "handle": "first-frost"}
    assert await refusal("articleCreate", article=again) == ("TAKEN", "article.handle")
    listed = await look('{ articles(query: "author:ada", sortKey: TITLE) { nodes { title blog { title } } } }')
    assert listed["articles"]["nodes"] == [{"title": "Frost", "blog": {"title": "Logbook"}}]
    await done("blogUpdate", "blog { id }", id=blog["id"], blog={"title": "Diary"})
    await done("blogDelete", "deletedBlogId", id=blog["id"])
    assert await Article.all().count() == await SearchDocument.all().count() == 0


async def test_a_menu_is_laid_out_to_things_that_are_there_and_keeps_the_links_it_had() -> None:
    page = await a_page()
    await collection("wear", ())
    items = [
        {"title": "About", "type": "PAGE", "resourceId": page["id"]},
        {
            "title": "Home",
            "type": "FRONTPAGE",
            "items": [{"title": "Mail", "type": "HTTP", "url": "https://mail.example"}],
        },
    ]
    menu = (await done("menuCreate", MENU, title="Main", handle="main-menu", items=items))["menu"]
    first, second = menu["items"]
    assert (first["resourceId"], second["items"][0]["title"]) == (page["id"], "Mail")
    asked = await SHOPPER.ask('{ menu(handle: "main-menu") { items { title url items { url } } } }')
    assert asked.data["menu"]["items"][0]["url"] == "https://shop.example/pages/about-us"

    turned = [
        {
            "title": "Mail",
            "type": "HTTP",
            "url": "/mail",
            "id": second["items"][0]["id"],
            "items": [{"title": "Home", "type": "FRONTPAGE", "id": second["id"]}],
        },
        {"title": "Search", "type": "SEARCH"},
    ]
    changed = (await done("menuUpdate", MENU, id=menu["id"], title="Main menu", items=turned))["menu"]
    assert (changed["handle"], changed["title"]) == ("main-menu", "Main menu")
    assert [item["title"] for item in changed["items"]] == ["Mail", "Search"]
    assert changed["items"][0]["id"] == second["items"][0]["id"]
    assert changed["items"][0]["items"][0]["id"] == second["id"]
    assert await MenuItem.all().count() == 3
    await done("menuDelete", "deletedMenuId", id=menu["id"])
    assert await MenuItem.all().count() == 0


async def test_links_that_cannot_be_are_refused_by_name() -> None:
    link = {"title": "Home", "type": "FRONTPAGE"}
    deep: dict[str, Any] = link
    for _ in range(3):
        deep = {**link, "items": [deep]}
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({**link, "title": ""}, "BLANK", "title"),
        ({**link, "type": "PAGE"}, "BLANK", "resourceId"),
        ({**link, "type": "PAGE", "resourceId": gid("Page", 999_999)}, "NOT_FOUND", "resourceId"),
        ({**link, "type": "PAGE", "resourceId": gid("Product", 1)}, "INVALID", "resourceId"),
        ({**link, "type": "HTTP"}, "BLANK", "url"),
        ({**link, "type": "HTTP", "url": "javascript:alert(1)"}, "INVALID", "url"),
        ({**link, "tags": [str(number) for number in range(51)]}, "TOO_MANY", "tags"),
        (deep, "TOO_DEEP", "items.0.items.0.items.0"),
    ]
    for item, code, at in cases:
        refused = await refusal("menuCreate", title="Main", handle="main", items=[link, item])
        assert refused == (code, f"items.1.{at}")
    too_many = await refusal("menuCreate", title="Main", handle="main", items=[link] * 501)
    assert too_many == ("TOO_MANY", "items")
    made = (await done("menuCreate", MENU, title="Main", handle="main", items=[link]))["menu"]
    assert await refusal("menuCreate", title="Main", handle="main", items=[]) == ("TAKEN", "handle")
    foreign = [{**link, "id": gid("MenuItem", 999_999)}]
    assert await refusal("menuUpdate", id=made["id"], title="Main", items=foreign) == ("NOT_FOUND", "items.0.id")


async def test_old_addresses_lead_somewhere_else() -> None:
    shape = "urlRedirect { id path target }"
    told = {"path": "/shop", "target": "/collections/all"}
    made = (await done("urlRedirectCreate", shape, urlRedirect=told))["urlRedirect"]
    await done("urlRedirectUpdate", shape, id=made["id"], urlRedirect={"target": "https://elsewhere.example/"})
    listed = await look('{ urlRedirects(query: "shop", sortKey: PATH) { nodes { target } } }')
    assert listed["urlRedirects"]["nodes"] == [{"target": "https://elsewhere.example/"}]
    assert await refusal("urlRedirectCreate", urlRedirect=told) == ("TAKEN", "urlRedirect.path")
    for name, text in (("path", "shop"), ("path", "/a b"), ("target", "javascript:alert(1)"), ("target", "mail")):
        refused = await refusal("urlRedirectCreate", urlRedirect={**told, "path": "/x", name: text})
        assert refused == ("INVALID", f"urlRedirect.{name}")
    assert await refusal("urlRedirectCreate", urlRedirect={"path": "/x"}) == ("BLANK", "urlRedirect.target")
    await done("urlRedirectDelete", "deletedUrlRedirectId", id=made["id"])
    assert await UrlRedirect.all().count() == 0


async def test_lists_of_texts_cost_no_more_statements_with_more_of_them() -> None:
    await a_shop()
    blog = (await done("blogCreate", "blog { id }", blog={"title": "Logbook"}))["blog"]["id"]
    link = [{"title": "Home", "type": "FRONTPAGE", "items": [{"title": "Search", "type": "SEARCH"}]}]
    counts = []
    for more in (2, 8):
        for number in range(more):
            await done("menuCreate", MENU, title="Menu", handle=f"menu-{more}-{number}", items=link)
            told = {"blogId": blog, "title": "Frost", "author": {"name": "Ada"}}
            await done("articleCreate", ARTICLE, article=told)
        with counted() as statements:
            await look(
                """{ menus(first: 50) { nodes { items { title items { title resourceId } } } }
                articles(first: 50) { nodes { title blog { title } author { name } } } }"""
            )
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 6
