"""How the embedded index is asked, in the words of each database."""

from collections.abc import Sequence

from database.statements import Sql, among, dialect, joined, records_of
from models.search import SearchKind
from search.index import Columns, Spelling
from search.spelling import forms, grams, nearest, tolerance

WEIGHTS = "10.0, 4.0, 1.0"
CANDIDATES = 60
LETTERS = {"title": "A", "labels": "B", "body": "D"}


class Embedded:
    """The index inside the shop's own database."""

    async def spellings(self, words: Sequence[str]) -> dict[str, tuple[Spelling, ...]]:
        """As they are or in another form; else as beginnings; else as the nearest words there are."""
        wanted = sorted(set(words))
        known = await _known({form for word in wanted for form in _forms(word)})
        found = {word: [form for form in _forms(word) if form in known] for word in wanted}
        beginnings = await _begun([word for word in wanted if not found[word]])
        lost = [word for word in wanted if not found[word] and word not in beginnings and tolerance(word)]
        found |= await _nearest(lost)
        return {
            word: tuple(Spelling((form,)) for form in found[word]) or (Spelling((word,), beginning=True),)
            for word in wanted
        }

    def matching(self, kind: SearchKind, spellings: Sequence[Spelling], *, columns: Columns = ()) -> Sql:
        """Keys out of the index."""
        if dialect() == "sqlite":
            return Sql(f"SELECT d.key {_FTS5}", (_fts5(spellings, columns=columns), kind.value))
        return Sql(
            "SELECT d.key FROM search_document d WHERE d.vector @@ to_tsquery('simple', ?) AND d.kind = ?",
            (_tsquery(spellings, columns=columns), kind.value),
        )

    def ranking(self, kind: SearchKind, spellings: Sequence[Spelling]) -> Sql:
        """Keys with scores; titles weigh most, then what things are grouped by."""
        if dialect() == "sqlite":
            text = f"SELECT d.key AS key, -bm25(search_text, {WEIGHTS}) AS score {_FTS5}"
            return Sql(text, (_fts5(spellings), kind.value))
        text = (
            "SELECT d.key AS key, CAST(ts_rank('{0.05, 0.1, 0.4, 1.0}', d.vector, q) AS DOUBLE PRECISION) AS score"
            " FROM search_document d, to_tsquery('simple', ?) q WHERE d.vector @@ q AND d.kind = ?"
        )
        return Sql(text, (_tsquery(spellings), kind.value))

    async def beginnings(self, start: str, *, most: int) -> list[str]:
        """Words of titles and labels that begin so."""
        condition = _begins(start)
        text = f"SELECT term FROM search_term WHERE {condition.text} ORDER BY length, term LIMIT {most}"  # noqa: S608 - the texts are ours; values travel as parameters
        return [record[0] for record in await records_of(Sql(text, condition.values))]


_FTS5 = "FROM search_text JOIN search_document d ON d.id = search_text.rowid WHERE search_text MATCH ? AND d.kind = ?"


def _forms(word: str) -> list[str]:
    return list(dict.fromkeys([*forms(word), f"{word}s", f"{word}es"]))


async def _known(words: set[str]) -> set[str]:
    if not words:
        return set()
    wanted = among("term", sorted(words))
    text = f"SELECT term FROM search_term WHERE {wanted.text}"  # noqa: S608 - the texts are ours; values travel as parameters
    return {record[0] for record in await records_of(wanted._replace(text=text))}


async def _begun(words: Sequence[str]) -> set[str]:
    """Those of the words that some word of the shop begins with."""
    if not words:
        return set()
    parts = []
    for number, word in enumerate(words):
        begins = _begins(word)
        text = f"SELECT {number} WHERE EXISTS (SELECT 1 FROM search_term WHERE {begins.text})"  # noqa: S608 - the texts are ours; values travel as parameters
        parts.append(begins._replace(text=text))
    return {words[record[0]] for record in await records_of(joined(parts, " UNION ALL "))}


async def _nearest(words: Sequence[str]) -> dict[str, list[str]]:
    """The nearest words of the shop for each, found by the letters they share."""
    if not words:
        return {}
    records = await records_of(joined((_alike(number, word) for number, word in enumerate(words)), " UNION ALL "))
    candidates: dict[str, list[str]] = {word: [] for word in words}
    for number, term in records:
        candidates[words[number]].append(term)
    return {word: nearest(word, candidates[word]) for word in words}


def _alike(number: int, word: str) -> Sql:
    letters = among("g.gram", sorted(grams(word)))
    slips = tolerance(word)
    return Sql(
        f"SELECT * FROM (SELECT {number} AS word, t.term FROM search_gram g JOIN search_term t ON t.id = g.term_id"  # noqa: S608 - the texts are ours; values travel as parameters
        f" WHERE {letters.text} AND t.length BETWEEN {len(word) - slips} AND {len(word) + slips}"
        f" GROUP BY t.term ORDER BY COUNT(*) DESC LIMIT {CANDIDATES}) word{number}",
        letters.values,
    )


def _begins(word: str) -> Sql:
    if dialect() == "sqlite":
        return Sql("term >= ? AND term < ?", (word, f"{word}\U0010ffff"))
    return Sql("term LIKE ?", (f"{word}%",))


def _fts5(spellings: Sequence[Spelling], *, columns: Columns = ()) -> str:
    """Words are letters and digits only, so quotes around them hold."""
    ways = " OR ".join(f'"{" ".join(each.words)}"{" *" if each.beginning else ""}' for each in spellings)
    return f"{{{' '.join(columns)}}} : ({ways})" if columns else ways


def _tsquery(spellings: Sequence[Spelling], *, columns: Columns = ()) -> str:
    weights = "".join(LETTERS[column] for column in columns)
    return " | ".join(_ts_phrase(each, weights) for each in spellings)


def _ts_phrase(spelling: Spelling, weight: str) -> str:
    marks = [weight] * (len(spelling.words) - 1) + [("*" if spelling.beginning else "") + weight]
    pairs = zip(spelling.words, marks, strict=True)
    return "(" + " <-> ".join(f"'{word}':{mark}" if mark else f"'{word}'" for word, mark in pairs) + ")"


INDEX = Embedded()
