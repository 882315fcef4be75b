"""Every thing that can be drawn, by name: how, whether it lies or stands, and its colour where nobody chooses one."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from demo.drawing import camp, carried, garden, home, kitchen, knits, paper, wear
from demo.drawing.colors import Tone, rgb
from demo.drawing.easel import Easel

ROOMS = (knits, wear, carried, camp, kitchen, home, garden, paper)
LYING = {
    "jacket",
    "coat",
    "fleece",
    "jumper",
    "breton",
    "tee",
    "trousers",
    "shorts",
    "beanie",
    "scarf",
    "socks",
    "mitts",
    "cap",
    "gloves",
    "slippers",
    "knife",
    "hatchet",
    "chart",
    "teatowel",
    "trowel",
    "shears",
    "notebook",
    "calendar",
    "mendingkit",
    "samplecard",
    "giftcard",
    "artprint",
    "doormat",
    "rug",
    "umbrella",
    "binoculars",
    "board",
    "pan",
    "plate",
    "clock",
}
USUAL = {
    "basket": "#4f8a91",
    "board": "#c89e6a",
    "calendar": "#d19a2e",
    "candle": "#dccdb2",
    "coffee": "#27405f",
    "doormat": "#b58d58",
    "giftcard": "#5f7148",
    "hatchet": "#b4532f",
    "honey": "#efe5d0",
    "chart": "#d19a2e",
    "mendingkit": "#b4532f",
    "pan": "#b4a08a",
    "plantpot": "#bd6f4c",
    "artprint": "#b4532f",
    "salttin": "#4f8a91",
    "samplecard": "#6d7a83",
    "seedbox": "#5f7148",
    "shears": "#b4532f",
    "soap": "#8fa58a",
    "stormkettle": "#8f9aa0",
    "knife": "#a9824c",
    "trowel": "#a9824c",
    "woodstool": "#d9bd92",
}

TALL = {
    "beanie": 0.58,
    "bowl": 0.56,
    "candle": 0.62,
    "casserole": 0.78,
    "coat": 1.15,
    "cushion": 0.86,
    "jacket": 1.1,
    "jumper": 1.05,
    "lamp": 1.15,
    "mug": 0.6,
    "pan": 0.85,
    "plantpot": 0.86,
    "slippers": 0.62,
    "soap": 0.5,
    "socks": 0.82,
    "tent": 1.1,
    "throw": 0.84,
    "vase": 0.92,
}
"""How tall a thing looks beside others; 1 where nothing is said."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A thing on its transparent sheet, with the tone it was drawn in."""

    sheet: Image.Image
    tone: Tone
    lies: bool
    tall: float


def drawn(name: str, color: str | None = None) -> Drawn:
    """Draw the thing of this name in a colour (`#rrggbb`), or in its usual one."""
    draw: Callable[[Easel, Tone], None] = next(getattr(room, name) for room in ROOMS if hasattr(room, name))
    tone, easel = Tone(rgb(color or USUAL.get(name, "#5f7148"))), Easel()
    draw(easel, tone)
    return Drawn(easel.sheet, tone, name in LYING, TALL.get(name, 1.0))
