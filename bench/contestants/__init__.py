"""Those who take part, each in a module of its own."""

from collections.abc import Callable, Mapping

from bench.contest import Contestant
from bench.contestants import constant, plain, postgres, raw_sql, shop, vendure

ALL: tuple[Contestant, ...] = (
    shop.COMPILED,
    shop.REFERENCE,
    plain.PLAIN,
    postgres.JSON_AGG,
    constant.CONSTANT,
    raw_sql.RAW_SQL,
)
"""The first is the one that the others are measured against."""

PEERS: Mapping[str, Callable[[Callable[[str], object]], Contestant]] = {"vendure": vendure.vendure}
"""Other shops, who take part where they are asked for by name; each is installed when it is called."""
