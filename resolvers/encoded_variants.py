"""Which combinations of option values exist, in one short text: a trie of value indexes, as clients decode it.

Each combination is a list of indexes, one an option. `:` goes down to the next option, `,` ends a prefix, a space
separates values and `-` joins a run of them: `v1_0:0-2,1:1,,` says 0-0, 0-1, 0-2 and 0-1-1's like.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from loaders.rows.catalog import ProductOption, ProductOptionValue, ProductVariant
from resolvers.option_choices import value_of


def encoded(
    variants: Iterable[ProductVariant], options: Sequence[ProductOption], values: Sequence[ProductOptionValue]
) -> str:
    """The combinations of these variants, sorted."""
    places = {
        (option.position, value.name): index
        for option in options
        for index, value in enumerate(value for value in values if value.option_id == option.id)
    }
    combinations = sorted(
        tuple(places[option.position, value_of(variant, option.position)] for option in options)
        for variant in variants
        if all((option.position, value_of(variant, option.position)) in places for option in options)
    )
    return f"v1_{trie(combinations)}"


def trie(combinations: Sequence[tuple[int, ...]]) -> str:
    """Sorted combinations of equal length as a trie. With a single option there is no prefix to end."""
    if not combinations:
        return ""
    return runs([only for (only,) in combinations]) if len(combinations[0]) == 1 else _branches(combinations)


def _branches(combinations: Sequence[tuple[int, ...]]) -> str:
    if len(combinations[0]) == 1:
        return runs([only for (only,) in combinations]) + ","
    written = ""
    for first, below in groupby(combinations, key=lambda combination: combination[0]):
        written += f"{first}:{_branches([combination[1:] for combination in below])}"
        written += "," if len(combinations[0]) > 2 else ""
    return written


def runs(indexes: Sequence[int]) -> str:
    """Sorted numbers with their runs shortened: 0 2-4 7."""
    parts: list[list[int]] = []
    for index in indexes:
        if parts and parts[-1][-1] == index - 1:
            parts[-1][1:] = [index]
        else:
            parts.append([index])
    return " ".join("-".join(map(str, part)) for part in parts)
