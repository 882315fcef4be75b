"""The explorer where Node is absent: GraphiQL 4, which needs no bundling, from a CDN that is held to hashes."""

from pages.safety import content_policy

CDN = "https://unpkg.com"
SCRIPTS = {
    "react@18.3.1/umd/react.production.min.js": (
        "sha384-DGyLxAyjq0f9SPpVevD6IgztCFlnMF6oW/XQGmfe+IsZ8TqEiDrcHkMLKI6fiB/Z"
    ),
    "react-dom@18.3.1/umd/react-dom.production.min.js": (
        "sha384-gTGxhz21lVGYNMcdJOyq01Edg0jhn/c22nsx0kyqP0TxaV5WVdsSH1fSDUf5YJj1"
    ),
    "graphiql@4.1.2/graphiql.min.js": "sha384-9XdHu7ajgGJziD4J1zNBKQ842Q/+zZfDv+ib1eMhZWBH6hPAs806x+Jbcf0yNO6B",
}
STYLES = {"graphiql@4.1.2/graphiql.min.css": "sha384-1el1QShFBnnXTx9x/Cprg82hZWKt0ry29OAYIXt05swbi0KcZDFoj0CWguMpopJr"}


def _from_cdn(path: str, integrity: str) -> str:
    return f'"{CDN}/{path}" integrity="{integrity}" crossorigin="anonymous"'


HEAD = "".join(
    [
        *(f'<link rel="stylesheet" href={_from_cdn(path, integrity)}>' for path, integrity in STYLES.items()),
        '<link rel="stylesheet" href="/assets/explorer/explorer.css">',
        *(f"<script defer src={_from_cdn(path, integrity)}></script>" for path, integrity in SCRIPTS.items()),
        '<script type="module" src="/assets/explorer/from-cdn.js"></script>',
    ]
)
POLICY = content_policy(scripts=[CDN], styles=[CDN, "'unsafe-inline'"], fonts=["data:"])
