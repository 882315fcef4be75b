"""The demo shop: data and pictures, made by us."""

from pathlib import Path

FOLDER = Path(__file__).parent
MEDIA = FOLDER / "media"
"""The pictures, as `drawing/` makes them; served below /media/demo/."""
