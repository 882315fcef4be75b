"""The explorer from our own files, made by `npm run build`: no request leaves the machine."""

from pages.safety import content_policy

HEAD = (
    '<link rel="stylesheet" href="/assets/built/explorer.css">'
    '<script type="module" src="/assets/built/explorer.js"></script>'
)
POLICY = content_policy(
    styles=["'unsafe-inline'"],  # the code editor writes style elements of its own
    fonts=["data:"],  # the bundle carries its fonts
)
