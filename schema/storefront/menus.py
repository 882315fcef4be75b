"""Menus: trees of links."""

from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from loaders.rows import content as rows
from resolvers import menus
from schema.binding import described, describes, resolved_by
from schema.enums import enumeration
from schema.ids import Node, gid, id_of
from schema.scalars import URL
from schema.storefront.blogs import Article, Blog
from schema.storefront.collections import Collection
from schema.storefront.pages import Page
from schema.storefront.products import Product
from schema.storefront.shop import ShopPolicy

if TYPE_CHECKING:
    MenuItemType = str
else:
    MenuItemType = enumeration(
        "MenuItemType",
        "What a link leads to.",
        {
            "FRONTPAGE": "The first page.",
            "COLLECTION": "A collection.",
            "COLLECTIONS": "The list of collections.",
            "PRODUCT": "A product.",
            "CATALOG": "All products.",
            "PAGE": "A page of text.",
            "BLOG": "A blog.",
            "ARTICLE": "An article.",
            "SEARCH": "The search page.",
            "SHOP_POLICY": "A legal text.",
            "METAOBJECT": "Something of the shop's own making.",
            "HTTP": "Any address.",
            "CUSTOMER_ACCOUNT_PAGE": "The shopper's account.",
        },
    )

MenuItemResource = Annotated[
    Article | Blog | Collection | Page | Product | ShopPolicy,
    strawberry.union("MenuItemResource", description="A thing of the shop that a link can lead to."),
]


def _resource_id(context: Any, item: rows.MenuItem) -> strawberry.ID | None:
    kind = menus.resource_type(item)
    return strawberry.ID(gid(kind, item.resource_id)) if kind else None


@strawberry.type(description="One link of a menu.")
@describes(rows.MenuItem)
class MenuItem(Node):
    """One link of a menu."""

    id: strawberry.ID = id_of("MenuItem")
    title: str = described("What the link says.")
    type: MenuItemType = described("What it leads to.")
    url: URL | None = resolved_by(menus.url, "Where it leads.")
    resource_id: strawberry.ID | None = resolved_by(_resource_id, "The global id of the thing it leads to.")
    resource: MenuItemResource | None = resolved_by(menus.resource, "The thing it leads to.")
    tags: list[str] = described("Only products with these tags, when it leads to a collection.")
    items: list["MenuItem"] = resolved_by(menus.items_of_item, "The links below it.")


@strawberry.type(description="A named tree of links.")
@describes(rows.Menu)
class Menu(Node):
    """A named tree of links."""

    id: strawberry.ID = id_of("Menu")
    handle: str = described("The name it is asked for by.")
    title: str = described("What the shop calls it.")
    items: list[MenuItem] = resolved_by(menus.items_of_menu, "Its links of the first level.")
    items_count: int = resolved_by(menus.items_count, "How many links it has on all levels.")


@strawberry.type
class MenuQuery:
    """Questions about menus."""

    menu: Menu | None = resolved_by(menus.menu, "One menu.", handle="The menu's handle, like main-menu.", lasting=True)
