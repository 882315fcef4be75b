"""All that a shop shows of itself, to shoppers and to staff, without ids and without what a clock writes."""

from typing import Any

from schema.storefront.schema import storefront
from tests.both_ways import ONCE
from tests.shop import Counter
from tests.staffing import CLERK

SHOPPER = Counter(storefront())
MONEY = "{ amount currencyCode }"
IMAGE = "{ url altText width height }"
SEO = "seo { title description }"
POLICIES = ("privacyPolicy", "refundPolicy", "shippingPolicy", "termsOfService", "subscriptionPolicy")
ITEM = """title type url tags resource { __typename ... on Product { handle } ... on Collection { handle }
    ... on Page { handle } ... on Blog { handle } ... on Article { handle } ... on ShopPolicy { handle } }"""
MENUS = ("main-menu", "footer", "next-js-frontend-header-menu", "next-js-frontend-footer-menu")
VARIANT = f"""title sku barcode price {MONEY} compareAtPrice {MONEY} unitPrice {MONEY}
    unitPriceMeasurement {{ measuredType quantityUnit quantityValue referenceUnit referenceValue }} weight weightUnit
    taxable requiresShipping availableForSale quantityAvailable currentlyNotInStock
    selectedOptions {{ name value }} image {IMAGE}"""
PICTURES = f"{{ products(first: 250) {{ nodes {{ handle images(first: 20) {{ nodes {IMAGE} }} }} }} }}"
SHOP_WINDOW = [
    f"""{{ shop {{ name description moneyFormat shipsToCountries brand {{ shortDescription logo {{ image {IMAGE} }} }}
        paymentSettings {{ countryCode currencyCode enabledPresentmentCurrencies manualPaymentMethods testPayments }}
        {" ".join(f"{policy} {{ handle title body url }}" for policy in POLICIES)} }}
        localization {{ country {{ isoCode name }} language {{ isoCode }} availableCountries {{ isoCode }} }} }}""",
    f"""{{ products(first: 250) {{ nodes {{ handle title description descriptionHtml vendor productType tags
        isGiftCard availableForSale totalInventory onlineStoreUrl encodedVariantExistence encodedVariantAvailability
        priceRange {{ minVariantPrice {MONEY} maxVariantPrice {MONEY} }} {SEO} variantsCount {{ count }}
        options {{ name optionValues {{ name swatch {{ color }} }} }} featuredImage {IMAGE} publishedAt }} }} }}""",
    f"{{ products(first: 250) {{ nodes {{ handle variants(first: 25) {{ nodes {{ {VARIANT} }} }} }} }} }}",
    PICTURES,
    f"""{{ collections(first: 50) {{ nodes {{ handle title descriptionHtml image {IMAGE} {SEO}
        products(first: 100) {{ nodes {{ handle }} }} }} }} }}""",
    "{ "
    + " ".join(
        f'm{n}: menu(handle: "{handle}") {{ handle title itemsCount items {{ {ITEM} items {{ {ITEM} }} }} }}'
        for n, handle in enumerate(MENUS)
    )
    + " }",
    f"""{{ pages(first: 50) {{ nodes {{ handle title body bodySummary {SEO} }} }}
        blogs(first: 5) {{ nodes {{ handle title {SEO} authors {{ name }} articles(first: 20) {{ nodes {{
            handle title author {{ name }} contentHtml excerptHtml image {IMAGE} tags {SEO} publishedAt }} }} }} }}
        urlRedirects(first: 50) {{ nodes {{ path target }} }} productTags(first: 250) {{ nodes }}
        productTypes(first: 250) {{ nodes }} }}""",
]
TERMS = """title status usageLimit appliesOncePerCustomer customerIds startsAt endsAt
    combinesWith { productDiscounts orderDiscounts shippingDiscounts }
    minimumRequirement { subtotal { amount currencyCode } quantity } codes(first: 5) { nodes { code } }"""
OFFICE = [
    """{ shop { name description email currencyCode countryCode languageCode taxesIncluded taxShipping logoUrl
        manualPaymentMethods captureOnAuthorization testPayments orderNumberFormatPrefix cancelWindowMinutes
        returnWindowDays shopPolicies { type title body } }
        locations(first: 9, includeInactive: true) { nodes { name isActive priority address {
            address1 address2 city zip provinceCode countryCode phone formatted } } } }""",
    f"""{{ deliveryZones(first: 50) {{ nodes {{ name countries rates {{ title description position price {MONEY}
        freeFrom {MONEY} minWeightGrams maxWeightGrams minSubtotal {MONEY} maxSubtotal {MONEY} minQuantity maxQuantity
        active }} }} }} taxRates(first: 99) {{ nodes {{ country province title rate onShipping }} }}
        giftCards(first: 9) {{ nodes {{ maskedCode initialValue {MONEY} balance {MONEY} enabled expiresAt }} }}
        discountNodes(first: 50) {{ nodes {{ discount {{ __typename
            ... on DiscountCodeBasic {{ {TERMS} customerGets {{
                value {{ percentage amount {{ amount }} appliesOnEachItem quantity }}
                items {{ allItems productIds collectionIds }} }} }}
            ... on DiscountCodeFreeShipping {{ {TERMS} countries }} }} }} }} }}""",
    """{ products(first: 250) { nodes { handle status publishedAt tracksInventory hasOnlyDefaultVariant
        metafields(first: 9) { nodes { namespace key value } } media(first: 20) { nodes { alt mediaContentType } } } }
        collections(first: 50) { nodes { handle sortOrder productsCount { count }
            ruleSet { appliedDisjunctively rules { column relation condition } } } } }""",
    f"""{{ products(first: 250) {{ nodes {{ handle title variants(first: 25) {{ nodes {{ sku unitCost {MONEY} taxCode
        tracked inventoryPolicy position price compareAtPrice inventoryQuantity }} }} }} }} }}""",
]
STOCK = """query($after: String) { inventoryLevels(first: 250, after: $after) { nodes { location { name } item { sku }
    quantities(names: ["available", "on_hand", "committed", "reserved"]) { name quantity } }
    pageInfo { hasNextPage endCursor } } }"""


async def seen() -> dict[str, Any]:
    """The answers to all of these questions, by question; a picture's address without its version."""
    token = ONCE.set(True)
    try:
        answers = {question: await _answer(SHOPPER, question) for question in SHOP_WINDOW}
        answers |= {question: await _answer(CLERK, question) for question in OFFICE}
        answers[STOCK] = await _stock()
    finally:
        ONCE.reset(token)
    best = [c["handle"] for c in answers[OFFICE[2]]["collections"]["nodes"] if c["sortOrder"] == "BEST_SELLING"]
    for each in answers[SHOP_WINDOW[4]]["collections"]["nodes"]:
        if each["handle"] in best:  # what was sold before is told by no mutation: orders make it
            each["products"]["nodes"].sort(key=lambda product: product["handle"])
    return {question: _without_versions(answer) for question, answer in answers.items()}


async def _answer(counter: Counter, question: str, **variables: Any) -> Any:
    asked = await counter.ask(question, **variables)
    assert asked.codes == [], (asked.codes, question)
    return asked.data


async def _stock() -> list[Any]:
    found: list[Any] = []
    after = None
    while True:
        levels = (await _answer(CLERK, STOCK, after=after))["inventoryLevels"]
        found += levels["nodes"]
        if not levels["pageInfo"]["hasNextPage"]:
            return sorted(found, key=lambda level: level["item"]["sku"])
        after = levels["pageInfo"]["endCursor"]


def _without_versions(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_versions(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_versions(each) for each in value]
    return value.partition("?v=")[0] if isinstance(value, str) and "/media/" in value else value
