"""Which products a collection's rules take in. Pure: facts about a product in, yes or no out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from commerce.product_drafts import ProductDraft
from commerce.refusals import Refusal
from models.money import exponent


class BadRule(Refusal):
    """A rule no product could be tested against."""


class Column(StrEnum):
    """What of a product a rule looks at."""

    TITLE = "TITLE"
    TYPE = "TYPE"
    VENDOR = "VENDOR"
    TAG = "TAG"
    VARIANT_TITLE = "VARIANT_TITLE"
    VARIANT_PRICE = "VARIANT_PRICE"
    VARIANT_COMPARE_AT_PRICE = "VARIANT_COMPARE_AT_PRICE"
    VARIANT_WEIGHT = "VARIANT_WEIGHT"


class Relation(StrEnum):
    """How what is there must stand to the rule's condition."""

    EQUALS = "EQUALS"
    NOT_EQUALS = "NOT_EQUALS"
    STARTS_WITH = "STARTS_WITH"
    ENDS_WITH = "ENDS_WITH"
    CONTAINS = "CONTAINS"
    NOT_CONTAINS = "NOT_CONTAINS"
    GREATER_THAN = "GREATER_THAN"
    LESS_THAN = "LESS_THAN"


NUMBERS = {Column.VARIANT_PRICE, Column.VARIANT_COMPARE_AT_PRICE, Column.VARIANT_WEIGHT}
_ORDERED = {Relation.GREATER_THAN, Relation.LESS_THAN}
_OPPOSITES = {Relation.NOT_EQUALS: Relation.EQUALS, Relation.NOT_CONTAINS: Relation.CONTAINS}
_TEXT: dict[Relation, Callable[[str, str], bool]] = {
    Relation.EQUALS: str.__eq__,
    Relation.STARTS_WITH: str.startswith,
    Relation.ENDS_WITH: str.endswith,
    Relation.CONTAINS: str.__contains__,
}
_NUMBER: dict[Relation, Callable[[Decimal, Decimal], bool]] = {
    Relation.EQUALS: Decimal.__eq__,
    Relation.GREATER_THAN: Decimal.__gt__,
    Relation.LESS_THAN: Decimal.__lt__,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One test: prices as decimals of the shop's currency, weights in grams, words without regard to case."""

    column: Column
    relation: Relation
    condition: str

    def __post_init__(self) -> None:
        if (self.column in NUMBERS) and _OPPOSITES.get(self.relation, self.relation) not in _NUMBER:
            raise BadRule(f"{self.column} is a number; {self.relation} is for words.")
        if self.column not in NUMBERS and self.relation in _ORDERED:
            raise BadRule(f"{self.column} holds words; {self.relation} is for numbers.")
        if self.column in NUMBERS:
            _number(self.condition)

    def kept(self) -> dict[str, str]:
        """As the collection's row keeps it."""
        return {"column": self.column.value, "relation": self.relation.value, "condition": self.condition}

    @classmethod
    def read(cls, kept: dict[str, str]) -> "Rule":
        """Back from the collection's row."""
        return cls(Column(kept["column"]), Relation(kept["relation"]), kept["condition"])


def takes_in(rules: Sequence[Rule], product: ProductDraft, *, match_any: bool, currency: str) -> bool:
    """Whether a product belongs: by every rule, or by any where the collection says so. No rules take in nothing."""
    outcomes = (_holds(rule, product, currency) for rule in rules)
    return bool(rules) and (any(outcomes) if match_any else all(outcomes))


def _holds(rule: Rule, product: ProductDraft, currency: str) -> bool:
    if rule.relation in _OPPOSITES:
        return not _holds(Rule(rule.column, _OPPOSITES[rule.relation], rule.condition), product, currency)
    if rule.column in NUMBERS:
        wanted = _number(rule.condition)
        return any(_NUMBER[rule.relation](number, wanted) for number in _numbers(rule.column, product, currency))
    words = rule.condition.casefold()
    return any(_TEXT[rule.relation](text.casefold(), words) for text in _texts(rule.column, product))


def _texts(column: Column, product: ProductDraft) -> Iterable[str]:
    return {
        Column.TITLE: (product.title,),
        Column.TYPE: (product.product_type,),
        Column.VENDOR: (product.vendor,),
        Column.TAG: product.tags,
        Column.VARIANT_TITLE: tuple(variant.title for variant in product.variants),
    }[column]


def _numbers(column: Column, product: ProductDraft, currency: str) -> Iterable[Decimal]:
    if column is Column.VARIANT_WEIGHT:
        return (Decimal(variant.weight_grams) for variant in product.variants)
    if column is Column.VARIANT_PRICE:
        minors = [variant.price for variant in product.variants]
    else:
        minors = [v.compare_at_price for v in product.variants if v.compare_at_price is not None]
    return (Decimal(minor).scaleb(-exponent(currency)) for minor in minors)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadRule(f"{text!r} is no number; write it like 19.90.")
    return number
