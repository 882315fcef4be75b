"""Live order status with 2,000 and 5,000 followers: cuts, kills, a full house, a mute reader, a server that ends."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

from database.connection import address_of, opened
from drills.audience.scenes import cuts_and_crashes, full_house, one_does_not_listen, the_house_closes
from drills.ground import shelf
from drills.ground.rounds import Ground, Round

ROUNDS = 4
SCENES: tuple[Callable[[Ground], Awaitable[Round]], ...] = (
    lambda ground: cuts_and_crashes(ground, followers=2_000, orders=200, changes=20, cuts=40),
    lambda ground: full_house(ground, followers=5_000),
    lambda ground: one_does_not_listen(ground, followers=500, events=60),
    lambda ground: the_house_closes(ground, followers=1_000, orders=100),
)


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """One scene a round, in turn, each in a shop of its own."""
    await shelf.open_shop(ground.database)
    async with opened(address_of(ground.database)):
        await shelf.furnish()
        for number in rounds:
            yield await SCENES[(number - 1) % len(SCENES)](ground)
