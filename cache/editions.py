"""Which edition of the catalog is current, as this process knows it: exact for its own changes, else a second old."""

import asyncio
import datetime as dt
import time
from collections.abc import Hashable

from database.statements import Sql, records_of
from database.transactions import commits
from models.editions import CatalogEdition

KNOWN_SECONDS = 0.9
KEPT_EDITIONS = 1_000
SHOWN_FROM = ("product", "collection", "page", "article")
"""What appears by itself at a moment set before."""

COMING = " UNION ALL ".join(f"SELECT MIN(published_at) AS moment FROM {t} WHERE published_at > ?" for t in SHOWN_FROM)  # noqa: S608 - names of ours
READ = f"""SELECT (SELECT COUNT(*) FROM catalog_edition), (SELECT MAX(id) FROM catalog_edition),
    (SELECT MIN(moment) FROM ({COMING}) AS coming)"""  # noqa: S608 - the same

Edition = tuple[object, ...]


class Editions:
    """Tells the current edition, reading it at most about once a second and after every commit of this process."""

    def __init__(self) -> None:
        self._edition: Edition | None = None
        self._commits = -1
        self._until = 0.0
        self._reading: asyncio.Future[Edition] | None = None
        self._reading_since = -1

    async def current(self) -> Hashable:
        """The edition that everything read from now on belongs to, or a later one."""
        if self._edition is not None and self._commits == commits() and time.monotonic() < self._until:
            return self._edition
        if self._reading is None or self._reading_since != commits():
            self._reading_since = commits()
            self._reading = asyncio.ensure_future(self._read(self._reading_since))
        return await asyncio.shield(self._reading)

    async def _read(self, since: int) -> Edition:
        began = time.monotonic()
        try:
            edition = await _edition(dt.datetime.now(dt.UTC))
        finally:
            if self._reading_since == since:
                self._reading = None
        if since == commits():
            self._edition, self._commits, self._until = edition, since, began + KNOWN_SECONDS
        return edition


async def forget_editions() -> int:
    """Remove all but the last editions; how many went. That too makes an edition, which does no harm."""
    newest = await CatalogEdition.all().order_by("-id").first()
    return 0 if newest is None else await CatalogEdition.filter(id__lte=newest.id - KEPT_EDITIONS).delete()


async def _edition(now: dt.datetime) -> Edition:
    (record,) = await records_of(Sql(READ, (now,) * len(SHOWN_FROM)))
    return tuple(record)
