"""Those who take part, each in a module of its own."""

from bench.contest import Contestant
from bench.contestants import constant, plain, postgres, shop

ALL: tuple[Contestant, ...] = (
    shop.COMPILED,
    shop.REFERENCE,
    plain.PLAIN,
    postgres.JSON_AGG,
    constant.CONSTANT,
)
"""The first is the one that the others are measured against."""
