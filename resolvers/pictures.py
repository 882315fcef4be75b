"""Pictures: their addresses, made absolute, and resized where they are ours."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from loaders.catalog import ImagesOfProduct
from loaders.rows import catalog as rows
from resolvers.context import Context
from resolvers.given import given
from resolvers.mistakes import BadArgument
from resolvers.paging import Page, Window, page_of_rows

WIDEST = 5760
FORMATS = {"JPG": "jpg", "PNG": "png", "WEBP": "webp"}


@dataclass(frozen=True, slots=True)
class Wish:
    """How a picture should be brought to the reader."""

    max_width: int | None = None
    max_height: int | None = None
    crop: str | None = None
    content_type: str | None = None
    scale: int = 1

    def __post_init__(self) -> None:
        for name, size in (("maxWidth", self.max_width), ("maxHeight", self.max_height)):
            if size is not None and not 1 <= size <= WIDEST:
                raise BadArgument(f"`{name}` must be between 1 and {WIDEST}.", argument=name)
        if not 1 <= self.scale <= 3:
            raise BadArgument("`scale` must be 1, 2 or 3.", argument="scale")

    @property
    def query(self) -> str:
        """The wish as the query of an address."""
        asked = {
            "width": self.max_width and min(self.max_width * self.scale, WIDEST),
            "height": self.max_height and min(self.max_height * self.scale, WIDEST),
            "crop": self.crop and self.crop.lower(),
            "format": self.content_type and FORMATS[self.content_type],
        }
        return urlencode({name: value for name, value in asked.items() if value})


def address(context: Context, url: str, wish: Wish | None = None) -> str:
    """The absolute address of a picture. Pictures kept elsewhere come as they are: their hosts resize as they do."""
    return _absolute(context.public_url, url, wish)


@lru_cache(maxsize=16_384)
def _absolute(shop: str, url: str, wish: Wish | None) -> str:
    if "://" in url:
        return url
    path, _, version = url.removeprefix("/media/").lstrip("/").partition("?")
    query = "&".join(part for part in (version, wish.query if wish else "") if part)
    return f"{shop}/media/{quote(path)}{f'?{query}' if query else ''}"


def url(context: Context, picture: Any, *, transform: Wish | None = None) -> str:
    """Where the picture is."""
    return address(context, picture.url, transform)


def transformed(
    context: Context,
    picture: Any,
    *,
    max_width: int | None = None,
    max_height: int | None = None,
    crop: str | None = None,
    preferred_content_type: str | None = None,
    scale: int = 1,
) -> str:
    """Where the picture is, wished in the older way."""
    return address(context, picture.url, Wish(max_width, max_height, crop, preferred_content_type, scale))


def picture_of(row: Any) -> rows.Picture | None:
    """The picture whose columns are `image_…` of a row, if it has one."""
    if not row.image_url:
        return None
    key = f"{type(row).__name__.lower()}-{row.id}"
    return rows.Picture(key, row.image_url, row.image_alt_text, row.image_width, row.image_height)


def image_of(context: Context, row: Any) -> rows.Picture | None:
    """The row's own picture."""
    return picture_of(row)


def swatch(context: Context, value: rows.ProductOptionValue) -> rows.Swatch | None:
    """What an option value looks like, if the shop has said so."""
    if not value.swatch_color and not value.swatch_image_url:
        return None
    if not value.swatch_image_url:
        return rows.Swatch(value.swatch_color, None)
    return rows.Swatch(
        value.swatch_color, rows.Picture(f"swatch-{value.id}", value.swatch_image_url, value.name, None, None)
    )


@given(ImagesOfProduct, by="id")
def images(
    context: Context,
    product: rows.Product,
    found: list[rows.ProductImage],
    *,
    window: Window,
    sort_key: str = "POSITION",
) -> Page[rows.ProductImage]:
    """A page of the product's pictures."""
    if sort_key in {"ID", "CREATED_AT"}:
        found = sorted(found, key=lambda image: image.id)
    return page_of_rows(found, window, key=lambda image: image.id)
