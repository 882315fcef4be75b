"""One case for each way an act of commerce refuses: what is there before, and the act that comes to nothing.

Where an act takes several things, the case gives a good one before the bad one, so that something was written already.
"""

from collections.abc import Awaitable, Callable

Arranged = Callable[[], Awaitable[object]]
Case = Callable[[], Awaitable[Arranged]]
CASES: list[Case] = []


def case(arrange: Case) -> Case:
    """Remember a case: a function that arranges things, and answers the act to be refused."""
    CASES.append(arrange)
    return arrange
