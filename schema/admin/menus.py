"""Menus as staff lay them out."""

import strawberry

from loaders.rows import content as rows
from resolvers import menus as shown
from resolvers import staff_content as content
from schema.admin.inputs import given, optional, required
from schema.admin.payloads import deletion, payload
from schema.binding import Argument, changed_by, described, describes, resolved_by
from schema.connections import connection
from schema.enums import enumeration, told
from schema.ids import Node, gid, id_argument, id_of, number_key, typed_key

NEEDS, CHANGING = "read_content", "write_content"
MENU, ITEM = number_key("Menu"), number_key("MenuItem")
RESOURCES = ("Product", "Collection", "Page", "Blog", "Article", "ShopPolicy")

MenuItemType = enumeration(
    "MenuItemType",
    "What a link leads to.",
    {
        "ARTICLE": "An article.",
        "BLOG": "A blog.",
        "CATALOG": "Everything the shop sells.",
        "COLLECTION": "A collection.",
        "COLLECTIONS": "The list of collections.",
        "CUSTOMER_ACCOUNT_PAGE": "The customer's own page.",
        "FRONTPAGE": "The first page.",
        "HTTP": "The address under `url`.",
        "PAGE": "A page of text.",
        "PRODUCT": "A product.",
        "SEARCH": "The search.",
        "SHOP_POLICY": "A legal text.",
    },
)
told(
    content.MenuSort,
    "MenuSortKeys",
    "What menus can be sorted by.",
    {"ID": "Their ids.", "TITLE": "Their titles.", "HANDLE": "Their handles."},
)


def _resource(text: str) -> tuple[str, int]:
    return typed_key(text)[0], number_key(*RESOURCES)(text)


def _resource_id(context: object, item: rows.MenuItem) -> str | None:
    kind = shown.resource_type(item)
    return gid(kind, item.resource_id) if kind else None


@strawberry.type(description="A link of a menu.")
@describes(rows.MenuItem, needs=NEEDS)
class MenuItem(Node):
    """A link of a menu."""

    id: strawberry.ID = id_of("MenuItem")
    title: str = described("What it says.")
    type: MenuItemType = described("What it leads to.")
    url: str | None = described("The address, where it leads to one.")
    resource_id: strawberry.ID | None = resolved_by(_resource_id, "The thing, where it leads to one.")
    tags: list[str] = described("Only what has these tags, in a collection.")
    items: list["MenuItem"] = resolved_by(shown.items_of_item, "The links below it.")


@strawberry.type(description="A named tree of links.")
@describes(rows.Menu, needs=NEEDS)
class Menu(Node):
    """A named tree of links."""

    id: strawberry.ID = id_of("Menu")
    handle: str = described("The name storefronts ask for it by.")
    title: str = described("Its title.")
    items: list[MenuItem] = resolved_by(content.items_of_menu, "Its links of the first level.")


MenuConnection = connection(Menu, "a menu")


@strawberry.type
class MenuQuery:
    """Questions about menus."""

    menus: MenuConnection = resolved_by(
        content.list_of_menus,
        "The shop's menus.",
        needs=NEEDS,
        query="What to search for, like `handle:footer`; a word alone is part of a title.",
        sort_key="What to sort by.",
    )
    menu: Menu | None = resolved_by(content.menu, "One menu.", needs=NEEDS, id=id_argument(MENU, "The menu's id."))


@strawberry.input(description="A link of a new menu.")
class MenuItemCreateInput:
    """A link of a new menu."""

    title: str = required("What it says.")
    type: MenuItemType = required("What it leads to.", decode=str)
    url: str | None = optional("The address, where it leads to one.")
    resource_id: strawberry.ID | None = optional("The thing, where it leads to one.", decode=_resource)
    tags: list[str] | None = optional("Only what has these tags, in a collection.")
    items: list["MenuItemCreateInput"] | None = optional("The links below it; three levels at most.")


@strawberry.input(description="A link of a menu that is laid out anew.")
class MenuItemUpdateInput:
    """A link of a menu laid out anew."""

    title: str = required("What it says.")
    type: MenuItemType = required("What it leads to.", decode=str)
    id: strawberry.ID | None = optional("The link it was; a new one without it.", decode=ITEM)
    url: str | None = optional("The address, where it leads to one.")
    resource_id: strawberry.ID | None = optional("The thing, where it leads to one.", decode=_resource)
    tags: list[str] | None = optional("Only what has these tags, in a collection.")
    items: list["MenuItemUpdateInput"] | None = optional("The links below it; three levels at most.")


MenuCreatePayload = payload("MenuCreate", "menu", Menu, "The menu.")
MenuUpdatePayload = payload("MenuUpdate", "menu", Menu, "The menu.")
MenuDeletePayload = deletion("MenuDelete", "deleted_menu_id", "Menu", "The id that is free again.")


@strawberry.type
class MenuMutation:
    """What staff do with menus."""

    menu_create: MenuCreatePayload | None = changed_by(
        content.create_menu,
        "Lay out a new menu.",
        needs=CHANGING,
        title="Its title.",
        handle="The name storefronts ask for it by; each is taken once.",
        items=Argument(list[MenuItemCreateInput], "Its links.", given),
    )
    menu_update: MenuUpdatePayload | None = changed_by(
        content.update_menu,
        "Lay a menu out anew: links left out are gone.",
        needs=CHANGING,
        id=id_argument(MENU, "The menu's id."),
        title="Its title.",
        handle="The name storefronts ask for it by; it stays without it.",
        items=Argument(list[MenuItemUpdateInput], "All its links.", given),
    )
    menu_delete: MenuDeletePayload | None = changed_by(
        content.delete_menu, "Take a menu away.", needs=CHANGING, id=id_argument(MENU, "The menu's id.")
    )
