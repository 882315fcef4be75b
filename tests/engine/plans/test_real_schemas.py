"""Both schemas of the shop, asked both ways: the documents we know of, and thousands that are made up."""

import gc
import os
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from bench.workloads import reads
from engine.plans import leaves, running, shapes
from models.catalog import Product, ProductVariant
from resolvers.context import Viewer
from schema.admin.schema import admin
from schema.storefront.schema import storefront
from tests.conftest import rolled_back
from tests.engine.plans.faults import Faults, that_can_fail
from tests.engine.plans.known import Known, known_of
from tests.engine.plans.larkmoor import Larkmoor, clerk, shopper
from tests.engine.plans.operations import Asked, Maker
from tests.engine.plans.same import Ways

MANY = int(os.environ.get("SHOPWRIGHT_GENERATED_OPERATIONS", "80"))
SHARES = {"query": 12, "mutation": 5, "subscription": 3}
NEVER = 10**9
ODDS = (8, 40, NEVER)
pytestmark = [
    pytest.mark.once,
    pytest.mark.filterwarnings("ignore:coroutine .* was never awaited"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


DIALECT = Path(__file__).parent.parent / "dialect"
DOCUMENTS = [
    *(pytest.param(asked["query"], "", id=name) for name, asked in reads("").items()),
    *(
        pytest.param(file.read_text(), name, id=name)
        for file in sorted(DIALECT.glob("*.graphql"))
        for name in re.findall(r"^(?:query|mutation) (\w+)", file.read_text(), re.MULTILINE)
    ),
]


@dataclass(frozen=True)
class Side:
    """A schema with whoever asks it."""

    ways: Ways
    viewer: Callable[[random.Random], Viewer]


SIDES = {
    "storefront": Side(Ways.of(that_can_fail(storefront())), shopper),
    "admin": Side(Ways.of(that_can_fail(admin())), clerk),
}


@pytest.fixture(scope="module", autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """What graphql-core has dropped is collected here, where its warnings are expected."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
async def larkmoor(migrated: BaseDBAsyncClient) -> AsyncIterator[Larkmoor]:
    async with rolled_back(migrated):
        yield await Larkmoor.furnished()


@pytest.fixture(scope="module")
async def known(larkmoor: Larkmoor) -> dict[str, Known]:
    return {name: await known_of(side.ways.schema._schema, larkmoor.whole) for name, side in SIDES.items()}


@pytest.mark.parametrize("kind", SHARES)
@pytest.mark.parametrize("name", SIDES)
async def test_generated_operations_get_the_same_answers(
    larkmoor: Larkmoor, known: dict[str, Known], name: str, kind: str
) -> None:
    came: Counter[str] = Counter()
    seed = 0
    while came["run"] < MANY * SHARES[kind] // 20:
        seed += 1
        came.update(await ran_the_same(larkmoor, SIDES[name], known[name], kind, seed))

    assert came["with data"] > came["run"] // 4, came
    assert came["with errors"] or kind == "subscription", came


async def ran_the_same(larkmoor: Larkmoor, side: Side, known: Known, kind: str, seed: int) -> Iterable[str]:
    """Run an operation made up from this number, unless it is not fit to be run; a difference fails the test."""
    dice = random.Random(f"{kind}{seed}")
    asked = Maker(side.ways.schema._schema, dice, known=known).operation(kind)
    faults = Faults(seed, dice.choice(ODDS))
    world = (larkmoor.writing if kind == "mutation" else larkmoor.reading)(side.viewer(dice), faults)
    results = await side.ways.same(asked, world)
    if results is None:
        return []
    told = ["with data" for result in results if result.data and any(result.data.values())]
    return ["run", *told, *("with errors" for result in results if result.errors)]


@pytest.mark.parametrize(("text", "name"), DOCUMENTS)
async def test_documents_that_storefronts_send_get_the_same_answers(larkmoor: Larkmoor, text: str, name: str) -> None:
    variant = f"gid://shopwright/ProductVariant/{(await ProductVariant.all().order_by('-id').first()).id}"  # type: ignore[union-attr]
    cart = larkmoor.whole.basket.id
    given = {
        "handle": (await Product.all().order_by("id").first()).handle,  # type: ignore[union-attr]
        "id": cart,
        "cartId": cart,
        "first": 100,
        "lines": [{"merchandiseId": variant, "quantity": 2}],
    }
    variables = {key: value for key, value in given.items() if f"${key}:" in text}

    answers = await SIDES["storefront"].ways.same(
        Asked(text, variables), larkmoor.writing(Viewer(), Faults(0, NEVER)), name=name or None
    )

    assert answers
    assert answers[0].errors is None
    assert all(answers[0].data.values())  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("where", "what", "wrong"),
    [
        (leaves, "RIGHT", {"String": "True", "ID": "True"}),
        (running, "path_of", lambda place, keys=(): list(keys)),
        (shapes.Items, "opened", lambda self, value, place, run, below, places: []),
    ],
)
async def test_a_plan_that_is_broken_on_purpose_is_caught(
    larkmoor: Larkmoor, known: dict[str, Known], where: Any, what: str, wrong: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, what, wrong)
    with pytest.raises(AssertionError):
        for seed in range(300):
            await ran_the_same(larkmoor, SIDES["storefront"], known["storefront"], "query", seed)
