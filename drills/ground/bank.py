"""A provider with books of its own: a file that outlives every crash of the shop, so that money is counted twice.

What happens is written in the session: `test:approve` takes the money at once, `test:later` only promises it,
`test:lost` loses the answer though the money was taken, `test:deaf` does not hear the first request, `test:decline`
declines, `test:action` waits for a shopper who never comes.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.money import Money
from payments.gateway import Answer, Outcome, PaymentRequest
from payments.test import PREFIX, TestGateway

BOOKS = """CREATE TABLE IF NOT EXISTS entry (
    kind TEXT NOT NULL, key TEXT NOT NULL, reference TEXT NOT NULL, amount INTEGER NOT NULL, UNIQUE (kind, key))"""


@dataclass(frozen=True, slots=True)
class Account:
    """What the books say of one reference."""

    promised: int
    taken: int
    given_back: int
    let_go: int


class Books:
    """Entries that are only ever added, each key of a kind once, by any number of processes, killed at any time."""

    def __init__(self, file: Path) -> None:
        self._file = sqlite3.connect(file, isolation_level=None, timeout=30)
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = OFF")  # processes are killed here, not machines
        self._file.execute(BOOKS)

    def enter(self, kind: str, key: str, reference: str, amount: int) -> None:
        """Write an entry down; one that is there already stays as it is."""
        self._file.execute("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?)", (kind, key, reference, amount))

    def knows(self, kind: str, key: str) -> bool:
        """Whether this was entered."""
        return self._file.execute("SELECT 1 FROM entry WHERE (kind, key) = (?, ?)", (kind, key)).fetchone() is not None

    def accounts(self) -> dict[str, Account]:
        """Every reference with its sums."""
        rows = self._file.execute(
            """SELECT reference, SUM(amount * (kind = 'promise')), SUM(amount * (kind = 'capture')),
                      SUM(amount * (kind = 'refund')), SUM(kind = 'void') FROM entry GROUP BY reference"""
        )
        return {reference: Account(*sums) for reference, *sums in rows}

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


class Bank(TestGateway):
    """The provider. `reach` is told before and after every call, so that the shop can die there."""

    __test__ = False

    def __init__(self, books: Books, reach: Callable[[str], object] = str) -> None:
        self._books, self._reach = books, reach

    async def authorize(self, request: PaymentRequest) -> Answer:
        """Promise or take money, once for each key."""
        self._reach("before a call")
        answer = self._authorized(request)
        self._reach("after a call")
        return answer

    def _authorized(self, request: PaymentRequest) -> Answer:
        match request.session_id.removeprefix(PREFIX):
            case "decline":
                return Answer(Outcome.DECLINED, error="PAYMENT_CARD_DECLINED", message="The card was declined.")
            case "action":
                return Answer(Outcome.ACTION_REQUIRED, request.key, action_url=request.return_url)
            case "deaf" if not self._books.knows("asked", request.key):
                self._books.enter("asked", request.key, request.key, 0)
                return Answer(Outcome.UNKNOWN)
            case "lost":
                self._promise(request, capture=request.capture)
                return Answer(Outcome.UNKNOWN)
            case session:
                return self._promise(request, capture=request.capture and session != "later")

    def _promise(self, request: PaymentRequest, *, capture: bool) -> Answer:
        self._books.enter("promise", request.key, request.key, request.money.minor)
        if capture:
            self._books.enter("capture", request.key, request.key, request.money.minor)
        return Answer(Outcome.DONE, request.key, captured=self._books.knows("capture", request.key))

    async def capture(self, reference: str, money: Money, *, key: str) -> Answer:
        """Take promised money, once for each key."""
        return self._entered("capture", reference, money.minor, key)

    async def refund(self, reference: str, money: Money, *, key: str) -> Answer:
        """Give money back, once for each key."""
        return self._entered("refund", reference, money.minor, key)

    async def void(self, reference: str, *, key: str) -> Answer:
        """Let a promise go, once for each key."""
        return self._entered("void", reference, 0, key)

    def _entered(self, kind: str, reference: str, amount: int, key: str) -> Answer:
        self._reach("before a call")
        self._books.enter(kind, key, reference, amount)
        self._reach("after a call")
        return Answer(Outcome.DONE, reference, captured=kind == "capture")

    async def outcome_of(self, request: PaymentRequest, *, reference: str | None, still_wanted: bool) -> Answer:
        """What the books say; what is still wanted and was never heard of is asked for anew."""
        if self._books.knows("promise", request.key):
            return Answer(Outcome.DONE, request.key, captured=self._books.knows("capture", request.key))
        if request.session_id == f"{PREFIX}action":
            return Answer(Outcome.ACTION_REQUIRED, request.key, action_url=request.return_url)
        if still_wanted:
            return await self.authorize(request)
        return Answer(Outcome.DECLINED, error="PAYMENT_ERROR", message="The provider knows of no such payment.")
