"""2,000 random lives of a shop: shoppers, staff, a provider, crashes and time, against an independent model."""

import asyncio
from collections.abc import AsyncGenerator, Iterable

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from database.migrating import migrate
from drills.ground.counter import counter_at
from drills.ground.machine import ShopMachine
from drills.ground.rounds import Ground, Round

ROUNDS = 20
EXAMPLES, STEPS = 100, 25


async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
    """A hundred examples a round, on SQLite, where an act takes least; the tests play some on PostgreSQL too."""
    database = f"sqlite://{ground.folder / 'model.db'}"
    await migrate(database, report=str)
    for number in rounds:
        yield await asyncio.to_thread(one_round, database, number, examples=EXAMPLES)


def one_round(database: str, number: int, *, examples: int, steps: int = STEPS, shrink: bool = True) -> Round:
    """So many examples, from a seed of this round's own. What breaks is told as the shortest life that breaks it."""
    with counter_at(database) as counter:

        class Machine(ShopMachine):
            """The model over this round's shop."""

        Machine.counter = counter
        try:
            run_state_machine_as_test(seed(number)(Machine), settings=_settings(examples, steps, shrink=shrink))
        except Exception as error:  # noqa: BLE001 - whatever went wrong is what the round is for
            return Round({"examples": examples}, ["\n".join([repr(error), *getattr(error, "__notes__", [])])])
    return Round({"examples": examples})


def _settings(examples: int, steps: int, *, shrink: bool) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
