"""How clients say a cart is paid."""

from typing import TYPE_CHECKING

import strawberry

from resolvers.checkout import WantedPayment
from resolvers.mistakes import BadArgument
from schema.codes import CurrencyCode
from schema.enums import enumeration
from schema.scalars import Amount
from schema.storefront.addresses import MailingAddressInput
from schema.storefront.cart_inputs import given

if TYPE_CHECKING:
    CartCardSource = str
else:
    CartCardSource = enumeration(
        "CartCardSource", "Where a card comes from.", {"SAVED_CREDIT_CARD": "The buyer keeps it with the provider."}
    )


@strawberry.input(description="An amount of money.")
class MoneyInput:
    """An amount of money."""

    amount: Amount = strawberry.field(description="The amount.")
    currency_code: CurrencyCode = strawberry.field(description="Its currency.")


@strawberry.input(description="A payment that reaches the shop outside of any provider. Shopwright's own.")
class CartManualPaymentMethodInput:
    """A payment outside of any provider."""

    name: str = strawberry.field(description="One of the payments the shop lists, like `bank transfer`.")
    billing_address: MailingAddressInput | None = given("For whom the invoice is.")


@strawberry.input(description="No payment, for a cart whose total is zero.")
class CartFreePaymentMethodInput:
    """No payment."""

    billing_address: MailingAddressInput = strawberry.field(description="For whom the invoice is.")


@strawberry.input(description="A payment by a provider, from a session that the client opened with it.")
class CartDirectPaymentMethodInput:
    """A payment by a provider."""

    session_id: str = strawberry.field(description="The provider's session.")
    billing_address: MailingAddressInput = strawberry.field(description="For whom the invoice is.")
    card_source: CartCardSource | None = given("Where the card comes from.")
    accepted_subscription_terms: bool | None = given("Taken and ignored: the shop sells no subscriptions.", False)


@strawberry.input(description="How a cart is paid: the amount the shopper agrees to, and one way.")
class CartPaymentInput:
    """How a cart is paid."""

    amount: MoneyInput = strawberry.field(description="What the shopper agrees to pay.")
    source_identifier: str | None = given("The client's own name for the payment.")
    manual_payment_method: CartManualPaymentMethodInput | None = given("Outside of any provider. Shopwright's own.")
    free_payment_method: CartFreePaymentMethodInput | None = given("Nothing is owed.")
    direct_payment_method: CartDirectPaymentMethodInput | None = given("By a provider.")

    def decoded(self) -> WantedPayment:
        """The payment as the resolver takes it."""
        money = (str(self.amount.amount), str(self.amount.currency_code))
        ways = {"manual": self.manual_payment_method, "free": self.free_payment_method}
        named = {name: way for name, way in {**ways, "direct": self.direct_payment_method}.items() if way}
        if len(named) != 1:
            raise BadArgument("Name one way to pay.", argument="payment")
        (kind, way), *_ = named.items()
        detail = str(getattr(way, "name", None) or getattr(way, "session_id", ""))
        return WantedPayment(kind, money, detail, way.billing_address.decoded() if way.billing_address else None)
