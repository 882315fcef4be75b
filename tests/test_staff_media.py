"""Staff bring pictures in, by address and by upload; what is no picture alone is refused in little memory."""

import io
import struct
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from media.bringing import Bringer
from media.fetching import Fetcher
from media.intake import LARGEST, taken_in
from media.storage import LocalFolder
from models.catalog import Collection, ProductImage, ProductVariant
from models.media import File
from outbox.announcing import IN_PROCESS
from resolvers.context import Services, Viewer, utc_now
from schema.admin.schema import admin
from tests.catalogue import goods
from tests.shop import SIGNER, Counter
from tests.test_media import a_picture
from tests.test_staff_products import ERRORS, gid
from uploads import upload_routes

SCOPES = frozenset({"read_products", "write_products", "read_files", "write_files"})
OURS = "https://shop.example/media/"
ADD = f"""mutation($id: ID!, $media: [CreateMediaInput!]!) {{ productCreateMedia(productId: $id, media: $media) {{
    media {{ id alt status image {{ url width height }} }} mediaUserErrors {{ code }} {ERRORS} }} }}"""
STAGE = f"""mutation($input: [StagedUploadInput!]!) {{ stagedUploadsCreate(input: $input) {{
    stagedTargets {{ url resourceUrl parameters {{ name value }} }} {ERRORS} }} }}"""


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def with_metadata() -> bytes:
    """A photograph that tells where it was taken."""
    image = Image.open(io.BytesIO(a_picture(kind="JPEG")))
    exif = image.getexif()
    exif[0x010E] = "at home"
    exif[0x0112] = 6
    sheet = io.BytesIO()
    image.save(sheet, "JPEG", exif=exif, comment=b"secret")
    return sheet.getvalue()


COMMENT = b"\xff\xfe\x00\x12<script>alert(1)"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "svg with script": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "text": lambda: b"hello",
    "nothing": lambda: b"",
    "pdf": lambda: b"%PDF-1.7\n1 0 obj",
    "truncated": lambda: a_picture(kind="JPEG")[:-400],
    "truncated png": lambda: a_picture()[:200],
    "bomb": lambda: png_of(60_000, 60_000),
    "bomb within its pixels": lambda: png_of(4_900, 4_900),
    "picture and archive": lambda: a_picture() + b"PK\x03\x04" + b"x" * 30 + b"PK\x05\x06" + b"\0" * 18,
    "picture and page": lambda: a_picture(kind="GIF") + b"<html><script>alert(1)</script>",
    "page in a comment": lambda: a_picture(kind="JPEG").replace(
        b"\xff\xdb", b"\xff\xfe\x00\x12<script>alert(1)\xff\xdb", 1
    ),
    "too long": lambda: a_picture() + b"\0" * LARGEST,
}


@pytest.fixture
def bringer(tmp_path: Path) -> Bringer:
    demo = Path(__file__).parent.parent / "demo" / "media"
    return Bringer({"shop": LocalFolder(tmp_path / "media"), "demo": LocalFolder(demo)}, Fetcher(private=True))


@pytest.fixture
def clerk(database: object, bringer: Bringer) -> Counter:
    return Counter(admin(), Viewer(staff="clerk", scopes=SCOPES), pictures=bringer, clock=utc_now)


@pytest.fixture
async def door(database: object, bringer: Bringer) -> AsyncIterator[httpx.AsyncClient]:
    """The side door, at which whoever says so is the clerk."""

    async def viewer_of(connection: Any) -> Viewer | None:
        return Viewer(staff="clerk", scopes=SCOPES) if "x-shopify-access-token" in connection.headers else None

    services = Services(feed=IN_PROCESS, signer=SIGNER, pictures=bringer)
    app = Starlette(routes=upload_routes(lambda: services, viewer_of, public_url="https://shop.example"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://shop.test") as client:
        yield client


async def did(clerk: Counter, document: str, **variables: Any) -> Any:
    asked = await clerk.ask(document, **variables)
    assert asked.codes == []
    (payload,) = asked.data.values()
    return payload


async def sent(door: httpx.AsyncClient, content: bytes, *, token: str | None = "t", **form: str) -> Any:
    headers = {"X-Shopify-Access-Token": token} if token else {}
    answer = await door.post("/admin/uploads", files={"file": ("a.png", content)}, data=form, headers=headers)
    return answer.status_code, answer.json()


@pytest.mark.once
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_drawn_anew(kind: str) -> None:
    kept = taken_in(a_picture(kind=kind))
    assert (kept.width, kept.height) == (400, 200)
    assert Image.open(io.BytesIO(kept.content)).format == {"GIF": "PNG"}.get(kind, kind)


@pytest.mark.once
def test_nothing_but_the_picture_is_kept_and_it_stands_upright() -> None:
    kept = taken_in(with_metadata())

    assert (kept.width, kept.height) == (200, 400)
    assert b"at home" not in kept.content
    assert b"secret" not in kept.content
    assert not Image.open(io.BytesIO(kept.content)).getexif()


@pytest.mark.parametrize("what", HOSTILE)
async def test_what_is_no_picture_alone_is_refused_in_little_memory(door: httpx.AsyncClient, what: str) -> None:
    content = HOSTILE[what]()
    tracemalloc.start()
    status, told = await sent(door, content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert status in {413, 422}
    assert told["file"] is None
    assert told["userErrors"][0]["field"] == ["file"]
    assert peak < 150 * 1024 * 1024
    assert await File.all().count() == 0


async def test_fifty_megabytes_are_refused_and_never_held(door: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
        for _ in range(50):
            yield b"\0" * 1024 * 1024
        yield b"\r\n--b--\r\n"

    headers = {"X-Shopify-Access-Token": "t", "Content-Type": "multipart/form-data; boundary=b"}
    tracemalloc.start()
    answer = await door.post("/admin/uploads", content=endless(), headers=headers)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.status_code == 413
    assert answer.json()["userErrors"][0]["code"] == "FILE_TOO_LARGE"
    assert peak < 40 * 1024 * 1024


async def test_an_upload_needs_a_token_or_the_pass_it_was_given(door: httpx.AsyncClient, clerk: Counter) -> None:
    assert (await sent(door, a_picture(), token=None))[0] == 401
    assert (await sent(door, a_picture(), token=None, **{"key": "a" * 32, "pass": "made up"}))[0] == 401
    wanted = {"filename": "mug.png", "mimeType": "image/png", "httpMethod": "POST", "resource": "IMAGE"}
    (target,) = (await did(clerk, STAGE, input=[wanted]))["stagedTargets"]
    form = {part["name"]: part["value"] for part in target["parameters"]}
    assert target["url"] == "https://shop.example/admin/uploads"

    status, told = await sent(door, a_picture(), token=None, **form)

    assert (status, told["file"]["resourceUrl"]) == (201, target["resourceUrl"])
    assert (await sent(door, a_picture(), token=None, **form))[1]["userErrors"][0]["code"] == "TAKEN"
    product = gid("Product", await goods("a-mug", images=0))
    payload = await did(clerk, ADD, id=product, media=[{"originalSource": target["resourceUrl"], "alt": "A mug"}])
    assert payload["userErrors"] == []
    image = payload["media"][0]["image"]
    assert (image["width"], image["height"], payload["media"][0]["alt"]) == (400, 200, "A mug")
    assert image["url"].startswith(f"{OURS}shop/")
    svg = {**wanted, "mimeType": "image/svg+xml"}
    assert (await did(clerk, STAGE, input=[svg]))["userErrors"][0]["code"] == "UNACCEPTABLE_ASSET"


async def test_pictures_are_put_on_a_product_described_moved_and_taken_away(clerk: Counter) -> None:
    key = await goods("a-mug", images=0)
    names = sorted(path.name for path in (Path(__file__).parent.parent / "demo" / "media").glob("*.webp"))[:2]
    media = [{"originalSource": f"{OURS}demo/{name}", "alt": name} for name in names]
    made = await did(clerk, ADD, id=gid("Product", key), media=media)
    first, second = (each["id"] for each in made["media"])
    assert [image.url for image in await ProductImage.all().order_by("position")] == [f"demo/{n}" for n in names]

    moved = await did(
        clerk,
        "mutation($id: ID!, $moves: [MoveInput!]!) { productReorderMedia(id: $id, moves: $moves) { media { id } } }",
        id=gid("Product", key),
        moves=[{"id": second, "newPosition": "0"}],
    )
    assert [each["id"] for each in moved["media"]] == [second, first]
    variant = await ProductVariant.filter(product_id=key).order_by("id").first()
    assert variant is not None
    pictured = await did(
        clerk,
        f"""mutation($id: ID!, $variants: [ProductVariantsBulkInput!]!) {{ productVariantsBulkUpdate(productId: $id,
            variants: $variants) {{ productVariants {{ image {{ altText }} }} {ERRORS} }} }}""",
        id=gid("Product", key),
        variants=[{"id": gid("ProductVariant", variant.id), "mediaId": first}],
    )
    assert pictured["productVariants"] == [{"image": {"altText": names[0]}}]


async def test_pictures_are_described_and_taken_away_from_variants_too(clerk: Counter) -> None:
    key = await goods("a-mug", images=2)
    pictures = await ProductImage.filter(product_id=key).order_by("position")
    first, second = (gid("MediaImage", picture.id) for picture in pictures)
    variant = await ProductVariant.filter(product_id=key).order_by("id").first()
    assert variant is not None
    await ProductVariant.filter(id=variant.id).update(image_id=pictures[0].id)
    described = await did(
        clerk,
        f"""mutation($id: ID!, $media: [UpdateMediaInput!]!) {{ productUpdateMedia(productId: $id, media: $media) {{
            media {{ alt }} {ERRORS} }} }}""",
        id=gid("Product", key),
        media=[{"id": second, "alt": "A mug, blue"}],
    )
    assert described["media"][1]["alt"] == "A mug, blue"
    gone = await did(
        clerk,
        f"""mutation($id: ID!, $ids: [ID!]!) {{ productDeleteMedia(productId: $id, mediaIds: $ids) {{ deletedMediaIds
            product {{ media(first: 5) {{ nodes {{ alt }} }} }} {ERRORS} }} }}""",
        id=gid("Product", key),
        ids=[first],
    )
    assert gone["deletedMediaIds"] == [first]
    assert gone["product"]["media"]["nodes"] == [{"alt": "A mug, blue"}]
    assert (await ProductVariant.get(id=variant.id)).image_id is None  # type: ignore[attr-defined]


async def test_files_are_brought_in_found_described_and_forgotten(clerk: Counter) -> None:
    made = await did(
        clerk,
        f"""mutation($files: [FileCreateInput!]!) {{ fileCreate(files: $files) {{
            files {{ id alt fileStatus createdAt }} {ERRORS} }} }}""",
        files=[{"originalSource": f"{OURS}demo/collection-wear.webp", "alt": "Wear", "filename": "wear.webp"}],
    )
    assert made["userErrors"] == []
    key = made["files"][0]["id"]
    found = await clerk.ask('{ files(first: 5, query: "filename:wear*") { nodes { id alt image { url } } } }')
    assert [node["id"] for node in found.data["files"]["nodes"]] == [key]
    await did(clerk, f"""mutation {{ fileUpdate(files: [{{id: "{key}", alt: "Clothes"}}]) {{ {ERRORS} }} }}""")
    assert (await File.get()).alt_text == "Clothes"
    gone = await did(clerk, f'mutation {{ fileDelete(fileIds: ["{key}"]) {{ deletedFileIds {ERRORS} }} }}')
    assert gone["deletedFileIds"] == [key]
    assert await File.all().count() == 0


async def test_a_source_that_cannot_be_leaves_nothing_behind(clerk: Counter) -> None:
    key = await goods("a-mug", images=1)
    good = {"originalSource": f"{OURS}demo/collection-wear.webp"}
    for source in (
        f"{OURS}demo/../../settings.py",
        f"{OURS}uploads/nobody",
        "http://127.0.0.1:1/a.png",
        f"{OURS}shop/x",
    ):
        payload = await did(clerk, ADD, id=gid("Product", key), media=[good, {"originalSource": source}])
        assert payload["userErrors"][0]["field"] == ["media", "1", "originalSource"]
        assert payload["mediaUserErrors"] != []
    assert await ProductImage.filter(product_id=key).count() == 1


async def test_a_collection_has_a_picture(clerk: Counter) -> None:
    payload = await did(
        clerk,
        f"""mutation($input: CollectionInput!) {{ collectionCreate(input: $input) {{ collection {{ image {{ url altText
            width }} }} {ERRORS} }} }}""",
        input={"title": "Wear", "image": {"src": f"{OURS}demo/collection-wear.webp", "altText": "Clothes"}},
    )
    assert payload["userErrors"] == []
    assert payload["collection"]["image"]["altText"] == "Clothes"
    assert (await Collection.get()).image_url == "demo/collection-wear.webp"
