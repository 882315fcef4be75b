"""Good documents with bad values, and documents that ask for more than there is: in variables, pages and tries."""

from collections.abc import Iterator
from dataclasses import replace

from drills.siege.documents import repeated
from drills.siege.shots import Shot, asked, raw

BAD_INPUT, BAD_REQUEST, TOO_COMPLEX = "BAD_USER_INPUT", "BAD_REQUEST", "QUERY_TOO_COMPLEX"
COST, LARGE, THROTTLED = "MAX_COST_EXCEEDED", "PAYLOAD_TOO_LARGE", "THROTTLED"

NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
MANY_NODES = "query ($ids: [ID!]!) {" + repeated("a#: nodes(ids: $ids) { id }", 160) + "}"
CART = "mutation ($cart: CartInput!) { cartCreate(input: $cart) { cart { id } userErrors { code message } } }"
PAGES = """query ($n: Int) {
  products(first: $n) { nodes { variants(first: $n) { nodes { product { variants(first: $n) { nodes { id } } } } } } }
}"""
SEARCH = "query ($f: [ProductFilter!]) { search(query: $q, productFilters: $f) { totalCount } }".replace("$q", '"a"')
STAFF_PRODUCT = "mutation ($product: ProductCreateInput!) { productCreate(product: $product) { product { id } } }"
STAFF_PAGES = "query ($n: Int) { products(first: $n) { nodes { variants(first: $n) { nodes { product { id } } } } } }"


def values() -> Iterator[Shot]:
    """All of them, at both schemas."""
    yield from _too_many()
    yield from _wrong()
    yield from _pages()
    yield from _unreadable()
    yield from _at_the_staff_s()
    yield from _guesses()


def _too_many() -> Iterator[Shot]:
    yield asked("50,000 ids", NODES, TOO_COMPLEX, variables={"ids": ["a"] * 50_000})
    yield asked("4,900 ids", NODES, "INVALID_ID", variables={"ids": ["a"] * 4_900})
    yield asked("9,000 ids 160 times", MANY_NODES, TOO_COMPLEX, variables={"ids": ["a"] * 9_000})
    yield asked("30 ids 160 times", MANY_NODES, "INVALID_ID", variables={"ids": ["a"] * 30})
    yield asked("20,000 unknown fields", CART, TOO_COMPLEX, variables={"cart": {f"x{n}": 1 for n in range(20_000)}})
    yield asked("4,900 unknown fields", CART, BAD_INPUT, variables={"cart": {f"x{n}": 1 for n in range(4_900)}})
    yield asked("14,000 filters", SEARCH, TOO_COMPLEX, variables={"f": [{"tag": "x"}] * 14_000})
    yield asked("2,400 filters", SEARCH, BAD_INPUT, variables={"f": [{"tag": "x"}] * 2_400})
    lines = [{"merchandiseId": "gid://shopwright/ProductVariant/1", "quantity": 1}] * 1_600
    yield asked("1,600 lines", CART, "MAXIMUM_EXCEEDED", variables={"cart": {"lines": lines}})
    yield asked("4,900 codes", CART, "MAXIMUM_EXCEEDED", variables={"cart": {"discountCodes": ["a"] * 4_900}})


def _wrong() -> Iterator[Shot]:
    yield asked("4,900 objects for ids", NODES, BAD_INPUT, variables={"ids": [{}] * 4_900})
    yield asked("250 kB for a number", PAGES, BAD_INPUT, variables={"n": "x" * 250_000})
    yield asked("120,000 numbers for one", PAGES, TOO_COMPLEX, variables={"n": [1] * 70_000})
    yield asked("a note of 250 kB", CART, "NOTE_TOO_LONG", variables={"cart": {"note": "x" * 250_000}})
    nested = "[" * 900 + "]" * 900
    yield raw("lists 900 deep", f'{{"query": "{NODES}", "variables": {{"ids": {nested}}}}}'.encode(), BAD_INPUT)
    nested = '{"a":' * 900 + "1" + "}" * 900
    yield raw("objects 900 deep", f'{{"query": "{CART}", "variables": {{"cart": {nested}}}}}'.encode(), BAD_INPUT)


def _pages() -> Iterator[Shot]:
    yield asked("pages of pages of pages", PAGES, COST, variables={"n": 250})
    yield asked("the largest page there is", PAGES, COST, variables={"n": 2**31 - 1})
    yield asked("a page of 100,000", "{ products(first: 100000) { nodes { id } } }", BAD_INPUT)
    many = repeated("a#: products(first: 250) { nodes { variants(first: 250) { nodes { id } } } }", 30)
    yield asked("30 times all variants", f"{{ {many} }}", COST)


def _unreadable() -> Iterator[Shot]:
    for name, path in (("storefront", "/graphql"), ("staff", "/admin/graphql")):
        bodies = {
            "an empty body": b"",
            "null": b"null",
            "5": b"5",
            "a text": b'"x"',
            "invalid UTF-8": b'{"query": "\xff"}',
            "a NUL": b'{"query": "{ shop { name } }", "variables": {"a": "\\u0000"}}',
            "half a character": b'{"query": "{ shop { name } }", "variables": {"a": "\\ud800"}}',
            "100,000 lists": b"[" * 100_000,
            "objects 40,000 deep": b'{"query": "{ shop { name } }", "variables": ' + b'{"a":' * 40_000,
            "80,000 small objects, one with a NUL": b'{"a": [' + b"{}," * 80_000 + b'"\\u0000"]}',
        }
        for what, body in bodies.items():
            yield raw(f"{name}: {what}", body, BAD_REQUEST, path=path)
        yield raw(f"{name}: 80,000 in a batch", b"[" + b"{}," * 80_000 + b"{}]", "BATCHING_NOT_SUPPORTED", path=path)
        yield raw(f"{name}: 10 MB", lambda _: b" " * 10_000_000, LARGE, path=path)


def _at_the_staff_s() -> Iterator[Shot]:
    many = {"product": {"tags": ["a"] * 50_000}}
    path = "/admin/graphql"
    yield asked("staff: 50,000 tags", STAFF_PRODUCT, TOO_COMPLEX, path=path, variables=many)
    unknown = {"product": {f"x{n}": 1 for n in range(4_900)}}
    yield asked("staff: 4,900 unknown fields", STAFF_PRODUCT, BAD_INPUT, path=path, variables=unknown)
    yield asked("staff: pages of pages", STAFF_PAGES, COST, path=path, variables={"n": 2_000})


def _guesses() -> Iterator[Shot]:
    """Many tries in one document; every one counts, so that soon none is looked at."""
    token = "customerAccessToken { accessToken } customerUserErrors { code }"
    sign_in = 'customerAccessTokenCreate(input: { email: "a@example.com", password: "guess-#" })'
    document = f"mutation {{ {repeated(f'a#: {sign_in} {{ {token} }}', 55)} }}"
    yield replace(asked("55 passwords", document, THROTTLED), tries=55)
    login = 'staffLogin(email: "a@example.com", password: "guess-#") { userErrors { code } }'
    document = f"mutation {{ {repeated(f'a#: {login}', 90)} }}"
    yield replace(asked("staff: 90 passwords", document, THROTTLED, path="/admin/graphql"), tries=90)
    codes = {"cart": {"discountCodes": [f"GUESS{n}" for n in range(200)]}}
    yield asked("200 codes", CART, THROTTLED, variables=codes)
