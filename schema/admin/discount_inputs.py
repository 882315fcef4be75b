"""What staff tell of a discount."""

import datetime as dt

import strawberry

from schema.admin.inputs import optional, required
from schema.codes import CountryCode
from schema.ids import number_key
from schema.scalars import Amount, UnsignedInt64

PRODUCT, COLLECTION, CUSTOMER = number_key("Product"), number_key("Collection"), number_key("Customer")


@strawberry.input(description="Which other discounts a discount can be used together with.")
class DiscountCombinesWithInput:
    """What it goes together with."""

    product_discounts: bool | None = optional("With discounts on goods.")
    order_discounts: bool | None = optional("With discounts on the whole order.")
    shipping_discounts: bool | None = optional("With free delivery.")


@strawberry.input(description="Goods of a price.")
class DiscountMinimumSubtotalInput:
    """Goods of a price."""

    greater_than_or_equal_to_subtotal: Amount | None = optional("The price, in the shop's currency.")


@strawberry.input(description="Units of goods.")
class DiscountMinimumQuantityInput:
    """Units of goods."""

    greater_than_or_equal_to_quantity: UnsignedInt64 | None = optional("How many.")


@strawberry.input(description="What a cart must hold for a discount.")
class DiscountMinimumRequirementInput:
    """What a cart must hold."""

    subtotal: DiscountMinimumSubtotalInput | None = optional("Goods of a price.")
    quantity: DiscountMinimumQuantityInput | None = optional("So many units.")


@strawberry.input(description="Customers by their ids.")
class DiscountCustomersInput:
    """Customers by their ids."""

    add: list[strawberry.ID] | None = optional("Who may use it too.", decode=CUSTOMER)
    remove: list[strawberry.ID] | None = optional("Who may use it no more.", decode=CUSTOMER)


@strawberry.input(description="Who may use a discount.")
class DiscountCustomerSelectionInput:
    """Who may use it."""

    all: bool | None = optional("Everybody.")
    customers: DiscountCustomersInput | None = optional("These customers.")


@strawberry.input(description="Countries by their codes.")
class DiscountCountriesInput:
    """Countries by their codes."""

    add: list[CountryCode] | None = optional("Where to as well.", decode=str)
    remove: list[CountryCode] | None = optional("Where to no more.", decode=str)


@strawberry.input(description="Where free delivery goes.")
class DiscountShippingDestinationSelectionInput:
    """Where free delivery goes."""

    all: bool | None = optional("Everywhere.")
    countries: DiscountCountriesInput | None = optional("These countries.")


@strawberry.input(description="Products by their ids.")
class DiscountProductsInput:
    """Products by their ids."""

    products_to_add: list[strawberry.ID] | None = optional("These too.", decode=PRODUCT)
    products_to_remove: list[strawberry.ID] | None = optional("These no more.", decode=PRODUCT)


@strawberry.input(description="Collections by their ids.")
class DiscountCollectionsInput:
    """Collections by their ids."""

    add: list[strawberry.ID] | None = optional("These too.", decode=COLLECTION)
    remove: list[strawberry.ID] | None = optional("These no more.", decode=COLLECTION)


@strawberry.input(description="Which goods.")
class DiscountItemsInput:
    """Which goods."""

    all: bool | None = optional("Everything the shop sells.")
    products: DiscountProductsInput | None = optional("These products.")
    collections: DiscountCollectionsInput | None = optional("What is in these collections.")


@strawberry.input(description="An amount off.")
class DiscountAmountInput:
    """An amount off."""

    amount: Amount = required("The amount, in the shop's currency.")
    applies_on_each_item: bool | None = optional("Off each unit; once off all of them without it.")


@strawberry.input(description="What is taken off units bought with others.")
class DiscountEffectInput:
    """What is taken off."""

    percentage: float | None = optional("A share above 0, at most 1.0: 0.5 is half off, 1.0 is for nothing.")


@strawberry.input(description="So many units cheaper.")
class DiscountOnQuantityInput:
    """So many units cheaper."""

    quantity: UnsignedInt64 | None = optional("How many.")
    effect: DiscountEffectInput | None = optional("What is taken off.")


@strawberry.input(description="What is taken off: one of these.")
class DiscountCustomerGetsValueInput:
    """What is taken off."""

    percentage: float | None = optional("A share above 0, at most 1.0: 0.25 is a quarter off.")
    discount_amount: DiscountAmountInput | None = optional("An amount.")
    discount_on_quantity: DiscountOnQuantityInput | None = optional(
        "So many units cheaper, where others have to be bought."
    )


@strawberry.input(description="What customers get.")
class DiscountCustomerGetsInput:
    """What customers get."""

    value: DiscountCustomerGetsValueInput | None = optional("What is taken off.")
    items: DiscountItemsInput | None = optional("Of which goods; of all without it.")


@strawberry.input(description="How much customers buy.")
class DiscountCustomerBuysValueInput:
    """How much customers buy."""

    quantity: UnsignedInt64 | None = optional("How many units.")


@strawberry.input(description="What customers have to buy.")
class DiscountCustomerBuysInput:
    """What customers have to buy."""

    value: DiscountCustomerBuysValueInput | None = optional("How much.")
    items: DiscountItemsInput | None = optional("Of which goods; of all without it.")


@strawberry.input
class TermsInput:
    """What can be told of every discount."""

    title: str | None = optional("What it is called.")
    starts_at: dt.datetime | None = optional("From when; from the start without it.")
    ends_at: dt.datetime | None = optional("Until when; for ever without it.")
    usage_limit: int | None = optional("How often it can be used in all.")
    applies_once_per_customer: bool | None = optional("Whether each customer may use it once.")
    combines_with: DiscountCombinesWithInput | None = optional("What it can be used together with.")
    customer_selection: DiscountCustomerSelectionInput | None = optional("Who may use it.")
    minimum_requirement: DiscountMinimumRequirementInput | None = optional("What a cart must hold; null for nothing.")


@strawberry.input
class CodeTermsInput(TermsInput):
    """What can be told of every discount by code."""

    code: str | None = optional("What shoppers enter; case makes no difference.")


@strawberry.input
class MoneyOffInput:
    """What can be told of a discount on goods."""

    customer_gets: DiscountCustomerGetsInput | None = optional("What customers get.")


@strawberry.input
class WithOthersInput(MoneyOffInput):
    """What can be told of a discount on goods bought with others."""

    customer_buys: DiscountCustomerBuysInput | None = optional("What customers have to buy.")


@strawberry.input
class DeliveryInput:
    """What can be told of free delivery."""

    destination: DiscountShippingDestinationSelectionInput | None = optional("Where to.")


@strawberry.input(description="Money off, by a code.")
class DiscountCodeBasicInput(MoneyOffInput, CodeTermsInput):
    """Money off by a code."""


@strawberry.input(description="Some goods cheaper with others, by a code.")
class DiscountCodeBxgyInput(WithOthersInput, CodeTermsInput):
    """Some goods cheaper with others, by a code."""


@strawberry.input(description="Delivery for nothing, by a code.")
class DiscountCodeFreeShippingInput(DeliveryInput, CodeTermsInput):
    """Delivery for nothing, by a code."""


@strawberry.input(description="Money off, without a code.")
class DiscountAutomaticBasicInput(MoneyOffInput, TermsInput):
    """Money off by itself."""


@strawberry.input(description="Some goods cheaper with others, without a code.")
class DiscountAutomaticBxgyInput(WithOthersInput, TermsInput):
    """Some goods cheaper with others, by itself."""


@strawberry.input(description="Delivery for nothing, without a code.")
class DiscountAutomaticFreeShippingInput(DeliveryInput, TermsInput):
    """Delivery for nothing, by itself."""


@strawberry.input(description="A code more.")
class DiscountRedeemCodeInput:
    """A code more."""

    code: str = required("What shoppers enter.")
