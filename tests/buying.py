"""Shopping in tests, through the storefront schema as clients do."""

from dataclasses import dataclass, field
from typing import Any

from models.catalog import ProductVariant
from schema.storefront.schema import storefront
from tests.shop import Counter

SCHEMA = storefront()
CART = """
fragment Whole on Cart {
  id checkoutUrl note totalQuantity updatedAt
  attributes { key value }
  buyerIdentity { email phone countryCode customer { id } }
  lines(first: 250) {
    edges { cursor node { id } }
    nodes {
      __typename id quantity attributes { key value }
      merchandise { ... on ProductVariant { id title } }
      cost { amountPerQuantity { amount } subtotalAmount { amount } totalAmount { amount currencyCode } }
      discountAllocations { discountedAmount { amount } ... on CartCodeDiscountAllocation { code } }
    }
    pageInfo { hasNextPage }
  }
  cost {
    subtotalAmount { amount } totalAmount { amount currencyCode } checkoutChargeAmount { amount }
    totalTaxAmount { amount } totalDutyAmount { amount }
  }
  discountCodes { code applicable }
  discountAllocations { discountedAmount { amount } targetType ... on CartAutomaticDiscountAllocation { title } }
  appliedGiftCards { id lastCharacters amountUsed { amount } }
  delivery { addresses { id selected address { ... on CartDeliveryAddress { city formatted } } } }
  deliveryGroups(first: 5) {
    nodes {
      id groupType deliveryAddress { city countryCodeV2 }
      deliveryOptions { handle title estimatedCost { amount } }
      selectedDeliveryOption { title handle }
      cartLines(first: 10) { nodes { id } }
    }
  }
}
"""
ANSWER = "{ cart { ...Whole } userErrors { field code message } warnings { code message target } }"
BY_TRANSFER = {"manualPaymentMethod": {"name": "Bank Transfer"}}
PREPARE = """mutation($cart: ID!) { cartPrepareForCompletion(cartId: $cart) {
  result { __typename ... on CartStatusReady { cart { id } } ... on CartStatusNotReady { errors { code message } } }
  userErrors { code } } }"""
SUBMIT = """mutation($cart: ID!, $token: String!) { cartSubmitForCompletion(cartId: $cart, attemptToken: $token) {
  result {
    __typename
    ... on SubmitSuccess { attemptId redirectUrl }
    ... on SubmitAlreadyAccepted { attemptId }
    ... on SubmitFailed { checkoutUrl errors { code message } }
    ... on SubmitThrottled { pollAfter }
  }
  userErrors { code field } } }"""
ATTEMPT = """query($id: String!) { cartCompletionAttempt(attemptId: $id) {
  __typename
  ... on CartCompletionSuccess { id orderId orderUrl orderToken completedAt }
  ... on CartCompletionFailed { id errors { code message } }
  ... on CartCompletionProcessing { id pollDelay }
  ... on CartCompletionActionRequired { id action { ... on CompletePaymentChallenge { redirectUrl } } }
} }"""
BERLIN = {
    "firstName": "Ada",
    "lastName": "Lovelace",
    "address1": "Unter den Linden 1",
    "city": "Berlin",
    "zip": "10117",
    "countryCode": "DE",
}


def by_card(session: str) -> dict[str, Any]:
    """A payment by the test provider."""
    billing = {
        "lastName": "Lovelace",
        "address1": "Unter den Linden 1",
        "city": "Berlin",
        "zip": "10117",
        "country": "DE",
    }
    return {"directPaymentMethod": {"sessionId": session, "billingAddress": billing}}


def gid(kind: str, key: object) -> str:
    """A global id, as a client of another shop system would write it."""
    return f"gid://shopify/{kind}/{key}"


def line(variant: ProductVariant, quantity: int = 1, **more: Any) -> dict[str, Any]:
    """A line to add."""
    return {"merchandiseId": gid("ProductVariant", variant.id), "quantity": quantity, **more}


def address(**parts: Any) -> dict[str, Any]:
    """An address to add."""
    return {"address": {"deliveryAddress": {**BERLIN, **parts}}}


@dataclass
class Basket:
    """A cart in the hands of a client."""

    counter: Counter = field(default_factory=lambda: Counter(SCHEMA))
    id: str = ""
    errors: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)

    async def create(self, **given: Any) -> Any:
        """Make the cart."""
        asked = await self.counter.ask(
            f"mutation($input: CartInput) {{ answer: cartCreate(input: $input) {ANSWER} }} {CART}", input=given
        )
        cart = self._answer(asked)
        self.id = cart["id"] if cart else ""
        return cart

    async def do(self, mutation: str, types: str, arguments: str, **variables: Any) -> Any:
        """Carry out a mutation on the cart; answers the cart as it stands."""
        document = f"""mutation($cart: ID!, {types}) {{
            answer: {mutation}(cartId: $cart, {arguments}) {ANSWER}
        }} {CART}"""
        return self._answer(await self.counter.ask(document, cart=self.id, **variables))

    async def add(self, *lines: dict[str, Any]) -> Any:
        """Put goods in."""
        return await self.do("cartLinesAdd", "$lines: [CartLineInput!]!", "lines: $lines", lines=list(lines))

    async def update(self, *lines: dict[str, Any]) -> Any:
        """Change lines."""
        return await self.do("cartLinesUpdate", "$lines: [CartLineUpdateInput!]!", "lines: $lines", lines=list(lines))

    async def remove(self, *ids: str) -> Any:
        """Take lines out."""
        return await self.do("cartLinesRemove", "$ids: [ID!]!", "lineIds: $ids", ids=list(ids))

    async def send_to(self, **parts: Any) -> Any:
        """Add an address."""
        types = "$addresses: [CartSelectableAddressInput!]!"
        return await self.do("cartDeliveryAddressesAdd", types, "addresses: $addresses", addresses=[address(**parts)])

    async def pay(self, amount: str | None = None, **way: Any) -> Any:
        """Say how it is paid: all that is owed, by bank transfer unless told otherwise."""
        owed = amount or (await self.read())["cost"]["checkoutChargeAmount"]["amount"]
        payment = {"amount": {"amount": owed, "currencyCode": "EUR"}, **(way or BY_TRANSFER)}
        return await self.do("cartPaymentUpdate", "$payment: CartPaymentInput!", "payment: $payment", payment=payment)

    async def prepare(self) -> Any:
        """What is missing."""
        asked = await self.counter.ask(PREPARE, cart=self.id)
        assert asked.codes == [], asked.codes
        return asked.data["cartPrepareForCompletion"]["result"]

    async def submit(self, token: str = "first try") -> Any:
        """Complete the cart; answers the result."""
        asked = await self.counter.ask(SUBMIT, cart=self.id, token=token)
        assert asked.codes == [], asked.codes
        return asked.data["cartSubmitForCompletion"]["result"]

    async def attempt(self, attempt_id: str) -> Any:
        """What became of an attempt."""
        asked = await self.counter.ask(ATTEMPT, id=attempt_id)
        assert asked.codes == [], asked.codes
        return asked.data["cartCompletionAttempt"]

    async def buy(self, *lines: dict[str, Any], email: str = "ada@example.com", **way: Any) -> Any:
        """The whole way from nothing to what became of the attempt."""
        await self.create(lines=list(lines), buyerIdentity={"email": email})
        await self.send_to()
        await self.pay(**way)
        submitted = await self.submit()
        assert "attemptId" in submitted, submitted
        return await self.attempt(submitted["attemptId"])

    async def read(self) -> Any:
        """The cart as it stands."""
        asked = await self.counter.ask(f"query($id: ID!) {{ cart(id: $id) {{ ...Whole }} }} {CART}", id=self.id)
        assert asked.codes == []
        return asked.data["cart"]

    def _answer(self, asked: Any) -> Any:
        assert asked.codes == [], asked.codes
        self.errors = asked.data["answer"]["userErrors"]
        self.warnings = asked.data["answer"]["warnings"]
        return asked.data["answer"]["cart"]


def quantities(cart: Any) -> list[int]:
    """How many there are of each line."""
    return [each["quantity"] for each in cart["lines"]["nodes"]]
