"""Scripts, styles and pictures of the pages, served from one folder."""

from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"


class Assets(StaticFiles):
    """Files that a browser keeps but asks about again, so that an upgrade shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, compressed where it was built so and the browser takes it, with headers to keep it safely."""
        accepted = "gzip" in Headers(scope=scope).get("accept-encoding", "")
        compressed = accepted and self.lookup_path(f"{path}.gz")[1] is not None
        response = await super().get_response(f"{path}.gz" if compressed else path, scope)
        if compressed:
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = guess_type(path)[0] or "application/octet-stream"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def asset_routes() -> list[Mount]:
    """The folder at `/assets`."""
    return [Mount("/assets", Assets(directory=FOLDER), name="assets")]
