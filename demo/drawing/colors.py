"""Colours as numbers: mixing, lighter and darker ones, and the backdrop a thing looks well on."""

from dataclasses import dataclass

from PIL import ImageColor

Rgb = tuple[int, int, int]

PAPER: Rgb = (246, 241, 232)
NIGHT: Rgb = (24, 28, 38)
OAK: Rgb = (200, 158, 106)
ASH: Rgb = (222, 196, 156)
WALNUT: Rgb = (112, 78, 54)
STEEL: Rgb = (172, 180, 186)
IRON: Rgb = (62, 65, 71)
BRASS: Rgb = (205, 160, 78)
LEATHER: Rgb = (139, 90, 54)
CREAM: Rgb = (240, 231, 212)


def rgb(text: str) -> Rgb:
    """A colour from `#rrggbb`."""
    red, green, blue, *_ = ImageColor.getrgb(text)
    return red, green, blue


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`share` of the other in the one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(color: Rgb, share: float) -> Rgb:
    """Towards warm white."""
    return mix(color, (255, 250, 240), share)


def darker(color: Rgb, share: float) -> Rgb:
    """Towards a night blue, as shadows are."""
    return mix(color, NIGHT, share)


def brightness(color: Rgb) -> float:
    """From 0, black, to 1, white."""
    red, green, blue = color
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


@dataclass(frozen=True, slots=True)
class Tone:
    """The colour of a thing, and what goes with it."""

    main: Rgb

    @property
    def light(self) -> Rgb:
        """For rims, linings and stripes."""
        return lighter(self.main, 0.35)

    @property
    def dark(self) -> Rgb:
        """For folds and seams."""
        return darker(self.main, 0.3)

    @property
    def trim(self) -> Rgb:
        """For what must stand out from it, whatever it is."""
        return darker(self.main, 0.45) if brightness(self.main) > 0.55 else lighter(self.main, 0.55)

    @property
    def backdrop(self) -> Rgb:
        """A quiet wall to stand before: pale for dark things, deeper for pale ones."""
        if brightness(self.main) > 0.72:
            return mix((176, 190, 186), self.main, 0.25)
        return mix(PAPER, self.main, 0.2)
