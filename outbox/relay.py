"""The relay: the one writer of positions. It places committed facts in one order over the whole shop."""

import datetime as dt

from tortoise.connection import get_connection

from database.transactions import unit_of_work
from models.outbox import OutboxEvent, OutboxReader
from outbox.announcing import announce
from outbox.read import FORGOTTEN, RELAY

EVERYTHING = "facts"
BATCH = 500

PLACE = """
UPDATE outbox_event SET position = {start} + fresh.place
FROM (
    SELECT id AS fresh_id, row_number() OVER (ORDER BY id) AS place
    FROM (SELECT id FROM outbox_event WHERE position IS NULL ORDER BY id LIMIT {batch}) AS waiting
) AS fresh
WHERE outbox_event.id = fresh.fresh_id
"""


@unit_of_work
async def place_facts(*, batch: int = BATCH) -> int:
    """Give the oldest committed facts their positions, and wake who reads everything; answers how many there were.

    Ids are handed out before commits, so a smaller id can appear after a greater one; a position never does, because
    only rows already committed are seen here, and the lock on the relay's own row lets one relay at a time count on.
    """
    await OutboxReader.get_or_create(name=RELAY, defaults={"position": 0})
    relay = await OutboxReader.select_for_update().get(name=RELAY)
    connection = get_connection("default")
    placed, _ = await connection.execute_query(PLACE.format(start=int(relay.position), batch=int(batch)))
    if placed:
        relay.position += placed
        await relay.save(update_fields=["position"])
        await announce(EVERYTHING)
    return placed


@unit_of_work
async def forget_facts(*, before: dt.datetime, batch: int = BATCH) -> int:
    """Delete the oldest placed facts from before a moment, and remember how far; answers how many there were.

    Their numbers stay taken: who asks for what came after a forgotten fact is told that it is gone.
    """
    old = OutboxEvent.filter(occurred_at__lt=before, position__isnull=False)
    positions = await old.order_by("position").limit(batch).values_list("position", flat=True)
    if not positions:
        return 0
    await OutboxReader.get_or_create(name=FORGOTTEN, defaults={"position": 0})
    await OutboxReader.filter(name=FORGOTTEN, position__lt=positions[-1]).update(position=positions[-1])
    return await OutboxEvent.filter(position__lte=positions[-1]).delete()
