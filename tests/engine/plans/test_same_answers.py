"""A plan answers what graphql-core answers: the same data in the same order, and the same errors."""

import asyncio
import gc
import os
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from graphql import ExecutionResult, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.documents import Document, DocumentStore
from engine.errors import Refused
from engine.executor import Execution, ReferenceExecutor
from engine.limits import Limits
from engine.plans import leaves, levels, plan, running, shapes
from engine.plans.executor import PlanExecutor
from engine.requests import GraphQLRequest
from tests.engine.plans.comparing import differences, told
from tests.engine.plans.library import library
from tests.engine.plans.operations import ROOM_FOR_DIRECTIVE, Asked, Maker
from tests.engine.plans.world import World

MANY = int(os.environ.get("SHOPWRIGHT_GENERATED_OPERATIONS", "150"))
SCHEMA = library()
LIMITS = Limits()
PLANS = PlanExecutor(SCHEMA, LIMITS)
pytestmark = [  # graphql-core drops what it had started below a null; whether plans do is asked below
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
MADE_UP_BADLY = {"GRAPHQL_VALIDATION_FAILED", "QUERY_TOO_COMPLEX", "QUERY_TOO_DEEP"}
REFERENCE = ReferenceExecutor(SCHEMA, LIMITS)


@pytest.fixture(scope="module", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """What graphql-core has dropped is collected here, where its warnings are expected."""
    yield
    gc.collect()


async def answered(execution: Execution, world: World, kind: str) -> tuple[list[ExecutionResult], list[str]]:
    """Every answer of an operation: one, or one for each event; and what was written meanwhile."""
    if kind != "subscription":
        return [await execution.answer(world)], world.log
    events = [event async for event in await execution.open(world)]
    return [await execution.answer_event(event, world) for event in events], world.log


async def check(asked: Asked, kind: str, seed: int, odds: int) -> None:
    """Run an operation both ways over the same world and compare."""
    document = DocumentStore(SCHEMA._schema, LIMITS).find(GraphQLRequest(query=asked.text))
    operation = document.operation(None)
    try:
        theirs = REFERENCE.prepare(document, operation, dict(asked.variables))
    except Refused:
        return
    ours = PLANS.prepare(document, operation, dict(asked.variables))
    assert ours.way == "plan"
    mine, written = await answered(ours, World(seed, odds), kind)
    others, also_written = await answered(theirs, World(seed, odds), kind)
    assert written == also_written
    assert len(mine) == len(others)
    for own, other in zip(mine, others, strict=True):
        difference = differences(own, other)
        if difference is not None:
            difference = differences(own, other, await possible_errors(document, asked, kind, seed, odds))
        assert difference is None, f"{difference}\n{asked.text}\n{asked.variables}\nseed {seed}, odds {odds}"


async def possible_errors(document: Document, asked: Asked, kind: str, seed: int, odds: int) -> set[Any]:
    """Every error the operation has when no error takes others with it."""
    text = asked.text.replace(ROOM_FOR_DIRECTIVE, "@experimental_disableErrorPropagation", 1)
    syntax = parse(text)
    execution = REFERENCE.prepare(replace(document, syntax=syntax), document.operation(None), dict(asked.variables))
    results, _ = await answered(execution, World(seed, odds), kind)
    return {told(error) for result in results for error in result.errors or ()}


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
    try:
        await check(made_up(dice, kind), kind, seed, odds)
    except Refused as refused:
        if {(error.extensions or {})["code"] for error in refused.errors} <= MADE_UP_BADLY:
            return False
        raise
    return True


@pytest.mark.parametrize(
    ("where", "what", "wrong"),
    [
        (leaves, "RIGHT", {"String": "True", "ID": "True"}),
        (leaves, "absent", lambda required_by: None),
        (running.Run, "record", lambda run, error, place, keys=(): run.errors or run.errors.append(error)),
        (running, "path_of", lambda place, keys=(): list(keys)),
        (shapes.Items, "opened", lambda self, value, place, run, below, places: []),
        (levels, "Serial", levels.Rowwise),
    ],
)
async def test_a_plan_that_is_broken_on_purpose_is_caught(
    where: Any, what: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, what, wrong)
    monkeypatch.setattr(plan, "Serial", levels.Serial)
    with pytest.raises(AssertionError):
        for seed in range(400):
            kind = "mutation" if seed % 2 else "query"
            await ran_the_same(random.Random(seed), kind, seed, 4)
