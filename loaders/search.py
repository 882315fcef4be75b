"""Searches in batches."""

from typing import NamedTuple

from database.statements import Sql, joined, records_of
from loaders.reading import Loader
from search.embedded_queries import INDEX
from search.index import Spelling


class SpellingsOf(Loader[str, tuple[Spelling, ...]]):
    """How words are really written in the shop."""

    async def batch_load_fn(self, keys: list[str]) -> list[tuple[Spelling, ...]]:
        """At most three statements for all words."""
        found = await INDEX.spellings(keys)
        return [found[key] for key in keys]


class Matches(Loader[Sql, frozenset[int]]):
    """The ids that statements of the kind `SELECT id …` find."""

    async def batch_load_fn(self, keys: list[Sql]) -> list[frozenset[int]]:
        """One statement for all."""
        parts = [Sql(f"SELECT {n} AS part, m.* FROM ({key.text}) m", key.values) for n, key in enumerate(keys)]  # noqa: S608 - the texts are ours; values travel as parameters
        found: list[set[int]] = [set() for _ in keys]
        for number, key in await records_of(joined(parts, " UNION ALL ")):
            found[number].add(key)
        return [frozenset(each) for each in found]


class Hit(NamedTuple):
    """Something found: by its place in the order, which is whether it can be had, how well it fits, and what it is."""

    tier: int
    value: float
    kind: str
    key: int


class Found(NamedTuple):
    """The first of what was found, and how much there is."""

    hits: list[Hit]
    total: int


class Hits(Loader[Sql, Found]):
    """What searches find, in order. Each key selects `tier, value, kind, key`, without an order."""

    most = 5_000

    async def batch_load_fn(self, keys: list[Sql]) -> list[Found]:
        """One statement for all searches."""
        parts = [
            Sql(
                f"SELECT * FROM (SELECT {n} AS part, h.*, COUNT(*) OVER () AS total FROM ({key.text}) h"  # noqa: S608 - the texts are ours; values travel as parameters
                f" ORDER BY tier, value, kind, key LIMIT {self.most}) part{n}",
                key.values,
            )
            for n, key in enumerate(keys)
        ]
        found: list[list[Hit]] = [[] for _ in keys]
        totals = [0] * len(keys)
        for number, tier, value, kind, key, total in await records_of(joined(parts, " UNION ALL ")):
            found[number].append(Hit(tier, value, kind, key))
            totals[number] = total
        return [Found(hits, total) for hits, total in zip(found, totals, strict=True)]
