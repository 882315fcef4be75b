"""The headers every page carries: only our scripts run, nothing frames it, and its address stays with us."""

from collections.abc import Sequence

from starlette.responses import HTMLResponse


def content_policy(
    *,
    scripts: Sequence[str] = (),
    styles: Sequence[str] = (),
    fonts: Sequence[str] = (),
    pictures: Sequence[str] = (),
) -> str:
    """A Content-Security-Policy that allows our own origin and, beyond it, only the sources named."""
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *scripts],
        "style-src": ["'self'", *styles],
        "font-src": ["'self'", *fonts],
        "img-src": ["'self'", "data:", *pictures],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def safe_page(html: str, *, policy: str, status: int = 200) -> HTMLResponse:
    """A page with every protective header, asked for anew each time."""
    page = HTMLResponse(html, status_code=status)
    page.headers["Content-Security-Policy"] = policy
    page.headers["Cache-Control"] = "no-cache"
    page.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    page.headers["Referrer-Policy"] = "no-referrer"
    page.headers["X-Content-Type-Options"] = "nosniff"
    return page
