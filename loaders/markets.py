"""The countries the shop sends to."""

from orjson import loads

from database.statements import Sql, records_of
from loaders.reading import Loader


class CountriesServed(Loader[int, frozenset[str]]):
    """The codes of the countries the shop's zones name, by the shop's id; `*` stands for all the others."""

    async def batch_load_fn(self, keys: list[int]) -> list[frozenset[str]]:
        """One statement; the database holds one shop."""
        records = await records_of(Sql("SELECT countries FROM shipping_zone"))
        codes = frozenset(code.partition("-")[0] for record in records for code in loads(record[0]))
        return [codes] * len(keys)
