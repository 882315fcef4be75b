"""Why what is not served of the reference is not: the page of parity is put together from these."""

VENDORS_OWN = """
*ShopPay* *shopPay* *Multipass* *multipass* *Taxonomy* *taxonomy* *Company* *company* *visitorConsent* *VisitorConsent*
*ByUrl* *byUrl* QueryRoot.publicApiVersions* ApiVersion.* CurrencyCode.XXX
"""

# A title, the reason, and patterns of coordinates; a coordinate belongs to the first that matches.
REASONS = [
    (
        "Selling by subscription",
        "Everything is sold once; there are no plans that charge again.",
        "*SellingPlan* *sellingPlan*",
    ),
    (
        "Metaobjects",
        "Free content is kept as pages, articles and metafields; there are no objects of a merchant's own types.",
        "*Metaobject* *metaobject*",
    ),
    (
        "Shops to visit",
        "Orders are delivered, not picked up, and what is in stock is told as one figure.",
        "Location* MetafieldParentResource|Location *StoreAvailability* *.storeAvailability* *.locations*"
        " GeoCoordinateInput.*",
    ),
    (
        "Films, 3D models and files",
        "Media are pictures; nothing plays films or turns models.",
        "ExternalVideo* Video* Model3d* GenericFile* MediaPresentation* *.presentation MediaContentType.* MediaHost.*"
        " MetafieldReference|GenericFile MetafieldReference|Model3d MetafieldReference|Video Image.thumbhash",
    ),
    (
        "Markets",
        "The shop has one currency and one language for everyone.",
        "Market* *.market MetafieldParentResource|Market InContextAnnotation* Translation.*",
    ),
    ("Bundles", "A variant is one thing; it has no parts.", "ProductVariantComponent* *omponents* *.groupedBy*"),
    (
        "Quantities for business buyers",
        "Any quantity may be bought at the one price.",
        "QuantityRule* QuantityPriceBreak* *.quantityRule *.quantityPriceBreaks*",
    ),
    (
        "Discounts by hand and by scripts",
        "An order's discounts come by codes or by themselves; staff give none by hand, and there are no scripts.",
        "*DiscountApplication* DiscountCodeApplication* *.discountApplications* DiscountAllocation.*"
        " Order*iscountAllocations",
    ),
    (
        "Wallets and card vaults",
        "Payments go through the shop's own providers; no vendor keeps cards for it.",
        "ApplePay* DigitalWallet.* CardBrand.* PaymentSettings.* CartWallet* *.walletPaymentMethod",
    ),
    (
        "Links by e-mail for accounts",
        "Accounts are made and signed in to with a password; nothing invites or resets by e-mail yet.",
        "*ustomerActivate* *ustomerRecover* *ustomerReset*",
    ),
    (
        "Metafields of customers and orders",
        "Metafields belong to the goods, the texts, the shop and carts.",
        "Customer:HasMetafields Customer.metafield* Order:HasMetafields Order.metafield* MetafieldParentResource|*",
    ),
    (
        "Old twins of an order's sums",
        "They are deprecated; the sums are served by their newer names.",
        "Order.current* Order.original* Order.edited Order.*V2 Order.totalRefunded",
    ),
    (
        "More about orders",
        "The states that our orders have are served.",
        "Order.* OrderLineItem.* OrderFulfillmentStatus.* Fulfillment*",
    ),
    (
        "Talk below articles",
        "The blog is read, not answered; authors are named and have no pages.",
        "Comment* Article.comments* ArticleAuthor.*",
    ),
    ("The look of a brand", "A storefront brings its own colours and pictures.", "Brand*"),
    (
        "Legal texts and accounts elsewhere",
        "The four policies are served; signing in through others' services is not.",
        "Shop.* SocialLoginProvider.* Customer.socialLoginProvider Customer.avatarUrl",
    ),
    (
        "Deprecated ways to address a cart",
        "Addresses of a cart are its `delivery.addresses`.",
        "DeliveryAddress* CartBuyerIdentity.deliveryAddressPreferences",
    ),
    (
        "Filters by the vendor's categories, and small things",
        "Nobody has needed them here yet.",
        "CategoryFilter.* ProductFilter.category Product.category FilterValue.image *Connection.totalCount"
        " Customer.orders* BuyerInput.customerAccessToken",
    ),
]
