"""The words of one schema that attacks are put in: the same attack hurts a schema only in its own names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """How a schema says what attacks need. `#` stands for the number of a repetition, `%s` for what goes inside."""

    root: str  # the type queries begin with
    leaf: str  # a field at the root without a selection
    said: str  # a field at the root that is told a text
    thing: str  # a field at the root that answers an object
    kind: str  # the type of that object
    into: str  # from such an object to another one
    out: str  # the way back
    levels: int  # that `into` opens
    page: str  # a list at the root
    misspelt: str  # almost a field
    misspelt_kind: str  # almost a type
    misspelt_argument: str  # a field with almost an argument
    filtered: str  # an operation that takes an input object
    text: str  # a text of that input object
    listed: str  # a list of it
    wrong: str  # what that list does not take
    misspelt_value: str = ""  # a field with almost an enum's value
    streams: str = ""  # several subscriptions in one
    prefix: str = ""  # where the schema is served


STOREFRONT = Words(
    root="QueryRoot",
    leaf="__typename",
    said="productByHandle(handle: %s) { id }",
    thing='product(handle: "x")',
    kind="Product",
    into="selectedOrFirstAvailableVariant { product {",
    out="}}",
    levels=2,
    page="products { nodes { %s } }",
    misspelt="product#",
    misspelt_kind="ProductConnectio#",
    misspelt_argument="product(handl#: 1) { id }",
    filtered="mutation { cartCreate(input: { %s }) { cart { id } } }",
    text="note",
    listed="discountCodes: [%s]",
    wrong="1",
    misspelt_value="products(sortKey: TITL#) { __typename }",
    streams='cart(id: "#") { __typename }',
)

STAFF = Words(
    root="QueryRoot",
    leaf="__typename",
    said="productByHandle(handle: %s) { id }",
    thing='product(id: "x")',
    kind="Product",
    into="variants(first: 1) { nodes { product {",
    out="}}}",
    levels=3,
    page="products { nodes { %s } }",
    misspelt="discountNod#",
    misspelt_kind="ProductConnectio#",
    misspelt_argument="product(i#: 1) { id }",
    filtered="mutation { productCreate(product: { %s }) { product { id } } }",
    text="title",
    listed="tags: [%s]",
    wrong="1",
    misspelt_value="products(sortKey: TITL#) { __typename }",
    streams='orders(after: "#") { __typename }',
    prefix="/admin",
)
