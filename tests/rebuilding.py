"""The demo shop, built by staff: its files, told to the staff API, mutation by mutation."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from commerce.product_drafts import OptionDraft, ProductDraft, UnitMeasure, VariantDraft
from demo import MEDIA
from demo.content import PLACES
from demo.goods import goods
from demo.load import read
from demo.pictures import picture
from media.bringing import Bringer
from media.storage import LocalFolder
from models.money import Money
from models.scopes import EVERYTHING
from resolvers.context import Viewer
from tests.shop import NOON, Counter
from tests.staffing import SCHEMA, done, look

PUBLIC = "https://shop.example"
CLERK = Counter(SCHEMA, Viewer(staff="clerk", scopes=EVERYTHING), pictures=Bringer({"demo": LocalFolder(MEDIA)}))
MADE = "product { id media(first: 20) { nodes { id image { url } } } }"
POLICIES = {
    "privacy-policy": "PRIVACY_POLICY",
    "refund-policy": "REFUND_POLICY",
    "shipping-policy": "SHIPPING_POLICY",
    "terms-of-service": "TERMS_OF_SERVICE",
}
EVERYWHERE = "{ locations(first: 2) { nodes { id } } deliveryZones(first: 2) { nodes { id } } }"
KEPT = "{ shop { shopPolicies { id type } } }"

Sheet = Mapping[str, Any]


@dataclass
class Rebuilding:
    """A shop as migrations and the first start leave it, becoming the demo shop."""

    ids: dict[str, str] = field(default_factory=dict)
    """What was made, by name: `product:trawler-beanie`."""

    async def all(self) -> None:
        """All of it."""
        data = read("shop.toml")
        await self.shop(data)
        await self.offers(data)
        for draft in goods(colors=data["colors"], currency="EUR"):
            await self.product(draft)
        for sheet in read("collections.toml")["collection"]:
            await self.collection(sheet)
        await self.pages()
        await self.blog()
        for menu in read("menus.toml")["menu"]:
            items = [self.item(item) for item in menu["items"]]
            await _done("menuCreate", "menu { id }", title=menu["title"], handle=menu["handle"], items=items)
        for path, target in data["redirects"].items():
            await _done("urlRedirectCreate", "urlRedirect { id }", urlRedirect={"path": path, "target": target})

    async def shop(self, data: Sheet) -> None:
        """The shop's own settings and its one location, which the first start has opened already."""
        told = _camel(data["shop"])
        logo = picture(told.pop("logo"), "")
        await _done("shopUpdate", "shop { id }", input={**told, "logoUrl": logo.url})
        found = await look(EVERYWHERE)
        (place,), (zone,) = found["locations"]["nodes"], found["deliveryZones"]["nodes"]
        location = {"name": data["location"]["name"], "address": _camel(data["location"]["address"])}
        await _done("locationEdit", "location { id }", id=place["id"], input=location)
        await _done("deliveryZoneDelete", "deletedDeliveryZoneId", id=zone["id"])
        self.ids["location"] = place["id"]

    async def offers(self, data: Sheet) -> None:
        """Shipping, taxes, discounts and the gift card."""
        for zone in data["zone"]:
            rates = [_rate(rate) for rate in zone["rates"]]
            told = {"name": zone["name"], "countries": zone["countries"], "rates": rates}
            await _done("deliveryZoneCreate", "deliveryZone { id }", input=told)
        for country, (title, rate) in data["taxes"].items():
            told = {"country": country, "title": title, "rate": rate / 1_000_000}
            await _done("taxRateCreate", "taxRate { id }", input=told)
        for discount in data["discount"]:
            await _discount(discount)
        card = {"initialValue": data["gift_card"]["amount"], "code": data["gift_card"]["code"]}
        await _done("giftCardCreate", "giftCard { id }", input=card)

    async def product(self, draft: ProductDraft) -> None:
        """A product with its pictures, its variants and their stock, published."""
        made = (await _done("productCreate", MADE, product=_product(draft), media=_media(draft)))["product"]
        key, media = made["id"], made["media"]["nodes"]
        pictures = {image.url: node["id"] for image, node in zip(draft.images, media, strict=True)}
        variants = [self.variant(each, draft, pictures) for each in draft.variants]
        await _done(
            "productVariantsBulkCreate",
            "productVariants { id }",
            productId=key,
            variants=variants,
            strategy="REMOVE_STANDALONE_VARIANT",
        )
        await _done("publishablePublishToCurrentChannel", "__typename", id=key)
        self.ids[f"product:{draft.handle}"] = key

    def variant(self, draft: VariantDraft, product: ProductDraft, pictures: Mapping[str, str]) -> Sheet:
        """A variant as staff tell it."""
        names = [option.name for option in product.options]
        stock = [{"locationId": self.ids["location"], "availableQuantity": draft.quantity}]
        return {
            "optionValues": [
                {"optionName": name, "name": value} for name, value in zip(names, draft.options, strict=True)
            ],
            "price": _amount(draft.price),
            "compareAtPrice": _amount(draft.compare_at_price),
            "sku": draft.sku,
            "barcode": draft.barcode,
            "taxable": draft.taxable,
            "taxCode": draft.tax_code,
            "inventoryPolicy": draft.inventory_policy.value,
            "inventoryItem": {
                "cost": _amount(draft.cost),
                "tracked": draft.tracked,
                "requiresShipping": draft.requires_shipping,
                "measurement": {"weight": {"value": float(draft.weight_grams), "unit": "GRAMS"}},
            },
            "mediaId": pictures[draft.image] if draft.image else None,
            **({"inventoryQuantities": stock} if draft.tracked else {}),
            **({"unitPriceMeasurement": _measure(draft.unit)} if draft.unit else {}),
        }

    async def collection(self, sheet: Sheet) -> None:
        """A collection, chosen or by rules, published."""
        told: dict[str, Any] = {
            "handle": sheet["handle"],
            "title": sheet["title"],
            "descriptionHtml": sheet["body"],
            "sortOrder": sheet.get("order", "MANUAL"),
            "seo": {"title": f"{sheet['title']} · Larkmoor"},
        }
        if "rules" in sheet:
            parts = ("column", "relation", "condition")
            rules = [dict(zip(parts, rule, strict=True)) for rule in sheet["rules"]]
            told["ruleSet"] = {"appliedDisjunctively": sheet.get("match_any", False), "rules": rules}
        else:
            told["products"] = [self.ids[f"product:{handle}"] for handle in sheet["products"]]
        if "scene" in sheet:
            image = picture(f"collection-{sheet['handle']}.webp", sheet["title"])
            told["image"] = {"src": f"{PUBLIC}{image.url}", "altText": image.alt_text}
        made = (await _done("collectionCreate", "collection { id }", input=told))["collection"]
        await _done("publishablePublishToCurrentChannel", "__typename", id=made["id"])
        self.ids[f"collection:{sheet['handle']}"] = made["id"]

    async def pages(self) -> None:
        """Pages and policies."""
        for sheet in read("content/pages.toml")["page"]:
            page = {**_camel(sheet), "body": sheet["body"].strip()}
            self.ids[f"page:{sheet['handle']}"] = (await _done("pageCreate", "page { id }", page=page))["page"]["id"]
        for kind, sheet in read("content/policies.toml").items():
            policy = {"type": POLICIES[kind], "title": sheet["title"], "body": sheet["body"].strip()}
            kept = await _done("shopPolicyUpdate", "shopPolicy { id }", shopPolicy=policy)
            self.ids[f"policy:{kind}"] = kept["shopPolicy"]["id"]

    async def blog(self) -> None:
        """The blog with its articles."""
        told = read("content/blog.toml")
        blog = (await _done("blogCreate", "blog { id }", blog=_camel(told["blog"])))["blog"]["id"]
        self.ids[f"blog:{told['blog']['handle']}"] = blog
        for sheet in told["article"]:
            await _done("articleCreate", "article { id }", article={**_article(sheet), "blogId": blog})

    def item(self, sheet: Sheet) -> Sheet:
        """A menu's item with those below it."""
        to: str = sheet["to"]
        below = [self.item(each) for each in sheet.get("items", ())]
        told: dict[str, Any] = {"title": sheet["title"], "items": below}
        if to in PLACES:
            return {**told, "type": PLACES[to]}
        kind = to.partition(":")[0]
        return {**told, "type": "SHOP_POLICY" if kind == "policy" else kind.upper(), "resourceId": self.ids[to]}


async def _done(mutation: str, selection: str, **arguments: Any) -> Any:
    return await done(mutation, selection, by=CLERK, **arguments)


def _camel(sheet: Sheet) -> dict[str, Any]:
    """A sheet's names as the API writes them."""

    def written(name: str) -> str:
        first, *rest = name.split("_")
        return first + "".join(word.capitalize() for word in rest)

    return {written(name): value for name, value in sheet.items()}


def _product(draft: ProductDraft) -> Sheet:
    return {
        "handle": draft.handle,
        "title": draft.title,
        "descriptionHtml": draft.description_html,
        "vendor": draft.vendor,
        "productType": draft.product_type,
        "tags": list(draft.tags),
        "status": draft.status.value,
        "giftCard": draft.is_gift_card,
        "seo": {"title": draft.seo_title, "description": draft.seo_description},
        "productOptions": [_option(option) for option in draft.options],
    }


def _option(draft: OptionDraft) -> Sheet:
    values = [
        {"name": value.name, **({"swatch": {"color": value.swatch_color}} if value.swatch_color else {})}
        for value in draft.values
    ]
    return {"name": draft.name, "values": values}


def _media(draft: ProductDraft) -> Sequence[Sheet]:
    return [{"originalSource": f"{PUBLIC}{image.url}", "alt": image.alt_text} for image in draft.images]


def _measure(unit: UnitMeasure) -> Sheet:
    return {
        "quantityValue": unit.quantity,
        "quantityUnit": unit.quantity_unit.upper(),
        "referenceValue": unit.reference,
        "referenceUnit": unit.reference_unit.upper(),
    }


def _rate(rate: Sheet) -> Sheet:
    names = {"min_weight": "min_weight_grams", "max_weight": "max_weight_grams"}
    return _camel({names.get(name, name): value for name, value in rate.items()})


async def _discount(told: Sheet) -> None:
    sending = told["kind"] == "FREE_SHIPPING"
    terms: dict[str, Any] = {
        "title": told["title"],
        "code": told["code"],
        "combinesWith": {"orderDiscounts": sending, "shippingDiscounts": not sending},
    }
    if "min_subtotal" in told:
        terms["minimumRequirement"] = {"subtotal": {"greaterThanOrEqualToSubtotal": told["min_subtotal"]}}
    if "usage_limit" in told:
        terms["usageLimit"] = told["usage_limit"]
    if sending:
        await _done("discountCodeFreeShippingCreate", "codeDiscountNode { id }", freeShippingCodeDiscount=terms)
        return
    share = {"percentage": told.get("value", 0) / 1_000_000}
    terms["customerGets"] = {"value": {"discountAmount": {"amount": told["amount"]}} if "amount" in told else share}
    await _done("discountCodeBasicCreate", "codeDiscountNode { id }", basicCodeDiscount=terms)


def _article(sheet: Sheet) -> Sheet:
    image = picture(f"article-{sheet['handle']}.webp", sheet["title"])
    published = NOON - dt.timedelta(days=sheet["days_old"])
    return {
        "handle": sheet["handle"],
        "title": sheet["title"],
        "author": {"name": sheet["author"]},
        "body": sheet["body"].strip(),
        "summary": sheet["excerpt"],
        "tags": sheet["tags"],
        "isPublished": True,
        "publishDate": published.isoformat(),
        "image": {"url": image.url, "altText": image.alt_text, "width": image.width, "height": image.height},
    }


def _amount(minor: int | None) -> str | None:
    return None if minor is None else str(Money(minor, "EUR").amount)
