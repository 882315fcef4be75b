"""What the demo shop says: pages, policies, the blog, menus, and where old addresses lead."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from typing import Any

from demo import FOLDER
from demo.pictures import picture
from models.catalog import Collection, Product
from models.content import Article, Blog, Menu, MenuItem, Page, Policy, PolicyKind, UrlRedirect
from search.embedded import index_articles, index_pages

Sheet = dict[str, Any]
Targets = dict[str, tuple[str, int]]
"""What a menu may lead to, by name (`collection:wear`): the type of link and the thing's id."""

PLACES = {"/": "FRONTPAGE", "/search": "SEARCH", "/collections/all": "CATALOG", "/collections": "COLLECTIONS"}


async def write_content(redirects: dict[str, str], *, now: dt.datetime) -> None:
    """Write all of it; menus come last because they lead to the rest."""
    await _write_pages(now)
    await _write_policies(now)
    await _write_blog(now)
    targets = await _targets()
    for menu in _read("menus.toml")["menu"]:
        row = await Menu.create(handle=menu["handle"], title=menu["title"])
        await _write_items(row, None, menu["items"], targets)
    await UrlRedirect.bulk_create([UrlRedirect(path=path, target=target) for path, target in redirects.items()])
    await index_pages([page.id for page in await Page.all().only("id")])
    await index_articles([article.id for article in await Article.all().only("id")])


def _read(name: str) -> Sheet:
    return tomllib.loads((FOLDER / name).read_text())


async def _write_pages(now: dt.datetime) -> None:
    for page in _read("content/pages.toml")["page"]:
        body = page.pop("body").strip()
        await Page.create(**page, body=body, published_at=now, created_at=now, updated_at=now)


async def _write_policies(now: dt.datetime) -> None:
    for kind, policy in _read("content/policies.toml").items():
        await Policy.create(kind=PolicyKind(kind), title=policy["title"], body=policy["body"].strip(), updated_at=now)


async def _write_blog(now: dt.datetime) -> None:
    told = _read("content/blog.toml")
    blog = await Blog.create(**told["blog"], created_at=now, updated_at=now)
    for article in told["article"]:
        image = picture(f"article-{article['handle']}.webp", article["title"])
        await Article.create(
            blog=blog,
            handle=article["handle"],
            title=article["title"],
            author_name=article["author"],
            content_html=article["body"].strip(),
            excerpt_html=article["excerpt"],
            tags=article["tags"],
            image_url=image.url,
            image_alt_text=image.alt_text,
            image_width=image.width,
            image_height=image.height,
            published_at=now - dt.timedelta(days=article["days_old"]),
            created_at=now,
            updated_at=now,
        )


async def _targets() -> Targets:
    return {
        **{f"product:{row.handle}": ("PRODUCT", row.id) for row in await Product.all().only("id", "handle")},
        **{f"collection:{row.handle}": ("COLLECTION", row.id) for row in await Collection.all().only("id", "handle")},
        **{f"page:{row.handle}": ("PAGE", row.id) for row in await Page.all().only("id", "handle")},
        **{f"blog:{row.handle}": ("BLOG", row.id) for row in await Blog.all().only("id", "handle")},
        **{f"policy:{row.kind.value}": ("SHOP_POLICY", row.id) for row in await Policy.all().only("id", "kind")},
    }


async def _write_items(menu: Menu, parent: MenuItem | None, items: Sequence[Sheet], targets: Targets) -> None:
    for position, item in enumerate(items, 1):
        to: str = item["to"]
        kind, resource_id = targets[to] if ":" in to and "//" not in to else (PLACES.get(to, "HTTP"), None)
        row = await MenuItem.create(
            menu=menu,
            parent=parent,
            position=position,
            title=item["title"],
            type=kind,
            url=to if kind == "HTTP" else None,
            resource_id=resource_id,
            tags=[],
        )
        await _write_items(menu, row, item.get("items", ()), targets)
