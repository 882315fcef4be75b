"""Scripts, styles and pictures of the pages, served from one folder."""

from pathlib import Path

from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"


class Assets(StaticFiles):
    """Files that a browser keeps but asks about again, so that an upgrade shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with the headers that let it be kept safely."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def asset_routes() -> list[Mount]:
    """The folder at `/assets`."""
    return [Mount("/assets", Assets(directory=FOLDER), name="assets")]
