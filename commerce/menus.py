"""Menus as staff lay them out: trees of links, each to something that is there."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from commerce.fitting import NoSuchThing, Unfit, fitted, kept
from commerce.handles import handle_for
from database.transactions import unit_of_work
from models.catalog import Collection, Product
from models.content import Article, Blog, Menu, MenuItem, Page, Policy
from outbox.record import record

RESOURCES: dict[str, Any] = {
    "PRODUCT": Product,
    "COLLECTION": Collection,
    "PAGE": Page,
    "BLOG": Blog,
    "ARTICLE": Article,
    "SHOP_POLICY": Policy,
}
NAMES = {
    "PRODUCT": "Product",
    "COLLECTION": "Collection",
    "PAGE": "Page",
    "BLOG": "Blog",
    "ARTICLE": "Article",
    "SHOP_POLICY": "ShopPolicy",
}
DEEPEST, MOST_ITEMS, MOST_TAGS = 3, 500, 50
Items = Sequence[Mapping[str, Any]]


@unit_of_work
async def create_menu(title: str, handle: str, items: Items, *, now: dt.datetime) -> int:
    """A menu more; answers its id. A link names its thing by type and key."""
    columns = fitted(Menu, {"title": title}, at=(), needed=("title",))
    name = await handle_for(Menu, handle, columns["title"], at=("handle",))
    menu = await Menu.create(handle=name, **columns)
    await _lay_out(menu.id, items)
    await record("menu.created", aggregate="menu", key=menu.id, now=now)
    return menu.id


@unit_of_work
async def update_menu(id: int, title: str, items: Items, *, now: dt.datetime, handle: str | None = None) -> None:
    """Lay a menu out anew. Links whose ids are given keep them, those left out are gone."""
    menu = await kept(Menu, id, at=("id",), called="menu")
    columns = fitted(Menu, {"title": title}, at=(), needed=("title",))
    name = await handle_for(Menu, handle or menu.handle, title, at=("handle",), but=id)
    await Menu.filter(id=id).update(handle=name, **columns)
    await _lay_out(id, items)
    await record("menu.updated", aggregate="menu", key=id, now=now)


@unit_of_work
async def delete_menu(id: int, *, now: dt.datetime) -> None:
    """A menu less."""
    await (await kept(Menu, id, at=("id",), called="menu")).delete()
    await record("menu.deleted", aggregate="menu", key=id, now=now)


async def _lay_out(menu_id: int, items: Items) -> None:
    flat = list(_flat(items, ("items",), 1))
    if len(flat) > MOST_ITEMS:
        raise Unfit(f"A menu has at most {MOST_ITEMS} links.", field=("items",), code="TOO_MANY")
    await _refuse_unknown(flat)
    had = {item.id for item in await MenuItem.filter(menu_id=menu_id)}
    used: set[int] = set()
    await _write(menu_id, None, items, ("items",), had, used)
    await MenuItem.filter(id__in=had - used).delete()


async def _write(
    menu_id: int, parent_id: int | None, items: Items, at: tuple[str, ...], had: set[int], used: set[int]
) -> None:
    for position, item in enumerate(items, 1):
        where = (*at, str(position - 1))
        columns = {**_link(item, where), "parent_id": parent_id, "position": position}
        key = item.get("id")
        if key is None:
            key = (await MenuItem.create(menu_id=menu_id, **columns)).id
        elif key in had and key not in used:
            await MenuItem.filter(id=key).update(**columns)
        else:
            raise NoSuchThing("The menu has no such link.", field=(*where, "id"))
        used.add(key)
        await _write(menu_id, key, item.get("items") or (), (*where, "items"), had, used)


def _flat(items: Items, at: tuple[str, ...], depth: int) -> Any:
    for index, item in enumerate(items):
        where = (*at, str(index))
        if depth > DEEPEST:
            raise Unfit(f"A menu has at most {DEEPEST} levels.", field=where, code="TOO_DEEP")
        yield item, where
        yield from _flat(item.get("items") or (), (*where, "items"), depth + 1)


async def _refuse_unknown(flat: Sequence[tuple[Mapping[str, Any], tuple[str, ...]]]) -> None:
    for kind, table in RESOURCES.items():
        links = [
            (item["resource_id"][1], where) for item, where in flat if item["type"] == kind and _named(item, where)
        ]
        wanted = dict(links)
        known = {key for (key,) in await table.filter(id__in=list(wanted)).values_list("id")} if wanted else set()
        for key, where in wanted.items():
            if key not in known:
                raise NoSuchThing("There is no such thing to lead to.", field=(*where, "resourceId"))


def _named(item: Mapping[str, Any], at: tuple[str, ...]) -> bool:
    """Whether a link names a thing of its kind; refuses one of another kind."""
    resource = item.get("resource_id")
    if resource is not None and resource[0] != NAMES[item["type"]]:
        raise Unfit(f"This is the id of a {resource[0]}.", field=(*at, "resourceId"), code="INVALID")
    return resource is not None


def _link(item: Mapping[str, Any], at: tuple[str, ...]) -> dict[str, Any]:
    plain = {"title": item["title"], "url": (item.get("url") or "").strip() or None}
    columns = fitted(MenuItem, plain, at=at, needed=("title",))
    kind, key = item["type"], (item.get("resource_id") or (None, None))[1]
    if kind in RESOURCES and key is None:
        raise Unfit("Say what it leads to.", field=(*at, "resourceId"), code="BLANK")
    if kind == "HTTP" and columns["url"] is None:
        raise Unfit("Say where it leads.", field=(*at, "url"), code="BLANK")
    if columns["url"] and not columns["url"].startswith(("/", "#", "http://", "https://", "mailto:", "tel:")):
        raise Unfit("It leads to a path, or to an address of the web.", field=(*at, "url"), code="INVALID")
    tags = list(dict.fromkeys(item.get("tags") or ()))
    if len(tags) > MOST_TAGS:
        raise Unfit(f"A link has at most {MOST_TAGS} tags.", field=(*at, "tags"), code="TOO_MANY")
    return {**columns, "type": kind, "resource_id": key if kind in RESOURCES else None, "tags": tags}
