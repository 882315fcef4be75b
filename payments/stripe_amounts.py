"""Amounts as Stripe counts them, which for some currencies is not how the rest of the world does.

The lists are Stripe's own (docs.stripe.com/currencies): what is in none of them has two decimals there, whatever it has
elsewhere. Three-decimal amounts must end on 0, and a few currencies know whole units only.
"""

from models.money import Money, exponent

WITHOUT_DECIMALS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
WITH_THREE_DECIMALS = frozenset(("BHD", "JOD", "KWD", "OMR", "TND"))
WHOLE_UNITS_ONLY = frozenset(("ISK", "UGX"))


class NotPayable(ValueError):
    """An amount that Stripe has no way to write."""


def to_stripe(money: Money) -> int:
    """The amount in Stripe's smallest unit; refuses what it cannot say exactly."""
    shift = _digits(money.currency) - exponent(money.currency)
    amount, rest = divmod(money.minor * int(10 ** max(shift, 0)), int(10 ** max(-shift, 0)))
    if rest or amount % _step(money.currency):
        raise NotPayable(f"Stripe cannot take {money.amount} {money.currency}.")
    return amount


def from_stripe(amount: int, currency: str) -> Money:
    """The money that an amount of Stripe's means."""
    code = currency.upper()
    shift = exponent(code) - _digits(code)
    return Money(amount * int(10 ** max(shift, 0)) // int(10 ** max(-shift, 0)), code)


def _digits(currency: str) -> int:
    if currency in WITHOUT_DECIMALS:
        return 0
    return 3 if currency in WITH_THREE_DECIMALS else 2


def _step(currency: str) -> int:
    if currency in WITH_THREE_DECIMALS:
        return 10
    return 100 if currency in WHOLE_UNITS_ONLY else 1
