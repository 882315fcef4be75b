"""The demo shop's pictures as products, collections and articles refer to them."""

import hashlib
import re
import unicodedata

from commerce.product_drafts import ImageDraft
from demo import MEDIA
from media.resize import size_of


def slug(text: str) -> str:
    """A word for a file name: `Olive wood` becomes `olive-wood`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def picture(name: str, alt_text: str) -> ImageDraft:
    """A picture by its file name, its address changing with its content."""
    content = (MEDIA / name).read_bytes()
    size, version = size_of(content), hashlib.sha256(content).hexdigest()[:8]
    return ImageDraft(f"/media/demo/{name}?v={version}", alt_text, size.width, size.height)


def pictures_of(
    handle: str, title: str, colors: tuple[str, ...]
) -> tuple[dict[str, ImageDraft], tuple[ImageDraft, ...]]:
    """A product's pictures: by colour, and all of them in order, the one at its place of use last."""
    if colors:
        by_color = {color: picture(f"{handle}-{slug(color)}.webp", f"{title} in {color.lower()}") for color in colors}
    else:
        by_color = {"": picture(f"{handle}.webp", title)}
    return by_color, (*by_color.values(), picture(f"{handle}-close.webp", f"{title}, seen close"))
