"""The search box of staff lists: `status:open total:>=50 -tag:vip ada` becomes conditions on rows."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q

from models.money import Money
from resolvers.mistakes import BadArgument

TERM = re.compile(
    r"(?P<without>-)?(?:(?P<field>[A-Za-z_]+):)?(?P<how>>=|<=|>|<)?(?:\"(?P<quoted>[^\"]*)\"|(?P<word>[^\s\"]+))"
)
MOST_TERMS = 20
LONGEST_TERM = 255  # as long as the texts that are looked through
LARGEST = 2**31 - 1
LARGEST = 2**62
WAYS = {">": "__gt", ">=": "__gte", "<": "__lt", "<=": "__lte", "": ""}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition as typed: how to compare (empty for equal) and with what."""

    how: str
    value: str


Condition = Callable[[Term], Q]


def conditions(text: str | None, fields: Mapping[str, Condition], *, words: Condition) -> Q:
    """What the text asks for; every term must hold. Raises BadArgument for a field the list does not know."""
    found = list(TERM.finditer(text or ""))
    if len(found) > MOST_TERMS:
        raise BadArgument(f"At most {MOST_TERMS} terms can be searched for at once.", argument="query")
    every = Q()
    for match in found:
        condition = _condition(match, fields, words)
        every &= ~condition if match["without"] else condition
    return every


def _condition(match: re.Match[str], fields: Mapping[str, Condition], words: Condition) -> Q:
    value = match["quoted"] if match["quoted"] is not None else match["word"]
    if len(value) > LONGEST_TERM:
        raise BadArgument(f"A term has at most {LONGEST_TERM} characters.", argument="query")
    term = Term(match["how"] or "", value)
    if match["field"] is None:
        return words(term)
    if match["field"] not in fields:
        known = ", ".join(sorted(fields))
        raise BadArgument(f"This list cannot be searched by {match['field']!r}, only by {known}.", argument="query")
    return fields[match["field"]](term)


def one_of(column: str, *, values: Mapping[str, Any]) -> Condition:
    """A column that holds one of a few words; `any` is everything, commas are alternatives."""

    def condition(term: Term) -> Q:
        asked = [word.casefold() for word in term.value.split(",")]
        if asked == ["any"]:
            return Q()
        unknown = [word for word in asked if word not in values]
        if unknown:
            raise BadArgument(f"{unknown[0]!r} is none of {', '.join(values)}.", argument="query")
        return _where(f"{column}__in", [values[word] for word in asked])

    return condition


def text_in(column: str) -> Condition:
    """A column with this text, whatever its case; a trailing * takes everything that begins with it."""

    def condition(term: Term) -> Q:
        if term.value.endswith("*"):
            return Q(**{f"{column}__istartswith": term.value.rstrip("*")})
        return Q(**{f"{column}__iexact": term.value})

    return condition


def text_within(column: str) -> Condition:
    """A column that holds this text somewhere, whatever its case."""

    def condition(term: Term) -> Q:
        return Q(**{f"{column}__icontains": term.value})

    return condition


def moment_in(column: str) -> Condition:
    """A column that holds a moment; a date is that day's beginning, in UTC, and equals the whole day."""

    def condition(term: Term) -> Q:
        try:
            moment = dt.datetime.fromisoformat(term.value)
            moment = moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
            end = moment + dt.timedelta(days=1)
        except (ValueError, OverflowError):
            raise BadArgument(f"{term.value!r} is no date, like 2026-04-01.", argument="query") from None
        if term.how:
            return _where(f"{column}{WAYS[term.how]}", moment)
        return _where(f"{column}__gte", moment) & _where(f"{column}__lt", end)

    return condition


def number_in(column: str) -> Condition:
    """A column that holds a whole number."""

    def condition(term: Term) -> Q:
        digits = term.value.removeprefix("#")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 11 and int(digits) <= LARGEST):
            raise BadArgument(f"{term.value!r} is no whole number, or too large.", argument="query")
        return _where(f"{column}{WAYS[term.how]}", int(digits))

    return condition


def amount_in(column: str, currency: str) -> Condition:
    """A column that holds minor units, asked for as an amount of the currency."""

    def condition(term: Term) -> Q:
        try:
            minor = Money.of(term.value, currency).minor
        except (ValueError, ArithmeticError):
            raise BadArgument(f"{term.value!r} is no amount in {currency}, like 12.50.", argument="query") from None
        return _where(f"{column}{WAYS[term.how]}", max(-LARGEST, min(minor, LARGEST)))

    return condition


def _where(condition: str, value: Any) -> Q:
    return Q(**{condition: value})
