"""Many coroutines are stepped through as an event loop would have run them in tasks."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar

import pytest

from engine.plans.stepping import outcomes_of
from loaders.reading import Loader

LANGUAGE: ContextVar[str] = ContextVar("LANGUAGE", default="none")


class Doubled(Loader[int, int]):
    """Doubles numbers in batches; four fails, and a batch with a hundred in it waits to be let go."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[Sequence[int]] = []
        self.began = asyncio.Event()
        self.go_on = asyncio.Event()

    async def batch_load_fn(self, keys: list[int]) -> list[int]:
        self.batches.append(keys)
        self.began.set()
        if 100 in keys:
            await self.go_on.wait()
        return [ValueError("four") if key == 4 else 2 * key for key in keys]  # type: ignore[misc]  # as loaders may


async def test_all_rows_share_their_batches_however_often_they_load() -> None:
    doubled = Doubled()

    async def twice(number: int) -> int:
        return await doubled.load(await doubled.load(number))

    assert await outcomes_of([twice(number) for number in (1, 3, 1, 5)]) == [4, 12, 4, 20]
    assert doubled.batches == [[1, 3, 5], [2, 6, 10]]


async def test_a_batch_that_came_while_another_was_waited_for_is_not_missed() -> None:
    slow, quick = Doubled(), Doubled()

    async def through(numbers: Doubled, number: int) -> int:
        return await numbers.load(number)

    waiting = asyncio.create_task(outcomes_of([through(slow, 100), through(quick, 1)]))
    await slow.began.wait()
    await quick.began.wait()
    for _ in range(5):
        await asyncio.sleep(0)
    slow.go_on.set()

    assert await asyncio.wait_for(waiting, 5) == [200, 2]


async def test_a_batch_that_comes_in_parts_is_waited_for_to_the_last() -> None:
    doubled = Doubled()
    doubled.max_batch_size = 2

    async def load(number: int) -> int:
        return await doubled.load(number)

    waiting = asyncio.create_task(outcomes_of([load(number) for number in (1, 2, 100, 3, 5)]))
    await doubled.began.wait()
    for _ in range(5):
        await asyncio.sleep(0)
    doubled.go_on.set()

    assert await asyncio.wait_for(waiting, 5) == [2, 4, 200, 6, 10]


async def test_a_failure_is_the_outcome_of_its_row_alone() -> None:
    doubled = Doubled()

    async def load(number: int) -> int:
        return await doubled.load(number)

    one, four, two = await outcomes_of([load(1), load(4), load(2)])

    assert (one, two) == (2, 4)
    assert str(four) == "four"


async def test_what_waits_for_something_else_runs_beside_the_rest_in_its_own_context() -> None:
    here, there = asyncio.Event(), asyncio.Event()

    async def meet(mine: asyncio.Event, other: asyncio.Event, language: str) -> str:
        LANGUAGE.set(language)
        mine.set()
        await other.wait()
        return LANGUAGE.get()

    assert await outcomes_of([meet(here, there, "nb"), meet(there, here, "se")]) == ["nb", "se"]
    assert LANGUAGE.get() == "none"


async def test_a_timeout_ends_its_own_row_and_no_other() -> None:
    doubled = Doubled()

    async def hurried() -> int:
        async with asyncio.timeout(0):
            return await doubled.load(100)

    async def patient() -> int:
        try:
            return await doubled.load(100)
        finally:
            assert doubled.go_on.is_set()

    waiting = asyncio.create_task(outcomes_of([hurried(), patient(), patient()]))
    await doubled.began.wait()
    doubled.go_on.set()

    late, *others = await waiting
    assert isinstance(late, TimeoutError)
    assert others == [200, 200]


async def test_a_task_group_inside_a_row_works() -> None:
    doubled = Doubled()

    async def both() -> int:
        async with asyncio.TaskGroup() as group:
            one = group.create_task(load(1))
            two = group.create_task(load(2))
        return one.result() + two.result()

    async def load(number: int) -> int:
        return await doubled.load(number)

    assert await outcomes_of([both(), both(), load(7)]) == [6, 6, 14]


async def test_giving_up_closes_every_row_and_leaves_the_batch_alone() -> None:
    doubled = Doubled()
    closed: list[int] = []

    async def load(number: int) -> int:
        try:
            return await doubled.load(100)
        finally:
            closed.append(number)

    waiting = asyncio.create_task(outcomes_of([load(1), load(2)]))
    await doubled.began.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert closed == [1, 2]
    doubled.go_on.set()
    assert await doubled.load(100) == 200


async def test_a_reader_who_is_canceled_does_not_take_the_others_with_it() -> None:
    doubled = Doubled()

    async def load() -> int:
        return await doubled.load(100)

    one, two = asyncio.create_task(load()), asyncio.create_task(load())
    await doubled.began.wait()
    one.cancel()
    doubled.go_on.set()

    with pytest.raises(asyncio.CancelledError):
        await one
    assert await two == 200
