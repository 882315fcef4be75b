"""Money is exact, in currencies of no, two and three decimals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import Money, WrongCurrency, exponent

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD"])
MINOR = st.integers(min_value=-(10**15), max_value=10**15)


def test_the_decimals_of_a_currency_come_from_cldr() -> None:
    assert [exponent(currency) for currency in ("EUR", "JPY", "KWD")] == [2, 0, 3]


def test_an_amount_is_written_with_at_least_one_decimal() -> None:
    written = [Money(minor, currency).amount for minor, currency in ((3000, "EUR"), (2999, "EUR"), (30, "JPY"))]

    assert written == ["30.0", "29.99", "30.0"]


def test_a_debt_keeps_its_sign_below_one_unit() -> None:
    assert Money(-5, "EUR").amount == "-0.05"


def test_an_amount_finer_than_its_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="more decimals than JPY knows"):
        Money.of("1.5", "JPY")


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="not an ISO 4217"):
        Money.of("1", "EURO")


def test_two_currencies_do_not_add() -> None:
    with pytest.raises(WrongCurrency):
        Money(1, "EUR") + Money(1, "USD")


@given(minor=MINOR, currency=CURRENCIES)
def test_what_is_written_is_read_back_to_the_last_unit(minor: int, currency: str) -> None:
    money = Money(minor, currency)

    assert Money.of(money.amount, currency) == money


@given(minors=st.lists(MINOR, max_size=20), currency=CURRENCIES)
def test_adding_loses_nothing(minors: list[int], currency: str) -> None:
    total = Money(0, currency)
    for minor in minors:
        total = total + Money(minor, currency)

    assert total == Money(sum(minors), currency)
