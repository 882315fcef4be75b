"""A shop with some of everything, that can grow: what tests ask every field of."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLSchema

from commerce.gift_cards import issue
from models.catalog import Collection, ProductImage, ProductVariant
from models.content import Article, Blog, Menu, MenuItem, Metafield, Page, Policy, PolicyKind, UrlRedirect
from models.customers import Customer
from models.discounts import DiscountKind, DiscountTarget
from models.fulfillment import Fulfillment, FulfillmentLine, FulfillmentState, Return, ReturnLine
from models.orders import Order, OrderLine
from models.staff import AccessToken, StaffUser
from search.embedded import index_articles, index_pages
from tests.buying import Basket, line
from tests.catalogue import BEFORE, collection, goods
from tests.every_field import Ways
from tests.goods import a_promised_order, a_zone
from tests.shop import NOON, SIGNER, a_shop, an_order
from tests.test_cart_discounts import a_discount
from tests.test_customers import HOME, ask, signed_in

HANDLES = {"product": "goods", "collection": "shelf", "page": "page", "blog": "blog"}
Values = dict[str, Any]
CHOSEN = 'selectedOptions: [{name: "Size", value: "M"}, {name: "Colour", value: "Red"}]'
CODES = "$codes: [String!]!", "discountCodes: $codes"
BESIDE = {f"combines_with_{others}": True for others in ("order", "products", "shipping")}
KEEP = """mutation($token: String!, $address: MailingAddressInput!) {
    customerAddressCreate(customerAccessToken: $token, address: $address) { customerAddress { id } } }"""
TIMES: Values = {"created_at": BEFORE, "updated_at": BEFORE}


@dataclass
class WholeShop:
    """So many of each thing, and what a client must know to ask for them."""

    size: int = 0
    basket: Basket = field(default_factory=Basket)
    attempt: str = ""
    customer: str = ""
    order: Order | None = None
    guest: Any = None
    link: str = ""
    article: Any = None
    product_ids: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    async def open(self) -> None:
        """What there is one of."""
        await a_shop(test_payments=True)
        await a_zone("DE", standard=500, express=900)
        self.customer = await signed_in()
        buyer = {"email": "ada@example.com", "customerAccessToken": self.customer}
        bought = Basket()
        await bought.create(lines=[line(await self._variant("first"))], buyerIdentity=buyer)
        await bought.send_to()
        await a_discount("LINE", target=DiscountTarget.LINES, **BESIDE)
        await a_discount("POST", kind=DiscountKind.FREE_SHIPPING, **BESIDE)
        await bought.do("cartDiscountCodesUpdate", *CODES, codes=["LINE", "POST"])
        await bought.pay()
        self.attempt = (await bought.submit())["attemptId"]
        await ask(KEEP, token=self.customer, address=HOME)
        self.guest = await an_order(number=1)
        self.link = SIGNER.order_link(self.guest.token, now=NOON)
        self.order = await a_promised_order(await self._variant("ordered"), number=2, customer=await Customer.get())
        await self.basket.create(lines=[], buyerIdentity=buyer)
        await Menu.create(handle="menu", title="Menu")
        for kind in PolicyKind:
            await Policy.get_or_create(kind=kind, defaults={"title": kind.value, "body": "Fair.", "updated_at": BEFORE})

    async def grow(self, more: int) -> None:
        """So many more of everything else, pointing at each other."""
        numbers = range(self.size, self.size + more)
        self.size += more
        for number in numbers:
            self.product_ids.append(await goods(f"goods-{number}"))
        await ProductImage.filter(product_id__in=self.product_ids).update(url="demo/picture.webp")
        for number in numbers:
            await self._shelve(number)
            await self._write(number)
            await self._sell(number)
            await self._hire(number)
        await self._point()
        await self._fill_the_cart(numbers)

    async def _shelve(self, number: int) -> None:
        await collection(f"shelf-{number}", tuple(f"goods-{each}" for each in range(self.size)))
        await UrlRedirect.create(path=f"/old-{number}", target="/")

    async def _write(self, number: int) -> None:
        page = await Page.create(handle=f"page-{number}", title="Words", body="Words", published_at=BEFORE, **TIMES)
        blog = await Blog.create(handle=f"blog-{number}", title="News", **TIMES)
        words: Values = {
            "title": "Goods",
            "content_html": "<p>Goods</p>",
            "tags": ["wool"],
            "author_name": f"Ada {number}",
        }
        for each in (*await Blog.all(), blog)[: 1 + number]:
            article = await Article.create(
                blog=each, handle=f"article-{number}-{each.id}", published_at=BEFORE, **words, **TIMES
            )
            await index_articles([article.id])
            self.article = self.article or article
        await index_pages([page.id])
        menu = await Menu.get(handle="menu")
        links: Values = {
            "menu": menu,
            "title": "There",
            "type": "PRODUCT",
            "resource_id": self.product_ids[number],
            "tags": [],
        }
        item = await MenuItem.create(position=number, **links)
        await MenuItem.create(position=1, parent=item, **links)

    async def _sell(self, number: int) -> None:
        variant = await self._variant(f"sold-{number}")
        await a_promised_order(variant, number=100 + number, customer=await Customer.get())
        for order in (self.order, self.guest):
            bought: Values = {
                "title": "Jumper",
                "variant_title": "M",
                "unit_price": 100,
                "quantity": 1,
                "total": 100,
            }
            added = await OrderLine.create(order=order, position=10 + number, variant=variant, fulfilled=1, **bought)
            parcel = await Fulfillment.create(order=order, state=FulfillmentState.IN_TRANSIT, tracking=[], **TIMES)
            await FulfillmentLine.create(fulfillment=parcel, order_line=added, quantity=1)
            back = await Return.create(order=order, **TIMES)
            await ReturnLine.create(request=back, order_line=added, quantity=1)

    async def _hire(self, number: int) -> None:
        person: Values = {
            "email": f"clerk-{number}@example.com",
            "name": "Clerk",
            "password_hash": "",
            "scopes": [],
        }
        clerk = await StaffUser.create(**person, **TIMES)
        token: Values = {
            "token_hash": f"{number:064x}",
            "hint": "hint",
            "scopes": [],
            "expires_at": NOON + dt.timedelta(days=1),
        }
        await AccessToken.create(user=clerk, name="Till", created_at=NOON, **token)

    async def _point(self) -> None:
        """Metafields on everything that has some: one thing, and all of them."""
        await Metafield.all().delete()
        owners: dict[str, list[Any]] = {
            "Product": self.product_ids,
            "ProductVariant": [row.id for row in await ProductVariant.all().only("id")],
            "Collection": [row.id for row in await Collection.all().only("id")],
            "Page": [row.id for row in await Page.all().only("id")],
            "Blog": [row.id for row in await Blog.all().only("id")],
            "Article": [row.id for row in await Article.all().only("id")],
            "Shop": [1],
            "Cart": [self.basket.id.rpartition("/")[2]],
        }
        them = [f"gid://shopwright/Product/{key}" for key in self.product_ids]
        every = "[" + ", ".join(f'"{gid}"' for gid in them) + "]"
        kept = [("like", "product_reference", them[-1]), ("likes", "list.product_reference", every)]
        await Metafield.bulk_create(
            [
                Metafield(owner_type=kind, owner_id=str(key), namespace="custom", key=name, type=of, value=at, **TIMES)
                for kind, keys in owners.items()
                for key in keys
                for name, of, at in kept
            ]
        )

    async def _fill_the_cart(self, numbers: range) -> None:
        variants = await ProductVariant.filter(product__handle__in=[f"goods-{number}" for number in numbers])
        await self.basket.add(*(line(variant) for variant in variants))
        first = (await self.basket.read())["lines"]["nodes"][0]["id"]
        await self.basket.add(*(line(variant, parent={"lineId": first}) for variant in variants[:1]))
        for number in numbers:
            await a_discount(f"CODE-{number}", **BESIDE)
            await a_discount(f"LINE-{number}", target=DiscountTarget.LINES, **BESIDE)
            self.codes += [f"CODE-{number}", f"LINE-{number}"]
            card = await issue(500, "EUR", now=NOON)
            await self.basket.do("cartGiftCardCodesAdd", "$codes: [String!]!", "giftCardCodes: $codes", codes=[card])
            await self.basket.send_to(address1=f"Unter den Linden {number}")
        await self.basket.do("cartDiscountCodesUpdate", *CODES, codes=self.codes)

    async def _variant(self, handle: str) -> ProductVariant:
        product = await goods(handle, tags=(), sizes=("M",), colours=("Green",))
        return await ProductVariant.get(product_id=product)

    def ways(self, schema: GraphQLSchema) -> Ways:
        """How every type of the storefront is reached in this shop."""
        return Ways(schema, self._entrances(), self._arguments())

    def _entrances(self) -> dict[str, str]:
        both = 'identifiers: [{key: "like"}, {key: "likes"}]'
        completed = "... on CartCompletionSuccess { %s }"
        return {
            "Product": "products(first: 50) { nodes { %s } }",
            "Cart": f'cart(id: "{self.basket.id}") {{ %s }}',
            "Customer": f'customer(customerAccessToken: "{self.customer}") {{ %s }}',
            "Menu": 'menu(handle: "menu") { %s }',
            "Shop": "shop { %s }",
            "CartCompletionSuccess": f'cartCompletionAttempt(attemptId: "{self.attempt}") {{ {completed} }}',
            "SearchResultItemConnection": 'search(query: "goods", first: 50) { %s }',
            "Metafield": f"products(first: 50) {{ nodes {{ metafields({both}) {{ %s }} }} }}",
        }

    def _arguments(self) -> dict[str, str]:
        every = ", ".join(f'"gid://shopwright/Product/{key}"' for key in self.product_ids)
        first = f'"gid://shopwright/Product/{self.product_ids[0]}"'
        named = {name: f'handle: "{handle}-0"' for name, handle in HANDLES.items()}
        return {
            **{f"QueryRoot.{name}{by}": said for name, said in named.items() for by in ("", "ByHandle")},
            "Blog.articleByHandle": f'handle: "{self.article.handle}"',
            "Product.variantBySelectedOptions": CHOSEN,
            "QueryRoot.article": f'id: "gid://shopwright/Article/{self.article.id}"',
            "QueryRoot.cart": f'id: "{self.basket.id}"',
            "QueryRoot.cartCompletionAttempt": f'attemptId: "{self.attempt}"',
            "QueryRoot.customer": f'customerAccessToken: "{self.customer}"',
            "QueryRoot.menu": 'handle: "menu"',
            "QueryRoot.node": f"id: {first}",
            "QueryRoot.nodes": f"ids: [{every}]",
            "QueryRoot.order": f'id: "gid://shopwright/Order/{self.guest.id}", token: "{self.link}"',
            "QueryRoot.predictiveSearch": 'query: "goods"',
            "QueryRoot.productRecommendations": f"productId: {first}",
            "QueryRoot.search": 'query: "goods"',
            "QueryRoot.sitemap": "type: PRODUCT",
            "Sitemap.resources": "page: 1",
            "attribute": 'key: "wrapped"',
            "metafield": 'key: "like"',
            "metafields": 'identifiers: [{key: "like"}, {key: "likes"}]',
        }
