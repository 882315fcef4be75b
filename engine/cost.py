"""The size of the largest answer an operation could get, kept as a sum in which page sizes may be variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST = 10**15  # enough to refuse anything; keeps the products of hostile page sizes small numbers


@dataclass(frozen=True, slots=True)
class Page:
    """How many things a field may answer: a number, or whatever a variable says."""

    size: int
    variable: str | None = None

    def given(self, variables: Mapping[str, Any]) -> int:
        """The number, once the variables are known; `size` where the variable says nothing usable."""
        value = variables.get(self.variable) if self.variable else None
        return max(0, value) if isinstance(value, int) else self.size


@dataclass(frozen=True, slots=True)
class Cost:
    """`fixed` objects, and `page` times another cost for each term. Costs share their parts, so they stay small."""

    fixed: int = 0
    terms: "tuple[tuple[Page, Cost], ...]" = ()

    def __add__(self, other: "Cost") -> "Cost":
        if other is NOTHING:
            return self
        return Cost(min(MOST, self.fixed + other.fixed), self.terms + other.terms)

    def times(self, page: Page) -> "Cost":
        """This cost for each thing on the page."""
        if page.variable is None and not self.terms:
            return Cost(min(MOST, self.fixed * page.size))
        return Cost(0, ((page, self),))

    def shared(self) -> "Cost":
        """The same cost as a single term, so that adding it in many places copies nothing."""
        return Cost(0, ((Page(1), self),)) if self.terms else self

    def given(self, variables: Mapping[str, Any]) -> int:
        """The number of objects, once the variables are known; each shared part is computed once."""
        return _total(self, variables, {})


ONE = Cost(1)
NOTHING = Cost()


def _total(cost: Cost, variables: Mapping[str, Any], known: dict[int, int]) -> int:
    if not cost.terms:
        return cost.fixed
    total = known.get(id(cost))
    if total is None:
        total = cost.fixed + sum(page.given(variables) * _total(each, variables, known) for page, each in cost.terms)
        known[id(cost)] = total = min(MOST, total)
    return total
