"""A plan answers what graphql-core answers: the same data in the same order, and the same errors."""

import asyncio
import gc
import os
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from graphql import ExecutionResult
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.plans import leaves, levels, plan, running, shapes
from tests.engine.plans.library import library
from tests.engine.plans.operations import Asked, Maker
from tests.engine.plans.same import Run, Ways
from tests.engine.plans.world import World

MANY = int(os.environ.get("SHOPWRIGHT_GENERATED_OPERATIONS", "150"))
SCHEMA = library()
WAYS = Ways.of(SCHEMA)
pytestmark = [  # graphql-core drops what it had started below a null; whether plans do is asked below
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """What graphql-core has dropped is collected here, where its warnings are expected."""
    yield
    gc.collect()


def made_up(dice: Any, kind: str) -> Asked:
    """A generated operation."""
    return Maker(SCHEMA._schema, dice).operation(kind)


@pytest.mark.parametrize("kind", ["query", "mutation", "subscription"])
@pytest.mark.parametrize("odds", [4, 15, 1000])
async def test_generated_operations_get_the_same_answers(kind: str, odds: int) -> None:
    ran = 0
    for seed in range(MANY // (3 if kind == "query" else 12)):
        ran += await ran_the_same(random.Random(f"{kind}{odds}{seed}"), kind, seed, odds)
    assert ran


@given(dice=st.randoms(use_true_random=False), seed=st.integers(0, 99), odds=st.sampled_from([3, 10, 100]))
@settings(max_examples=MANY // 6, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_operations_made_up_to_break_plans_get_the_same_answers(dice: random.Random, seed: int, odds: int) -> None:
    with asyncio.Runner() as runner:
        runner.run(ran_the_same(dice, "query", seed, odds))


async def ran_the_same(dice: random.Random, kind: str, seed: int, odds: int) -> bool:
    """Whether a generated operation was valid; a difference fails the test."""

    async def world(run: Run) -> tuple[Sequence[ExecutionResult], list[str]]:
        made = World(seed, odds)
        return await run(made), made.log

    return await WAYS.same(made_up(dice, kind), world) is not None


@pytest.mark.parametrize(
    ("where", "what", "wrong"),
    [
        (leaves, "RIGHT", {"String": "True", "ID": "True"}),
        (leaves, "absent", lambda required_by: None),
        (running.Run, "record", lambda run, error, place, keys=(): run.errors or run.errors.append(error)),
        (running.Use, "same", property(lambda use: use.key)),
        (running, "path_of", lambda place, keys=(): list(keys)),
        (shapes.Items, "opened", lambda self, value, place, run, below, places: []),
        (levels, "Serial", lambda make, later: levels.Rowwise(make, None, later)),
    ],
)
async def test_a_plan_that_is_broken_on_purpose_is_caught(
    where: Any, what: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, what, wrong)
    monkeypatch.setattr(plan, "Serial", levels.Serial)
    with pytest.raises((AssertionError, KeyError)):
        for seed in range(400):
            kind = "mutation" if seed % 2 else "query"
            await ran_the_same(random.Random(seed), kind, seed, 4)
