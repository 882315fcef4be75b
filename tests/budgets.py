"""What fields cost the database, measured one at a time, beside what was agreed in statement_budgets.toml."""

import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.catalogue import counted
from tests.every_field import SLOT, Place, Ways, waits
from tests.shop import Counter

AGREED = Path(__file__).parent / "statement_budgets.toml"
HEAD = "# The fields that add more than one SQL statement, and how many, however many objects they are asked of.\n"
USUAL = 1
"""What a field may cost that the table does not name."""


@dataclass(frozen=True)
class Cost:
    """How many statements a field adds to the list its owners come from, and how much came back."""

    statements: int
    answered: int


async def costs(ways: Ways, counter: Counter, places: Iterable[Place]) -> dict[str, Cost]:
    """Each of these fields that may ask the database, alone, below as many of its owners as there are."""
    to = ways.to()
    alone: dict[str, int] = {}
    found: dict[str, Cost] = {}
    for place in filter(lambda place: waits(place.field), places):
        assert place.owner in to, f"say in `entrances` how {place.owner} is reached"
        if place.owner not in alone:
            alone[place.owner] = (await _asked(counter, to[place.owner], "__typename")).statements
        cost = await _asked(counter, to[place.owner], ways.asking(place))
        found[str(place)] = Cost(cost.statements - alone[place.owner], cost.answered)
    return found


async def _asked(counter: Counter, way: str, slot: str) -> Cost:
    document = f"{{ {way.replace(SLOT, slot)} }}"
    with counted() as statements:
        asked = await counter.ask(document)
    assert asked.codes == [], (document, asked.codes)
    return Cost(statements.count, _weight(asked.data))


def _weight(data: Any, *, below: bool = False) -> int:
    """How many values stand below `it`."""
    if isinstance(data, dict):
        return below + sum(_weight(value, below=below or name == "it") for name, value in data.items())
    if isinstance(data, list):
        return sum(_weight(value, below=below) for value in data)
    return int(below and data is not None)


def differences(schema: str, found: dict[str, Cost]) -> str:
    """The lines of the table that are not as measured. `WRITE_BUDGETS=1` writes them, for somebody to look at."""
    table: dict[str, dict[str, int]] = tomllib.loads(AGREED.read_text())
    measured = {name: cost.statements for name, cost in found.items() if cost.statements > USUAL}
    if os.environ.get("WRITE_BUDGETS"):
        table[schema] = measured
        AGREED.write_text(HEAD + "".join(f"\n[{name}]\n{_lines(table[name])}" for name in sorted(table)))
    gone = [f"no longer {name}\n" for name in sorted(table[schema].keys() - measured.keys())]
    return _lines(dict(measured.items() - table[schema].items())) + "".join(gone)


def _lines(budgets: dict[str, int]) -> str:
    return "".join(f'"{name}" = {statements}\n' for name, statements in sorted(budgets.items()))
