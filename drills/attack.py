"""All that hostile clients send, and thousands of generated requests: refused by name, cheaply, and nobody notices."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

from drills.ground.rounds import Ground, Round
from drills.siege.scenes import bystanders, documents_and_values, flood, fuzzed, other_doors

ROUNDS = 14
SCENES: tuple[Callable[[Ground], Awaitable[Round]], ...] = (
    lambda ground: documents_and_values(ground, times=5),
    lambda ground: other_doors(ground, times=3, each=100),
    lambda ground: flood(ground, number=10_000),
    lambda ground: bystanders(ground, requests=600, turns=3),
)
"""The first rounds; all others are generated requests."""
GENERATED = 1_000


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """One scene a round, each in a server of its own."""
    for number in rounds:
        if number <= len(SCENES):
            yield await SCENES[number - 1](ground)
        else:
            yield await fuzzed(ground, number, size=GENERATED)
