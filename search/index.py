"""What a search index must be able to say. The embedded one says it in SQL, so that a search joins any list."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from database.statements import Sql
from models.search import SearchKind

Columns = tuple[str, ...]
"""Some of `title`, `labels` and `body`; none of them means all."""


class Spelling(NamedTuple):
    """One way of writing what is looked for: words in this order; of the last, perhaps only the beginning."""

    words: tuple[str, ...]
    beginning: bool = False


class Index(Protocol):
    """Answers which things hold which words, and how well they match."""

    async def spellings(self, words: Sequence[str]) -> dict[str, tuple[Spelling, ...]]:
        """How each word is really written in the shop: as it is, in another form, as a beginning, or mistyped."""

    def matching(self, kind: SearchKind, spellings: Sequence[Spelling], *, columns: Columns = ()) -> Sql:
        """A statement for the keys of the things that hold one of these, in these columns if any are named."""

    def ranking(self, kind: SearchKind, spellings: Sequence[Spelling]) -> Sql:
        """A statement for the `key` of each thing that holds some of these, with its `score`; higher is better."""

    async def beginnings(self, start: str, *, most: int) -> list[str]:
        """Words of the shop that begin so, the most used first."""
