"""1,000 shoppers at once want the last 10 units, uses of a code and parts of a gift card; tokens and additions race."""

from collections import Counter
from collections.abc import AsyncGenerator, Iterable

import httpx

from database.connection import address_of, opened
from drills.ground import shelf
from drills.ground.contests import Contest, additions, changed_payload, contested, contests, one_token
from drills.ground.crowd import Wish, crowd_at
from drills.ground.rounds import Ground, Round
from drills.ground.running import running_shop

ROUNDS = 20
SHOPPERS, PRIZES = 1_000, 10
REPEATS, ADDITIONS = 100, 50


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """Two workers, one crowd for each contest; who lost comes again the next round."""
    await shelf.open_shop(ground.database)
    async with opened(address_of(ground.database)):
        await shelf.furnish()
        with running_shop(ground.database, ground.folder, "--workers", "2", "--no-demo") as shop:
            async with crowd_at(shop, size=SHOPPERS) as client:
                ring = await contests(PRIZES)
                for number in rounds:
                    yield await one_round(client, ring, number)


async def one_round(
    client: httpx.AsyncClient,
    ring: list[Contest],
    number: int,
    *,
    size: int = SHOPPERS,
    repeats: int = REPEATS,
    more: int = ADDITIONS,
) -> Round:
    """Every contest once, then the races of one shopper with themselves, then the audit."""
    plenty = ring[1].wish
    played = [await contested(client, contest, number, size=size, prizes=PRIZES) for contest in ring]
    plain = Wish(plenty.variant, plenty.way)
    played.append(await one_token(client, plain, times=repeats))
    played.append(await changed_payload(client, plain, times=repeats))
    played.append(await additions(client, plain, times=more))
    figures: Counter[str] = Counter()
    for each in played:
        figures.update(each.figures)
    return Round(figures, broken=[words for each in played for words in each.broken] + await shelf.audit())
