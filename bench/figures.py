"""The figures to reach: each a ratio between two entries of one round, so that the machine cancels out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from bench.contest import Heard

Measured = Mapping[tuple[str, str], Sequence[Heard]]
"""What was heard in each round, by workload and contestant."""
OURS = "shopwright"


class By(StrEnum):
    """What is compared: processor time for a request, of the server or with PostgreSQL's; or requests in a second."""

    PROCESSOR = "processor"
    WHOLE = "processor with PostgreSQL's"
    REQUESTS = "requests/s"


@dataclass(frozen=True, slots=True)
class Goal:
    """How many times as good Shopwright shall be as somebody else, in one workload."""

    load: str
    over: str
    by: By
    at_least: float
    aim: float


@dataclass(frozen=True, slots=True)
class Growth:
    """How many times as long a listing may take at most where there is so much more."""

    load: str
    grown: str
    at_most: float
    aim: float


GOALS = (
    Goal("Q1", "reference", By.PROCESSOR, 2.5, 4),
    Goal("Q2", "reference", By.PROCESSOR, 6, 10),
    Goal("Q3", "reference", By.PROCESSOR, 8, 12),
    Goal("Q1", "plain", By.PROCESSOR, 8, 15),
    Goal("Q2", "plain", By.PROCESSOR, 8, 15),
    Goal("Q3", "plain", By.PROCESSOR, 12, 20),
    Goal("cart", "plain", By.PROCESSOR, 3, 5),
    Goal("Q1", "vendure", By.REQUESTS, 10, 20),
    Goal("Q2", "vendure", By.REQUESTS, 40, 100),
    Goal("Q3", "vendure", By.REQUESTS, 40, 100),
    Goal("cart", "vendure", By.REQUESTS, 6, 12),
    Goal("Q2", "json_agg", By.REQUESTS, 0.5, 1),
    Goal("Q3", "json_agg", By.REQUESTS, 0.5, 1),
    Goal("cached", "constant", By.PROCESSOR, 0.8, 0.95),
    Goal("checkout", "raw SQL", By.REQUESTS, 0.25, 0.5),
)
GROWTH = Growth("Q2", "growth", at_most=1.2, aim=1.0)


def ratio(measured: Measured, goal: Goal) -> float | None:
    """How many times as good, the median over the rounds; None where one of the two was not measured."""
    ours, theirs = measured.get((goal.load, OURS)), measured.get((goal.load, goal.over))
    return None if ours is None or theirs is None else over(ours, theirs, goal.by)


def over(ours: Sequence[Heard], theirs: Sequence[Heard], by: By) -> float:
    """How many times as good these are as those, round by round."""
    pairs = list(zip(ours, theirs, strict=True))
    if by is By.REQUESTS:
        return median(mine.per_second / other.per_second for mine, other in pairs)
    if by is By.WHOLE:
        return median(other.whole_ms / mine.whole_ms for mine, other in pairs)
    return median(other.cpu_ms / mine.cpu_ms for mine, other in pairs)


def growth(measured: Measured, goal: Growth = GROWTH) -> float | None:
    """How many times as long a request takes in the bigger shop, by how many are answered in a second."""
    small, big = measured.get((goal.load, OURS)), measured.get((goal.grown, OURS))
    return None if small is None or big is None else over(small, big, By.REQUESTS)
