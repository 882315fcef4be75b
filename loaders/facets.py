"""Counts beside lists of products, in batches."""

from dataclasses import dataclass

from database.statements import Sql, joined, records_of
from loaders.reading import Loader


@dataclass(frozen=True, slots=True)
class Tally:
    """How many products have a value: its group, itself, and where it is a colour, which."""

    name: str
    label: str
    count: int
    color: str | None


class Tallies(Loader[Sql, list[Tally]]):
    """What statements count. Each selects `name, label, n, color`."""

    max_batch_size = 200

    async def batch_load_fn(self, keys: list[Sql]) -> list[list[Tally]]:
        """One statement for all counts."""
        parts = [
            Sql(f"SELECT * FROM (SELECT {n} AS part, f.* FROM ({key.text}) f) part{n}", key.values)  # noqa: S608 - the texts are ours; values travel as parameters
            for n, key in enumerate(keys)
        ]
        found: list[list[Tally]] = [[] for _ in keys]
        for number, name, label, count, color in await records_of(joined(parts, " UNION ALL ")):
            found[number].append(Tally(name, label, count or 0, color))
        return found
