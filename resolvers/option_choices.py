"""Choosing a variant by options: pure functions over a product's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.rows.catalog import ProductOption, ProductOptionValue, ProductVariant


def value_of(variant: ProductVariant, position: int) -> str:
    """The variant's value of the option at this position, counted from 1."""
    return (variant.option1, variant.option2, variant.option3)[position - 1]


@dataclass(frozen=True, slots=True)
class Choice:
    """Values chosen for options of one product, by the options' positions."""

    wanted: Mapping[int, str]
    unknown: int
    ignore_case: bool

    @classmethod
    def of(cls, options: Sequence[ProductOption], pairs: Sequence[tuple[str, str]], *, ignore_case: bool) -> "Choice":
        """Understand pairs of option and value; those that name no option of the product are counted as unknown."""
        fold = str.casefold if ignore_case else str
        positions = {fold(option.name): option.position for option in options}
        wanted = {positions[fold(name)]: fold(value) for name, value in pairs if fold(name) in positions}
        return cls(wanted, sum(fold(name) not in positions for name, _ in pairs), ignore_case)

    def differences(self, variant: ProductVariant) -> int:
        """In how many of the chosen values a variant differs."""
        fold = str.casefold if self.ignore_case else str
        return sum(fold(value_of(variant, position)) != value for position, value in self.wanted.items())

    def matching(self, variants: Sequence[ProductVariant]) -> list[ProductVariant]:
        """The variants that have every chosen value."""
        return [variant for variant in variants if not self.differences(variant)]


def adjacent(variants: Sequence[ProductVariant], to: Choice) -> list[ProductVariant]:
    """The variants that differ from a choice in exactly one value."""
    return [variant for variant in variants if to.differences(variant) == 1]


def first_with(
    value: ProductOptionValue, variants: Sequence[ProductVariant], values: Sequence[ProductOptionValue]
) -> ProductVariant | None:
    """The variant that has this value, and of the other options the values that stand first."""
    places = {(other.option_position, other.name): other.position for other in values}
    having = [variant for variant in variants if value_of(variant, value.option_position) == value.name]

    def place(variant: ProductVariant) -> list[int]:
        return [places.get((position, value_of(variant, position)), 0) for position in (1, 2, 3)]

    return min(having, key=place, default=None)
