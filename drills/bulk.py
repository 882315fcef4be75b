"""One call of the staff API changes 10,000 variants, in bounded time and memory, while shoppers are served."""

import time
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

import httpx
import psutil

from commerce.catalog import save_products
from commerce.product_drafts import OptionDraft, ProductDraft, ValueDraft, VariantDraft
from commerce.staff import create_token
from database.connection import address_of, opened
from drills.ground import shelf
from drills.ground.rounds import Ground, Round
from drills.ground.running import RunningShop, running_shop
from models.catalog import ProductVariant

ROUNDS = 3
PRODUCTS = 50
SIZES = 200
MOST_SECONDS, MOST_MEGABYTES = 60, 512
CHANGE = """mutation($variants: [ProductVariantsBulkInput!]!) { productVariantsBulkUpdate(variants: $variants) {
    productVariants { id price } userErrors { field code message } } }"""


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """A shop of 10,000 variants, all of which get another price, weight and SKU in one request."""
    await shelf.open_shop(ground.database)
    async with opened(address_of(ground.database)):
        await shelf.furnish()
        await save_products([a_product(number) for number in range(PRODUCTS)], now=shelf.now())
        token = (await create_token("bulk", scopes=["write_products"], now=shelf.now())).secret
        keys = [key for (key,) in await ProductVariant.all().order_by("id").values_list("id")]
        with running_shop(ground.database, ground.folder, "--no-demo") as shop:
            for number in rounds:
                yield await one_round(shop, token, keys, number)


def a_product(number: int) -> ProductDraft:
    """A product in 200 sizes."""
    sizes = [f"{size:03}" for size in range(SIZES)]
    return ProductDraft(
        handle=f"screw-{number}",
        title=f"Screw {number}",
        options=(OptionDraft("Size", tuple(map(ValueDraft, sizes))),),
        variants=tuple(VariantDraft((size,), price=100, sku=f"S-{number}-{size}", quantity=5) for size in sizes),
        tags=("screw",),
    )


async def one_round(shop: RunningShop, token: str, keys: list[int], number: int) -> Round:
    """All variants changed, and what that took of the server."""
    price = f"{number + 2}.50"
    variants = [
        {
            "id": f"gid://shopwright/ProductVariant/{key}",
            "price": price,
            "compareAtPrice": f"{number + 3}.00",
            "inventoryItem": {"sku": f"R{number}-{key}", "measurement": {"weight": {"value": 12.5, "unit": "GRAMS"}}},
        }
        for key in keys
    ]
    server = psutil.Process(shop.process.pid)
    before = processor_of(server)
    began = time.monotonic()
    async with httpx.AsyncClient(timeout=120) as client:
        answer = await client.post(
            shop.url("/admin/graphql"),
            json={"query": CHANGE, "variables": {"variants": variants}},
            headers={"X-Shopify-Access-Token": token},
        )
    took = time.monotonic() - began
    memory = peak_of(server)
    broken = await _broken(answer, price, len(keys))
    broken += [f"it took {took:.0f} s, more than {MOST_SECONDS}"] if took > MOST_SECONDS else []
    broken += [f"the server held {memory} MB, more than {MOST_MEGABYTES}"] if memory > MOST_MEGABYTES else []
    spent = processor_of(server) - before
    figures = {
        "variants changed": len(keys),
        "milliseconds": int(took * 1000),
        "milliseconds of processor": int(spent * 1000),
        "megabytes at most, summed over rounds": memory,
    }
    return Round(figures, broken=broken + await shelf.audit())


async def _broken(answer: httpx.Response, price: str, count: int) -> list[str]:
    told = answer.json()
    payload = (told.get("data") or {}).get("productVariantsBulkUpdate") or {}
    if answer.status_code != 200 or payload.get("userErrors") or "errors" in told:
        return [f"it was refused: {str(told)[:500]}"]
    changed = await ProductVariant.filter(price=int(float(price) * 100)).count()
    return [] if changed == count == len(payload["productVariants"]) else [f"{changed} of {count} variants changed"]


def processor_of(server: psutil.Process) -> float:
    """Seconds of processor time the server and its children have had."""
    times = [each.cpu_times() for each in [server, *server.children(recursive=True)]]
    return float(sum(each.user + each.system for each in times))


def peak_of(server: psutil.Process) -> int:
    """The most memory that one of the server's processes has ever held, in megabytes."""
    peaks = []
    for each in [server, *server.children(recursive=True)]:
        lines = Path(f"/proc/{each.pid}/status").read_text().splitlines()
        peaks += [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]
    return max(peaks)
