"""Which rows of a product are variants, what each is chosen by, and the options that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from commerce.product_csv import OPTION_NAMES, OPTION_VALUES, PLACES, SWATCHES, Reading, Row, swatch, whole
from commerce.product_drafts import DEFAULT_OPTION, DEFAULT_VALUE, OptionDraft, ProductDraft, ValueDraft

NAME_IT = "name this option on the product's first row, such as Size."


@dataclass(frozen=True, slots=True)
class VariantRows:
    """The names of a product's options, and the row of each variant by the values it is chosen by."""

    names: tuple[str, ...]
    chosen: dict[tuple[str, ...], Row]


def variant_rows(rows: Sequence[Row], reading: Reading, *, kept: ProductDraft | None) -> VariantRows:
    """Find the variants among a product's rows; the others are further pictures."""
    names = _names(rows, reading, kept)
    chosen: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if not any(row[column] for column in (*OPTION_VALUES, "Variant Price")):
            continue
        values = _values(row, names, reading, kept)
        if values in chosen:
            told = f"line {chosen[values].line} has the same options; each variant needs its own."
            reading.wrong(row, OPTION_VALUES[0], told)
        elif values:
            chosen[values] = row
    return VariantRows(names, chosen)


def options_of(found: VariantRows, reading: Reading, *, kept: ProductDraft | None) -> tuple[OptionDraft, ...]:
    """The options with their values: those the shop knows in its order, then the new in the order of the rows."""
    options = []
    for at, name in enumerate(found.names):
        known = {value.name: value for value in kept.options[at].values} if kept else {}
        values = dict(known)
        places = {value: place for place, value in enumerate(known, 1)}
        for chosen, row in found.chosen.items():
            value = chosen[at]
            values[value] = _with_swatch(row, at, reading, values.get(value) or ValueDraft(value))
            place = places.get(value, len(places) + 1)
            places[value] = reading.cell(row, PLACES[at], whole, kept=place, blank=place)
        options.append(OptionDraft(name, tuple(sorted(values.values(), key=lambda value: places[value.name]))))
    return tuple(options)


def _names(rows: Sequence[Row], reading: Reading, kept: ProductDraft | None) -> tuple[str, ...]:
    first = rows[0]
    names = tuple(name for column in OPTION_NAMES if (name := first[column]))
    before = tuple(option.name for option in kept.options) if kept else ()
    for at, column in enumerate(OPTION_NAMES):
        if at < len(names) and not first[column]:
            reading.wrong(first, column, "name the options from the first on, without a gap.")
            return names
        for row in rows[1:]:
            if row[column] not in {"", first[column]}:
                reading.wrong(row, column, f"the first row of this product says {first[column]!r}; say the same.")
    if names and before and [name.casefold() for name in names] != [name.casefold() for name in before]:
        told = f"the shop's product is chosen by {', '.join(before)}; change its options in the shop first."
        reading.wrong(first, OPTION_NAMES[0], told)
        return before
    if not names and before in {(), (DEFAULT_OPTION,)}:
        for row in rows:
            if row[OPTION_VALUES[0]] not in {"", DEFAULT_VALUE}:
                reading.wrong(row, OPTION_NAMES[0], NAME_IT)
                break
    return names or before or (DEFAULT_OPTION,)


def _values(row: Row, names: tuple[str, ...], reading: Reading, kept: ProductDraft | None) -> tuple[str, ...]:
    values = tuple(row[column] for column in OPTION_VALUES)
    if not any(values):
        if names == (DEFAULT_OPTION,):
            return (DEFAULT_VALUE,)
        if kept and len(kept.variants) == 1:
            return kept.variants[0].options
    for at, value in enumerate(values):
        if at < len(names) and not value:
            reading.wrong(row, OPTION_VALUES[at], f"say which {names[at]} this variant is.")
            return ()
        if at >= len(names) and value:
            reading.wrong(row, OPTION_NAMES[at], NAME_IT)
            return ()
    return values[: len(names)]


def _with_swatch(row: Row, at: int, reading: Reading, value: ValueDraft) -> ValueDraft:
    before = (value.swatch_color, value.swatch_image_url)
    colour, picture = reading.cell(row, SWATCHES[at], swatch, kept=before, blank=before)
    return ValueDraft(value.name, colour, picture)
