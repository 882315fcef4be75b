"""What generated operations on the shop's schemas are asked with: what there is, and what nobody should send."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, get_named_type
from tortoise import Tortoise

from models.catalog import Collection, Product
from resolvers.paging import seal
from tests.whole_shop import WholeShop

Known = Mapping[str, Sequence[Any]]
OFTEN = 4
KEPT_AS = {
    "AppliedGiftCard": "CartGiftCard",
    "CartSelectableAddress": "CartAddress",
    "DeliveryRate": "ShippingRate",
    "DeliveryZone": "ShippingZone",
    "DiscountNode": "Discount",
    "FulfillmentOrder": "Order",
    "InventoryItem": "ProductVariant",
    "InventoryLevel": "StockLevel",
    "LineItem": "OrderLine",
    "MailingAddress": "CustomerAddress",
    "MediaImage": "ProductImage",
    "DiscountRedeemCode": "DiscountCode",
}
"""The tables of what is called otherwise in ids."""
CALLED = {
    "address": "MailingAddress",
    "discount": "DiscountNode",
    "merchandise": "ProductVariant",
    "variants": "ProductVariant",
    "line": "CartLine",
    "option": "ProductOption",
    "optionValuesToDelete": "ProductOptionValue",
    "media": "MediaImage",
    "zone": "DeliveryZone",
    "productsToAdd": "Product",
    "productsToRemove": "Product",
    "collectionsToJoin": "Collection",
    "resource": "Product",
    "owner": "Product",
}
"""What arguments mean that do not say so."""
BAD_IDS = [
    "gid://shopwright/Product/99999999999999999999",
    "gid://evil/Cart/abc?key=x",
    "gid://shopwright/Order/-1",
    "",
]
BAD_TEXTS = ["", "x" * 3_000, "%_\\", 'it\'s "quoted"', "ж\u202e", "{}"]
SEARCHES = [
    "goods",
    "jumper OR cap",
    "tag:wool -vendor:x",
    "variants.price:>20",
    "available_for_sale:true",
    "title:(",
    "",
]
CURSORS = [seal(["row", 1]), seal(["id", 1, 1]), seal(["orders", 0]), "bm9wZQ", "!!"]
SCALARS: Known = {
    "DateTime": ["2026-04-01T12:00:00Z", "2026-05-01T00:00:00+02:00"],
    "Decimal": ["12.50", "0.0", "-1", "1e3"],
    "Money": ["12.50", "0"],
    "UnsignedInt64": ["0", "1", "7"],
    "URL": ["https://shop.example/", "no address"],
    "Color": ["#fffefd"],
    "Int": [0, 1, 2, 3, 5, -1, 2**31 - 1],
    "Float": [0.0, 1.5, -1e300],
}


async def known_of(schema: GraphQLSchema, shop: WholeShop) -> Known:
    """What to give to each argument and each value of an input."""
    assert Tortoise.apps is not None
    models = dict(Tortoise.apps["models"])
    models |= {name: models[kept] for name, kept in KEPT_AS.items()}
    keys = {
        name: [f"gid://shopwright/{name}/{row.pk}" for row in await model.all().order_by(model._meta.pk_attr).limit(3)]
        for name, model in models.items()
    }
    ids = {place: [*keys[kind] * OFTEN, *BAD_IDS[:1]] for place, kind in places_of_ids(schema, keys) if keys[kind]}
    everything = [found[0] for found in keys.values() if found]
    return {**SCALARS, "ID": [*everything, *BAD_IDS], "ids": [*everything, *BAD_IDS], **await _texts(shop), **ids}


async def _texts(shop: WholeShop) -> Known:
    products = [row.handle for row in await Product.all().order_by("-id").limit(6)]
    collections = [row.handle for row in await Collection.all().order_by("-id").limit(6)]
    handles = {"page": "page-0", "blog": "blog-0", "menu": "menu", "article": shop.article.handle}
    return {
        **{
            f"{owner}{by}.handle": [handle] * OFTEN + [""]
            for owner, handle in handles.items()
            for by in ("", "ByHandle")
        },
        **{f"product{by}.handle": products for by in ("", "ByHandle")},
        **{f"collection{by}.handle": collections for by in ("", "ByHandle")},
        "String": [*BAD_TEXTS, "goods", "Ada", "EUR", "DE"],
        "query": SEARCHES,
        "key": ["like", "likes", "wrapped", ""],
        "namespace": ["custom", "nothing"],
        "customerAccessToken": [shop.customer] * OFTEN + ["nobody's"],
        "token": [shop.link] * OFTEN + [""],
        "attemptId": [shop.attempt] * OFTEN + ["none"],
        "discountCodes": shop.codes[:2],
        "first": [*range(6), *range(1, 6), None, 251],
        "last": [None] * 2 * OFTEN + [2],
        "after": [None] * 4 * OFTEN + CURSORS,
        "before": [None] * 4 * OFTEN + CURSORS,
        "orders.after": [seal(["orders", 0]), seal(["orders", 3]), "!!"],
    }


def places_of_ids(schema: GraphQLSchema, kinds: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Where an id is asked for, as `field.argument` or `Input.value`, and of what it is one."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            for name, value in kind.fields.items():
                if get_named_type(value.type).name == "ID" and (meant := _meant(name, kind.name, "", kinds)):
                    yield f"{kind.name}.{name}", meant
        elif isinstance(kind, GraphQLObjectType):
            for owner, field in kind.fields.items():
                for name, argument in field.args.items():
                    answer = get_named_type(field.type).name
                    if get_named_type(argument.type).name == "ID" and (meant := _meant(name, owner, answer, kinds)):
                        yield f"{owner}.{name}", meant


def _meant(name: str, owner: str, answer: str, kinds: Mapping[str, object]) -> str | None:
    """`productId` is a product's, `id` is of what the field answers or begins its name with."""
    said = name.removesuffix("s").removesuffix("Id")
    title = owner[:1].upper() + owner[1:]
    for each in (CALLED.get(said, ""), said[:1].upper() + said[1:], answer):
        if each in kinds:
            return each
    return max((kind for kind in kinds if title.startswith(kind)), key=len, default=None)
