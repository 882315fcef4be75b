"""Who takes part: a name, how it is started, and how it is asked for each workload. Nothing else of it is known."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Protocol

CLIENTS = 8
"""How many ask at once, each on a connection that is kept."""
PUBLIC = "http://shop.example"
"""Where every contestant believes to be, so that addresses in their answers are the same."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one workload at one contestant in one round.

    `cpu` counts seconds of its own processes alone, `database_cpu` those that PostgreSQL took meanwhile.
    """

    requests: int
    seconds: float
    cpu: float
    latencies: tuple[float, ...]
    database_cpu: float = 0.0

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Milliseconds of its processor for one request."""
        return 1_000 * self.cpu / self.requests

    @property
    def database_ms(self) -> float:
        """Milliseconds of PostgreSQL's processor for one request."""
        return 1_000 * self.database_cpu / self.requests

    @property
    def whole_ms(self) -> float:
        """Milliseconds of both."""
        return self.cpu_ms + self.database_ms

    @property
    def p50_ms(self) -> float:
        """How long the middle request took."""
        return 1_000 * median(self.latencies)

    @property
    def p99_ms(self) -> float:
        """How long all but one in a hundred took at most."""
        return 1_000 * quantiles(self.latencies, n=100)[98] if len(self.latencies) > 1 else self.p50_ms


class Entry(Protocol):
    """A contestant in one workload, ready to be asked."""

    async def heard(self, seconds: float) -> Heard:
        """Ask with all clients for so long. What has to be made ready for it is made before its clock starts."""


class Answering(Entry, Protocol):
    """An entry that claims to answer the same as Shopwright."""

    async def answer(self) -> object:
        """Its answer, decoded."""


Stand = Mapping[str, Entry]
"""A contestant that runs: its entries by the name of the workload."""


@dataclass(frozen=True, slots=True)
class Goods:
    """What lies in the shop beside its catalog."""

    cart: str
    """A cart to be read."""
    full_cart: str
    """A cart that could be submitted; copies of it are."""
    order: int
    """What such a cart has become."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all stand on: a shop in PostgreSQL with a generated catalog, and one with a hundred times the products."""

    server: str
    database: str
    hundredfold: str
    folder: Path
    products: int
    goods: Goods


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody who takes part. Whatever `opened` starts ends with its block."""

    name: str
    about: str
    opened: Callable[[Ground], AbstractAsyncContextManager[Stand]]
