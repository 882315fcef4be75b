"""`python -m demo.drawing`: draw every picture of the demo shop anew. The same picture every time."""

import tomllib
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import Any

from PIL import Image

from demo import FOLDER, MEDIA
from demo.drawing import stage
from demo.drawing.colors import mix, rgb
from demo.drawing.logo import logo
from demo.drawing.things import drawn
from demo.goods import COLOR, sheets
from demo.pictures import slug

QUALITY = 80
BACKDROPS = ("#d9cdb8", "#c3cfc8", "#dcc4b4", "#c9cdd6", "#d8d2bd")


@dataclass(frozen=True, slots=True)
class Work:
    """One picture to draw: its file, its things with their colours, and how they are shown."""

    file: str
    things: tuple[tuple[str, str | None], ...]
    manner: str


def main() -> None:
    """Draw all, two at a time, and throw out what no product asks for any more."""
    work = list(all_work())
    MEDIA.mkdir(exist_ok=True)
    for old in set(MEDIA.glob("*.webp")) - {MEDIA / one.file for one in work} - {MEDIA / "logo.webp"}:
        old.unlink()
    with ProcessPoolExecutor(2) as artists:
        list(artists.map(draw, work, chunksize=8))
    keep(logo(), "logo.webp")


def all_work() -> list[Work]:
    """Everything the demo shop shows."""
    colors: dict[str, str] = _read("shop.toml")["colors"]
    work: list[Work] = []
    for sheet in sheets():
        work += _of_product(sheet, colors)
    groups = [("collection", sheet) for sheet in _read("collections.toml")["collection"]]
    groups += [("article", sheet) for sheet in _read("content/blog.toml")["article"]]
    usual = list(colors.values())
    for at, (kind, sheet) in enumerate(groups):
        if "scene" in sheet:
            things = tuple((name, usual[(at * 3 + place * 2) % 17]) for place, name in enumerate(sheet["scene"]))
            work.append(Work(f"{kind}-{sheet['handle']}.webp", things, f"banner {at}"))
    return work


def _of_product(sheet: dict[str, Any], colors: dict[str, str]) -> list[Work]:
    handle, name = sheet["handle"], sheet["picture"]
    shown: list[str] = sheet.get("options", {}).get(COLOR, [])
    near = colors[shown[0]] if shown else None
    if not shown:
        return [
            Work(f"{handle}.webp", ((name, None),), "whole"),
            Work(f"{handle}-close.webp", ((name, None),), "close"),
        ]
    whole = [Work(f"{handle}-{slug(color)}.webp", ((name, colors[color]),), "whole") for color in shown]
    return [*whole, Work(f"{handle}-close.webp", ((name, near),), "close")]


def draw(work: Work) -> None:
    """Draw one picture and keep it."""
    things = [drawn(name, color) for name, color in work.things]
    first = things[0]
    if work.manner == "whole":
        show = stage.lying if first.lies else stage.standing
        picture = show(first.sheet, first.tone.backdrop)
    elif work.manner == "close":
        picture = stage.close(first.sheet, first.tone.main)
    else:
        backdrop = rgb(BACKDROPS[int(work.manner.split()[1]) % len(BACKDROPS)])
        picture = stage.banner([(thing.sheet, thing.tall) for thing in things], mix(backdrop, first.tone.main, 0.12))
    keep(picture, work.file)


def keep(picture: Image.Image, file: str) -> None:
    """Keep a picture as WebP."""
    picture.save(MEDIA / file, "WEBP", quality=QUALITY, method=6)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text())


if __name__ == "__main__":
    main()
