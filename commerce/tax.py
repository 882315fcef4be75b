"""Taxes on an amount: included in it or added to it. Pure arithmetic over whole minor units."""

from collections.abc import Sequence
from dataclasses import dataclass

from commerce.shares import MILLION, divided, fraction, shares


@dataclass(frozen=True, slots=True)
class Rate:
    """A tax where the goods go, in millionths."""

    title: str
    rate: int
    on_shipping: bool = True


@dataclass(frozen=True, slots=True)
class Tax:
    """A tax on one amount."""

    title: str
    rate: int
    amount: int


def taxes_on(amount: int, rates: Sequence[Rate], *, included: bool) -> tuple[Tax, ...]:
    """What each rate takes of an amount. Included taxes are found within it and split so that they sum exactly."""
    if included:
        together = sum(rate.rate for rate in rates)
        within = divided(amount * together, MILLION + together)
        parts = shares(within, [rate.rate for rate in rates])
    else:
        parts = [fraction(amount, rate.rate) for rate in rates]
    return tuple(Tax(rate.title, rate.rate, part) for rate, part in zip(rates, parts, strict=True))


def rates_at(rates: Sequence[tuple[str, str, Rate]], *, country: str | None, province: str | None) -> tuple[Rate, ...]:
    """The rates of a place, from (country, province or "", rate): the country's own, then its province's."""
    here = [entry for entry in rates if entry[0] == country and entry[1] in {"", province or ""}]
    return tuple(rate for _, _, rate in sorted(here, key=lambda entry: (entry[1], entry[2].title)))
