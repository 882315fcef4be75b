"""The explorer: GraphiQL with examples that run as they are, at `/` for shoppers and at `/admin` for staff."""

import json
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pages.assets import FOLDER as ASSETS
from pages.explorer import bundled, from_cdn
from pages.safety import safe_page

HERE = Path(__file__).parent
STAFF_HEADER = "X-Shopify-Access-Token"


@dataclass(frozen=True, slots=True)
class Explorer:
    """One explorer page: where it is, whose API it explores, and what has to be in the headers first."""

    name: str
    path: str
    title: str
    endpoint: str
    required_header: str | None = None

    @property
    def settings_path(self) -> str:
        """Where the page reads its settings and examples."""
        return f"/explorer/{self.name}.json"


SHOPPERS = Explorer(name="storefront", path="/", title="Storefront API", endpoint="/graphql")
STAFF = Explorer(
    name="staff", path="/admin", title="Staff API", endpoint="/admin/graphql", required_header=STAFF_HEADER
)


def explorer_routes() -> list[Route]:
    """Both explorers and what they read. A shop that wants none does not mount them."""
    return [route for explorer in (SHOPPERS, STAFF) for route in _routes_of(explorer)]


def examples_of(explorer: Explorer) -> list[dict[str, Any]]:
    """The examples in the order of the tabs, each with its document."""
    folder = HERE / "examples" / explorer.name
    listed: list[dict[str, Any]] = json.loads((folder / "examples.json").read_text())
    return [{**example, "query": (folder / f"{example['name']}.graphql").read_text()} for example in listed]


def _routes_of(explorer: Explorer) -> list[Route]:
    settings = _settings_of(explorer)

    async def page(request: Request) -> Response:
        assets = bundled if (ASSETS / "built" / "built.json").exists() else from_cdn
        html = Template((HERE / "page.html").read_text()).substitute(
            title=f"Shopwright · {explorer.title}",
            page=explorer.settings_path,
            endpoint=explorer.endpoint,
            head=assets.HEAD,
        )
        return safe_page(html, policy=assets.POLICY)

    async def page_settings(request: Request) -> Response:
        return JSONResponse(settings, headers={"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"})

    return [Route(explorer.path, page), Route(explorer.settings_path, page_settings)]


def _settings_of(explorer: Explorer) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "title": explorer.title,
        "endpoint": explorer.endpoint,
        "examples": examples_of(explorer),
    }
    if explorer.required_header:
        settings["defaultHeaders"] = json.dumps({explorer.required_header: ""}, indent=2)
        settings["requiredHeader"] = {
            "name": explorer.required_header,
            "hint": f"Put a staff token into the Headers pane, as {explorer.required_header}. "
            "To make one: ./shopwright token create --name me --scope write_orders",
        }
    return settings
