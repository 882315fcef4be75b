"""Parts of whole amounts, to the last minor unit: shares that sum to the whole, and fractions rounded one way."""

from collections.abc import Sequence

MILLION = 1_000_000


def shares(amount: int, weights: Sequence[int]) -> list[int]:
    """Split an amount in proportion to weights by largest remainder: the parts sum to the amount exactly.

    Ties go to the earlier part. Where all weights are zero, the first part takes everything.
    """
    whole = sum(weights)
    if not weights or whole == 0:
        return [amount, *[0] * (len(weights) - 1)][: len(weights)]
    parts = [amount * weight // whole for weight in weights]
    rests = [amount * weight % whole for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda index: (-rests[index], index))
    for index in by_rest[: amount - sum(parts)]:
        parts[index] += 1
    return parts


def fraction(amount: int, millionths: int) -> int:
    """A part of an amount not below zero, rounded to the nearest minor unit, halves up."""
    return divided(amount * millionths, MILLION)


def divided(dividend: int, divisor: int) -> int:
    """A quotient of whole numbers not below zero, rounded to the nearest, halves up."""
    return (2 * dividend + divisor) // (2 * divisor)
