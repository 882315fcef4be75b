"""Pictures: what is served, what is made smaller, and what no address can reach."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.routing import Route

from media import resize
from media.endpoint import Media
from media.resize import Unreadable, resized, size_of
from media.shelf import Shelf
from media.storage import BadPath, LocalFolder
from media.transform import Crop, Transform, cut, read_transform


def a_picture(width: int = 400, height: int = 200, kind: str = "PNG") -> bytes:
    """Left half red, right half blue."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width // 2, height))
    sheet = io.BytesIO()
    image.save(sheet, kind)
    return sheet.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "pictures"
    root.mkdir()
    (root / "wide.png").write_bytes(a_picture())
    (root / "mug.webp").write_bytes(a_picture(300, 300, "WEBP"))
    (root / "note.png").write_text("not a picture")
    (root / "notes.txt").write_text("no picture at all")
    (tmp_path / "secret.png").write_bytes(a_picture())
    (root / "leak.png").symlink_to(tmp_path / "secret.png")
    return root


@pytest.fixture
async def browser(folder: Path, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    media = Media({"demo": LocalFolder(folder)}, Shelf(tmp_path / "shelf"))
    app = Starlette(routes=[Route("/media/{path:path}", media.serve)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        yield client


def opened(answer: httpx.Response) -> Image.Image:
    return Image.open(io.BytesIO(answer.content))


async def test_a_picture_is_served_as_it_is_and_may_be_kept_for_ever(browser: httpx.AsyncClient, folder: Path) -> None:
    answer = await browser.get("/media/demo/wide.png")

    assert answer.status_code == 200
    assert answer.content == (folder / "wide.png").read_bytes()
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_browser_that_has_the_picture_is_not_sent_it_again(browser: httpx.AsyncClient) -> None:
    whole = (await browser.get("/media/demo/wide.png")).headers["etag"]
    small = (await browser.get("/media/demo/wide.png?width=10")).headers["etag"]

    assert whole != small
    again = await browser.get("/media/demo/wide.png?width=10", headers={"If-None-Match": f'"other", W/{small}'})
    assert (again.status_code, again.content) == (304, b"")
    assert (await browser.get("/media/demo/wide.png?width=10", headers={"If-None-Match": whole})).status_code == 200


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("width=100", (100, 50)),
        ("height=100", (200, 100)),
        ("width=100&height=100", (100, 50)),
        ("width=100&height=100&crop=center", (100, 100)),
        ("width=4000", (400, 200)),
        ("width=999999999999", (400, 200)),
        ("width=4000&height=4000&crop=top", (200, 200)),
        ("width=0", (400, 200)),
        ("width=-5&height=x&crop=sideways", (400, 200)),
        ("v=123&utm_source=letter", (400, 200)),
        ("width=1", (1, 1)),
    ],
)
async def test_a_wish_is_met_but_never_beyond_the_original(
    browser: httpx.AsyncClient, query: str, size: tuple[int, int]
) -> None:
    answer = await browser.get(f"/media/demo/wide.png?{query}")

    assert answer.status_code == 200
    assert opened(answer).size == size


@pytest.mark.parametrize(("crop", "colour"), [("left", (255, 0, 0)), ("right", (0, 0, 255))])
async def test_a_crop_keeps_the_side_that_was_asked_for(
    browser: httpx.AsyncClient, crop: str, colour: tuple[int, int, int]
) -> None:
    answer = await browser.get(f"/media/demo/wide.png?width=50&height=100&crop={crop}")

    assert opened(answer).size == (50, 100)
    assert opened(answer).getpixel((25, 50)) == colour


async def test_another_format_is_made_on_request_and_named_rightly_from_the_shelf(browser: httpx.AsyncClient) -> None:
    first = await browser.get("/media/demo/mug.webp?width=50&format=jpg")
    second = await browser.get("/media/demo/mug.webp?width=50&format=jpg")

    assert opened(first).format == "JPEG"
    assert first.content == second.content
    assert first.headers["content-type"] == second.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize(
    "path",
    [
        "demo/missing.png",
        "demo/notes.txt",
        "elsewhere/wide.png",
        "wide.png",
        "demo/../secret.png",
        "demo/%2e%2e/secret.png",
        "demo/..%2fsecret.png",
        "demo/%2e%2e%5csecret.png",
        "demo//etc/passwd.png",
        "demo/leak.png",
        "demo/.hidden.png",
        "demo/wide.png%00.png",
        "demo/" + "a/" * 50 + "b.png",
        "demo/" + "a" * 5000 + ".png",
    ],
)
async def test_no_address_leads_out_of_the_folder(browser: httpx.AsyncClient, path: str) -> None:
    answer = await browser.get(httpx.URL("http://shop.test").copy_with(raw_path=f"/media/{path}".encode()))

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"


async def test_what_is_no_picture_is_said_to_be_none(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/media/demo/note.png?width=5")

    assert answer.status_code == 422
    assert "not a JPEG, PNG, WebP or GIF picture" in answer.text


def test_a_picture_of_too_many_pixels_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resize, "MOST_PIXELS", 400 * 200 - 1)

    with pytest.raises(Unreadable, match="more than"):
        resized(a_picture(), Transform(width=10))


def test_half_a_file_is_refused_not_sent() -> None:
    content = a_picture(kind="JPEG")

    with pytest.raises(Unreadable):
        resized(content[: len(content) // 2], Transform(width=10))


def test_a_camera_held_sideways_is_put_upright_and_its_notes_are_left_out() -> None:
    sheet, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"
    Image.new("RGB", (40, 20), "green").save(sheet, "JPEG", exif=exif)

    assert (size_of(sheet.getvalue()).width, size_of(sheet.getvalue()).height) == (20, 40)
    made = Image.open(io.BytesIO(resized(sheet.getvalue(), Transform(width=10)).content))
    assert made.size == (10, 20)
    assert not made.getexif()


def test_an_animation_keeps_moving() -> None:
    sheet = io.BytesIO()
    frames = [Image.new("P", (20, 20), n) for n in range(2)]
    frames[0].save(sheet, "GIF", save_all=True, append_images=frames[1:])

    assert resized(sheet.getvalue(), Transform(width=10)).content == sheet.getvalue()


async def test_when_too_many_wait_the_next_is_asked_to_come_back(folder: Path, tmp_path: Path) -> None:
    media = Media({"demo": LocalFolder(folder)}, Shelf(tmp_path / "shelf"), at_once=1, waiting=1)
    app = Starlette(routes=[Route("/media/{path:path}", media.serve)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        answers = await asyncio.gather(*(client.get(f"/media/demo/wide.png?width={n + 10}") for n in range(12)))

    assert {answer.status_code for answer in answers} == {200, 503}
    assert all(answer.headers["retry-after"] == "1" for answer in answers if answer.status_code == 503)


def test_the_shelf_throws_out_what_was_longest_unused(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, limit=1000)
    for name in ("aa", "bb", "cc"):
        shelf.put(name, b"x" * 400)
    for time, name in enumerate(("bb", "cc", "aa")):  # the order of last use
        file = tmp_path / name / name
        file.touch()
        os.utime(file, (time, time))

    shelf.sweep()

    assert shelf.get("bb") is None
    assert shelf.get("cc") == shelf.get("aa") == b"x" * 400


def test_an_upload_is_kept_whole_inside_the_folder(tmp_path: Path) -> None:
    storage = LocalFolder(tmp_path)

    storage.write("2026/a.png", b"picture")

    assert storage.read("2026/a.png") == b"picture"
    assert storage.version("2026/a.png") is not None
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["a.png"]
    with pytest.raises(BadPath):
        storage.write("../a.png", b"picture")


def test_a_query_is_understood_or_left_out() -> None:
    assert read_transform({"width": "10", "height": "20", "crop": "TOP"}) == Transform(10, 20, Crop.TOP)
    assert read_transform({"crop": "top"}) == Transform()
    assert read_transform({"width": "١٢", "format": "exe"}) == Transform()


def test_a_cut_fills_the_wished_shape_exactly() -> None:
    assert cut(Transform(100, 100, Crop.RIGHT), width=400, height=200).box == (200, 0, 400, 200)
    assert cut(Transform(100, 100, Crop.BOTTOM), width=200, height=400).box == (0, 200, 200, 400)
