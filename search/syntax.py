"""What a search box holds, understood: words, "phrases", fields, AND, OR, NOT, a minus sign, parentheses.

Nothing is an error here: what cannot be read as syntax is read as words.
"""

import re
from dataclasses import dataclass

from search.folding import words

LONGEST = 1_000
MOST_LEAVES = 32
DEEPEST = 10

TOKEN = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))"
    r"|(?P<minus>-(?=[^\s-]))?(?:(?P<field>[A-Za-z_][A-Za-z_.]*):(?=\S))?"
    r"(?P<comparator><=|>=|<|>|=)?"
    r"(?:\"(?P<phrase>[^\"]*)\"?|'(?P<quoted>[^']*)'|(?P<bare>[^\s()]+)))"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words that must stand together in this order; one word alone may also be the beginning of one."""

    words: tuple[str, ...]
    exact: bool = False
    beginning: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field and what it must be: `tag:wool`, `variants.price:>20`, `title:"wool jumper"`, `sku:AB*`."""

    name: str
    comparator: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    part: "Part"


@dataclass(frozen=True, slots=True)
class All:
    """What must hold together; nothing at all holds always."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Of which one must hold."""

    parts: tuple["Part", ...]


Part = Words | Field | Not | All | Either


def parsed(text: str, known: frozenset[str] = frozenset()) -> Part:
    """Understand a text; fields that are not `known` are words."""
    return _Reader(text[:LONGEST], known).read()


class _Reader:
    def __init__(self, text: str, known: frozenset[str]) -> None:
        self._tokens = [match for match in TOKEN.finditer(text) if match.group().strip()]
        self._at = 0
        self._known = known
        self._leaves = 0

    def read(self) -> Part:
        parts = []
        while self._at < len(self._tokens):
            parts.append(self._either(0))
            self._at += self._next_is("close")
        return _all(parts)

    def _either(self, depth: int) -> Part:
        ways = [self._together(depth)]
        while self._word_is("OR"):
            self._at += 1
            ways.append(self._together(depth))
        ways = [way for way in ways if way != All(())]
        return ways[0] if len(ways) == 1 else Either(tuple(ways)) if ways else All(())

    def _together(self, depth: int) -> Part:
        parts = []
        while self._at < len(self._tokens) and not self._word_is("OR") and not self._next_is("close"):
            if self._word_is("AND"):
                self._at += 1
                continue
            parts.append(self._one(depth))
        return _all(parts)

    def _one(self, depth: int) -> Part:
        negated = False
        while self._word_is("NOT"):
            self._at += 1
            negated = not negated
        if self._at >= len(self._tokens) or self._next_is("close"):
            return All(())
        match = self._tokens[self._at]
        self._at += 1
        part = self._group(depth) if match["open"] else self._leaf(match)
        return Not(part) if (negated != bool(match["minus"])) and part != All(()) else part

    def _group(self, depth: int) -> Part:
        if depth >= DEEPEST:
            return All(())  # the parenthesis means nothing more; what it holds is read as it comes
        part = self._either(depth + 1)
        self._at += self._next_is("close")
        return part

    def _leaf(self, match: re.Match[str]) -> Part:
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            return All(())
        quoted = match["phrase"] if match["phrase"] is not None else match["quoted"]
        value = quoted if quoted is not None else match["bare"]
        name = (match["field"] or "").lower()
        if name in self._known:
            return Field(name, match["comparator"] or ":", value)
        found = tuple(words(f"{name} {value}"))
        if not found:
            return All(())
        beginning = quoted is None and value.endswith("*")
        return Words(found, exact=quoted is not None, beginning=beginning, last=match is self._tokens[-1])

    def _next_is(self, kind: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at][kind] is not None

    def _word_is(self, operator: str) -> bool:
        if self._at >= len(self._tokens):
            return False
        match = self._tokens[self._at]
        return match["bare"] == operator and not (match["minus"] or match["field"] or match["comparator"])


def _all(parts: list[Part]) -> Part:
    kept = tuple(part for part in parts if part != All(()))
    return kept[0] if len(kept) == 1 else All(kept)


def leaves(part: Part) -> list[Words]:
    """The words a text asks for, without those it rules out: what makes one match better than another."""
    match part:
        case Words():
            return [part]
        case All(parts) | Either(parts):
            return [leaf for each in parts for leaf in leaves(each)]
    return []
