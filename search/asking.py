"""A search text as a condition and a ranking, for one kind of thing."""

from collections.abc import Mapping
from dataclasses import dataclass

from database.statements import FALSE, Sql, all_of, any_of
from models.search import SearchKind
from search.fields import Condition
from search.folding import words as words_of
from search.index import Columns, Index, Spelling
from search.spelling import forms
from search.syntax import All, Either, Field, Not, Part, Words, leaves, parsed

Spellings = Mapping[str, tuple[Spelling, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, understood: what must hold of a thing, and how well it matches, if words were asked for."""

    condition: Sql | None
    ranking: Sql | None


def understood(text: str, fields: Mapping[str, Condition]) -> Part:
    """The parts of a text; `title:` is known for everything."""
    return parsed(text, frozenset({"title", *fields}))


def words_in(part: Part) -> list[str]:
    """The single words of a text whose spelling may be doubted."""
    match part:
        case Words((word,), exact=False, beginning=False):
            return [word]
        case All(parts) | Either(parts):
            return [word for each in parts for word in words_in(each)]
        case Not(inner):
            return words_in(inner)
    return []


@dataclass(frozen=True, slots=True)
class Question:
    """A kind of thing, whose key is `key` in the statement asked, with its fields and the spellings of the words."""

    index: Index
    kind: SearchKind
    key: str
    fields: Mapping[str, Condition]
    spellings: Spellings
    loose_end: bool = True
    """Whether the last word may be only the beginning of one."""
    columns: Columns = ()
    """Where words are looked for; everywhere unless some are named."""

    def ask(self, part: Part) -> Asked:
        """What must hold, and how well it matches."""
        if part == All(()):
            return Asked(None, None)
        ways = [spelling for leaf in leaves(part) for spelling in self._ways(leaf)]
        return Asked(self._condition(part), self.index.ranking(self.kind, ways) if ways else None)

    def _condition(self, part: Part) -> Sql:
        match part:
            case Words():
                return self._holding(self._ways(part))
            case Field():
                return self._field(part)
            case Not(inner):
                inside = self._condition(inner)
                return Sql(f"NOT ({inside.text})", inside.values)
            case All(parts):
                return all_of(self._condition(each) for each in parts)
            case Either(parts):
                return any_of(self._condition(each) for each in parts)

    def _field(self, field: Field) -> Sql:
        if field.name in self.fields:
            return self.fields[field.name](field)
        found = tuple(words_of(field.value))
        if not found:
            return FALSE
        ways = [Spelling((*found[:-1], form)) for form in forms(found[-1])]
        if field.value.endswith("*"):
            ways = [Spelling(found, beginning=True)]
        return self._holding(ways, columns=("title",))

    def _ways(self, leaf: Words) -> tuple[Spelling, ...]:
        if leaf.exact:
            return (Spelling(leaf.words),)
        if leaf.beginning or len(leaf.words) > 1:
            return (Spelling(leaf.words, beginning=leaf.beginning or (leaf.last and self.loose_end)),)
        found = self.spellings.get(leaf.words[0], ())
        if leaf.last and self.loose_end and any(way.words == leaf.words for way in found):
            return (*found, Spelling(leaf.words, beginning=True))
        return found or (Spelling(leaf.words),)

    def _holding(self, ways: list[Spelling] | tuple[Spelling, ...], *, columns: Columns = ()) -> Sql:
        found = self.index.matching(self.kind, ways, columns=columns or self.columns)
        return Sql(f"{self.key} IN ({found.text})", found.values)
