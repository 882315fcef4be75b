"""The shop's server for the crash drill: the same application with the drill's bank for a provider, and a word of doom.

Run as `uvicorn drills.ground.doomed:app`. Nothing of this is in the shop's own start: this file alone puts the bank in
the test provider's place, and something to reach around each commit, statement and call.
"""

import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from tortoise.transactions import in_transaction

from database import transactions
from database.watching import watching
from drills.ground.bank import Bank, Books
from payments import choosing

FOLDER = "DRILL_FOLDER"
"""The environment variable that names the folder with the bank's books and the word of doom."""
POINTS = ("before a commit", "after a commit", "before a call", "after a call", "at a statement")


@dataclass(frozen=True, slots=True)
class Doom:
    """Die when this point is reached for the `after`-th time since the word was given."""

    round: int
    point: str
    after: int

    def say(self, folder: Path) -> None:
        """Give the word; processes that run hear it at the next point they reach."""
        new = folder / "doom.new"
        new.write_text(json.dumps(asdict(self)))
        new.replace(folder / "doom")

    @staticmethod
    def lift(folder: Path) -> None:
        """Take the word back."""
        (folder / "doom").unlink(missing_ok=True)


class Fate:
    """What a process has reached since the word it last heard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._doom: Doom | None = None
        self._reached = 0

    def reach(self, point: str) -> None:
        """A point is reached; if it is the one, the whole server is killed here, with the process that started it."""
        word = self._folder / "doom"
        if not word.exists():
            return
        doom = Doom(**json.loads(word.read_text()))
        if doom != self._doom:
            self._doom, self._reached = doom, 0
        self._reached += point == doom.point
        if point == doom.point and self._reached == doom.after:
            (self._folder / f"died-{doom.round}").write_text(point)
            os.killpg(os.getpgid(0), signal.SIGKILL)


def _with_points(fate: Fate) -> Any:
    """Tortoise's transaction, with a point on each side of its commit."""

    @asynccontextmanager
    async def transaction() -> AsyncIterator[Any]:
        async with in_transaction() as connection:
            yield connection
            fate.reach("before a commit")
        fate.reach("after a commit")

    return transaction


def doomed(folder: Path) -> Starlette:
    """The application of server.py, once everything is in its place."""
    from server import create_app
    from settings import settings

    fate = Fate(folder)
    bank = Bank(Books(folder / "books.db"), fate.reach)
    setattr(transactions, "in_transaction", _with_points(fate))  # noqa: B010 - mypy knows it as another module's
    setattr(choosing, "TestGateway", lambda: bank)  # noqa: B010 - the same
    app, watched = create_app(settings()), ExitStack()
    watched.enter_context(watching(lambda _sql, _seconds: fate.reach("at a statement")))
    app.state.watched = watched  # for as long as the application is there
    return app


def __getattr__(name: str) -> Any:
    """The application is made when uvicorn asks for it."""
    if name == "app":
        return doomed(Path(os.environ[FOLDER]))
    raise AttributeError(name)
