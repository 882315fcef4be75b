"""Counts as what a shopper can tick, each with the filter it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from loaders.facets import Tally
from loaders.rows.catalog import Swatch
from models.money import Money

MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a list can be narrowed to."""

    id: str
    label: str
    count: int
    input: str
    swatch: Swatch | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of values a list can be narrowed by."""

    id: str
    label: str
    type: str
    presentation: str | None
    values: list[Choice]


def _text(value: object) -> str:
    return orjson.dumps(value).decode()


def availability_facet(tallies: Sequence[Tally]) -> list[Facet]:
    """Whether products can be bought."""
    counts = {tally.label: tally.count for tally in tallies}
    values = [
        Choice(f"filter.v.availability.{mark}", label, counts.get(mark, 0), _text({"available": mark == "1"}))
        for mark, label in (("1", "In stock"), ("0", "Out of stock"))
    ]
    return [Facet("filter.v.availability", "Availability", "LIST", "TEXT", values)] if counts else []


def price_facet(tallies: Sequence[Tally], currency: str) -> list[Facet]:
    """From the lowest to the highest price."""
    if not tallies or not tallies[0].count:
        return []
    low, high = (float(Money(int(minor), currency).amount) for minor in (tallies[0].name, tallies[0].label))
    value = Choice("filter.v.price", "Price", tallies[0].count, _text({"price": {"min": low, "max": high}}))
    return [Facet("filter.v.price", "Price", "PRICE_RANGE", None, [value])]


def list_facet(key: str, label: str, tallies: Sequence[Tally], argument: str) -> list[Facet]:
    """One group of plain values."""
    values = [Choice(f"{key}.{_slug(t.label)}", t.label, t.count, _text({argument: t.label})) for t in tallies]
    return [Facet(key, label, "LIST", "TEXT", values)] if values else []


def option_facets(tallies: Sequence[Tally]) -> list[Facet]:
    """A group for each option."""
    made = []
    for name in sorted({tally.name for tally in tallies}):
        key = f"filter.v.option.{_slug(name)}"
        own = [tally for tally in tallies if tally.name == name]
        values = [
            Choice(
                f"{key}.{_slug(tally.label)}",
                tally.label,
                tally.count,
                _text({"variantOption": {"name": name, "value": tally.label}}),
                Swatch(tally.color, None) if tally.color else None,
            )
            for tally in own[:MOST_VALUES]
        ]
        shown_as = "SWATCH" if any(value.swatch for value in values) else "TEXT"
        made.append(Facet(key, name, "LIST", shown_as, values))
    return made


def metafield_facets(tallies: Sequence[Tally]) -> list[Facet]:
    """A group for each metafield."""
    made = []
    for name in sorted({tally.name for tally in tallies}):
        namespace, _, key = name.rpartition(".")
        values = [
            Choice(
                f"filter.p.m.{name}.{_slug(tally.label)}",
                tally.label,
                tally.count,
                _text({"productMetafield": {"namespace": namespace, "key": key, "value": tally.label}}),
            )
            for tally in tallies
            if tally.name == name
        ]
        made.append(Facet(f"filter.p.m.{name}", key.replace("_", " ").capitalize(), "LIST", "TEXT", values))
    return made


def _slug(text: str) -> str:
    return "-".join(text.lower().split())
