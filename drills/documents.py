"""Ten thousand documents, none like another, sent to one server: what it keeps of them stays within its bound."""

import random
from collections.abc import AsyncGenerator, Iterable

import httpx
import psutil

from drills.ground import shelf
from drills.ground.rounds import Ground, Round
from drills.ground.running import RunningShop, running_shop
from engine import Limits

ROUNDS = 1
DOCUMENTS, WARMING, LOOK_EVERY = 10_000, 50, 100
MEGABYTE = 1024 * 1024
BOUND = Limits().store_bytes // MEGABYTE
MOST_MEGABYTES = BOUND + BOUND // 4  # with what is under way, and what the allocator holds back
PICTURE, MONEY = "{ url altText width height }", "{ amount currencyCode }"
FIELDS = (
    *("id", "handle", "title", "description", "descriptionHtml", "vendor", "productType", "tags", "availableForSale"),
    *("seo { title description }", f"featuredImage {PICTURE}", "options { id name optionValues { id name } }"),
    f"priceRange {{ minVariantPrice {MONEY} maxVariantPrice {MONEY} }}",
    f"compareAtPriceRange {{ minVariantPrice {MONEY} }}",
    f"images(first: 5) {{ nodes {PICTURE} }}",
    f"selectedOrFirstAvailableVariant {{ id title price {MONEY} }}",
    f"variants(first: 5) {{ nodes {{ id title sku selectedOptions {{ name value }} price {MONEY} image {PICTURE} }} }}",
    f"adjacentVariants {{ id title price {MONEY} }}",
)


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """A shop that keeps no answers, asked for the same goods in ever new words."""
    await shelf.open_shop(ground.database)
    with running_shop(ground.database, ground.folder, "--no-demo", SHOPWRIGHT_ANSWER_CACHE="off") as shop:
        for number in rounds:
            yield await one_round(shop, number, documents=DOCUMENTS)


async def one_round(shop: RunningShop, number: int, *, documents: int) -> Round:
    """So many documents, and how far the server's memory grew above what it held after the first few."""
    dice = random.Random(number)
    server = psutil.Process(shop.process.pid)
    refused, begun, most = 0, 0, 0
    async with httpx.AsyncClient(timeout=60) as client:
        for count in range(WARMING + documents):
            answer = await client.post(shop.url("/graphql"), json={"query": a_document(dice, f"N{number}D{count}")})
            refused += answer.status_code != 200 or "errors" in answer.json()
            if count == WARMING:
                begun = held_by(server)
            elif count > WARMING and count % LOOK_EVERY == 0:
                most = max(most, held_by(server) - begun)
    grown = most // MEGABYTE
    broken = [f"{refused} documents were refused"] if refused else []
    broken += [f"memory grew by {grown} MB, more than {MOST_MEGABYTES}"] if grown > MOST_MEGABYTES else []
    return Round({"documents": documents, "megabytes grown": grown, "megabytes of the bound": BOUND}, broken=broken)


def a_document(dice: random.Random, name: str) -> str:
    """A product page and a listing in an order of their own."""
    page, card = (" ".join(dice.sample(FIELDS, dice.randrange(8, len(FIELDS) + 1))) for _ in range(2))
    return f'query {name} {{ product(handle: "none") {{ {page} }} products(first: 2) {{ nodes {{ {card} }} }} }}'


def held_by(server: psutil.Process) -> int:
    """The bytes that the server and its children hold for themselves."""
    return sum(each.memory_full_info().uss for each in [server, *server.children(recursive=True)])
