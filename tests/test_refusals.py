"""A refusal leaves every table as it was: asserted for each place where an act of commerce refuses.

Add a case to `tests/refusals/` for every new refusal of the rooms named here; the second half of this file finds those
that have none.
"""

import ast
import importlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from commerce import checkout
from commerce.refusals import Refusal
from drills.ground.contents import all_at_once
from tests.refusals import CASES, Case, buying, carts, orders, people

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "canceling",
    "cart_delivery",
    "cart_details",
    "cart_lines",
    "cart_metafields",
    "carts",
    "checkout",
    "customers",
    "fulfillment",
    "gift_cards",
    "merging_carts",
    "moving_money",
    "opening_carts",
    "order_links",
    "paid_by_hand",
    "promises",
    "recovering",
    "returning",
    "stock",
    "throttling",
)
TOLD = (buying, carts, orders, people)


def name_of(case: Case) -> str:
    """What a case is about."""
    function = getattr(case, "func", case)
    return f"{inspect.getmodule(function).__name__.rpartition('.')[2]}: {function.__name__}"  # type: ignore[union-attr]


def place_of(frame: FrameType | None) -> tuple[str, int]:
    """The file and line that made a refusal, whatever constructors lie between."""
    while frame is not None and frame.f_code.co_name == "__init__":
        frame = frame.f_back
    assert frame is not None
    return Path(frame.f_code.co_filename).stem, frame.f_lineno


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where refusals are made while the test runs, those that an act answers instead of raising too."""
    places: list[tuple[str, int]] = []
    make = Refusal.__init__

    def noted(self: Refusal, *given: Any, **more: Any) -> None:
        places.append(place_of(sys._getframe(1)))
        make(self, *given, **more)

    monkeypatch.setattr(Refusal, "__init__", noted)
    return places


def where_rooms_refuse() -> Iterator[tuple[str, range]]:
    """Every statement that raises a refusal: its room and its lines."""
    for room in ROOMS:
        module = importlib.import_module(f"commerce.{room}")
        for node in ast.walk(ast.parse((ROOT / "commerce" / f"{room}.py").read_text())):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name):
                kind = getattr(module, node.exc.func.id, None)
                if isinstance(kind, type) and issubclass(kind, Refusal):
                    yield room, range(node.lineno, (node.end_lineno or node.lineno) + 1)


async def test_every_refusal_leaves_every_table_as_it_was(
    database: BaseDBAsyncClient, refused: list[tuple[str, int]]
) -> None:
    everything = await all_at_once(database)
    wrong: dict[str, object] = {}
    for case in CASES:
        act = await case()
        before, made = await database.execute_query_dict(everything), len(refused)
        answer: object = None
        with suppress(Refusal):
            answer = await act()
        after = await database.execute_query_dict(everything)
        changed = [now["name"] for then, now in zip(before, after, strict=True) if then != now]
        if changed or (len(refused) == made and not isinstance(answer, checkout.Refused)):
            wrong[name_of(case)] = changed or "was not refused"

    assert wrong == {}
    places = set(refused)
    without = [
        f"{room}.py:{lines[0]}" for room, lines in where_rooms_refuse() if places.isdisjoint((room, at) for at in lines)
    ]
    assert without == [], "these refusals have no case in tests/refusals"


def test_every_file_of_cases_is_read() -> None:
    assert {str(told.__name__).rpartition(".")[2] for told in TOLD} | {"__init__"} == {
        path.stem for path in (ROOT / "tests" / "refusals").glob("*.py")
    }
