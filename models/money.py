"""Money: whole minor units and a currency code. No float ever holds a price."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache, lru_cache

from babel.numbers import UnknownCurrencyError, get_currency_precision, validate_currency


class WrongCurrency(ValueError):
    """Two amounts of different currencies met; nothing can add them."""


@cache
def exponent(currency: str) -> int:
    """How many decimal digits a currency's minor unit has, from CLDR: EUR 2, JPY 0, KWD 3."""
    try:
        validate_currency(currency)
    except UnknownCurrencyError as unknown:
        raise ValueError(f"{currency!r} is not an ISO 4217 currency code") from unknown
    return get_currency_precision(currency)


@lru_cache(maxsize=65_536)
def _written(minor: int, currency: str) -> str:
    digits = exponent(currency)
    if digits == 0:
        return f"{minor}.0"
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 10**digits)
    fraction = f"{part:0{digits}d}".rstrip("0") or "0"
    return f"{sign}{whole}.{fraction}"


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, yen, fils) of one currency."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | Decimal, currency: str) -> "Money":
        """Read a decimal amount; raises ValueError when it is finer than the currency's minor unit."""
        scaled = Decimal(amount).scaleb(exponent(currency))
        whole = scaled.to_integral_value(rounding=ROUND_HALF_EVEN)
        if whole != scaled:
            raise ValueError(f"{amount} has more decimals than {currency} knows")
        return cls(int(whole), currency)

    @staticmethod
    @lru_cache(maxsize=65_536)
    def told(minor: int, currency: str) -> "Money":
        """The same as calling the class, cheaper for prices that are told again and again: they share one value."""
        return Money(minor, currency)

    @property
    def amount(self) -> str:
        """The amount as the dialect writes it: a decimal with at least one digit after the point, "30.0"."""
        return _written(self.minor, self.currency)

    @property
    def currency_code(self) -> str:
        """The currency, under the name the dialect gives it."""
        return self.currency

    def __add__(self, other: "Money") -> "Money":
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.minor - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise WrongCurrency(f"{self.currency} and {other.currency} cannot be added")
        return other.minor
