"""What a correct shop promises, as questions to a live database: each finds the rows that break one promise.

Every question is one statement, so it sees one moment; it answers keys alone and at most so many, so that a large
shop is audited in little memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tortoise.connection import get_connection

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise, and the statement that finds the rows (by `key`) that break it."""

    words: str
    table: str
    broken: str


@dataclass(frozen=True, slots=True)
class Broken:
    """Rows that break a promise; there may be more of them than are shown."""

    promise: Promise
    keys: Sequence[str]


async def broken_promises() -> list[Broken]:
    """Ask everything; empty when the shop is as it should be."""
    found = []
    for promise in PROMISES:
        statement = f"SELECT key FROM ({promise.broken}) AS broken LIMIT {MOST_SHOWN}"  # noqa: S608 - texts of our own
        rows = await get_connection("default").execute_query_dict(statement)
        if rows:
            found.append(Broken(promise, [str(row["key"]) for row in rows]))
    return found


def _sums(table: str, column: str, child: str, parent: str, amount: str) -> str:
    """Rows of a table whose column is not the sum over its children."""
    return f"""SELECT t.id AS key FROM "{table}" t LEFT JOIN
        (SELECT {parent} AS parent, SUM({amount}) AS whole FROM "{child}" GROUP BY {parent}) c ON c.parent = t.id
        WHERE t.{column} <> COALESCE(c.whole, 0)"""  # noqa: S608 - names of our own tables


def _ledger(column: str, kind: str) -> str:
    return f"""SELECT p.id AS key FROM payment p LEFT JOIN
        (SELECT payment_id, SUM(amount) AS whole FROM ledger_entry WHERE kind = '{kind}' GROUP BY payment_id) l
        ON l.payment_id = p.id WHERE p.{column} <> COALESCE(l.whole, 0)"""  # noqa: S608 - names of our own tables


MONEY = (
    Promise(
        "An order's total is its lines, its delivery and the taxes on top.",
        "order",
        """SELECT id AS key FROM "order"
           WHERE total <> subtotal + shipping + CASE WHEN tax_included THEN 0 ELSE tax END OR total < 0""",
    ),
    Promise(
        "A subtotal is the sum of its lines.", "order", _sums("order", "subtotal", "order_line", "order_id", "total")
    ),
    Promise("Taxes sum to the order's.", "order", _sums("order", "tax", "tax_line", "order_id", "amount")),
    Promise(
        "A delivery costs what its line says.",
        "order",
        _sums("order", "shipping", "shipping_line", "order_id", "total"),
    ),
    Promise(
        "Discounts sum to the order's.",
        "order",
        """SELECT o.id AS key FROM "order" o WHERE o.discounts <>
           (SELECT COALESCE(SUM(discount), 0) FROM order_line WHERE order_id = o.id) +
           (SELECT COALESCE(SUM(discount), 0) FROM shipping_line WHERE order_id = o.id)""",
    ),
    Promise(
        "A line is its units less its discount, which never exceeds them.",
        "order_line",
        """SELECT id AS key FROM order_line
           WHERE total <> unit_price * quantity - discount OR discount < 0 OR total < 0""",
    ),
    Promise(
        "No payment is refunded beyond what was taken, or taken beyond what was promised.",
        "payment",
        """SELECT id AS key FROM payment WHERE refunded < 0 OR refunded + pending_refund > captured
           OR captured + pending_capture > authorized OR authorized > amount""",
    ),
    Promise("What is promised is in the ledger.", "payment", _ledger("authorized", "authorize")),
    Promise("What is taken is in the ledger.", "payment", _ledger("captured", "capture")),
    Promise("What is given back is in the ledger.", "payment", _ledger("refunded", "refund")),
    Promise(
        "A gift card holds the sum of its entries.",
        "gift_card",
        _sums("gift_card", "balance", "gift_card_entry", "gift_card_id", "amount"),
    ),
    Promise(
        "A payment has the currency of its order.",
        "payment",
        """SELECT p.id AS key FROM payment p JOIN "order" o ON o.id = p.order_id WHERE p.currency <> o.currency""",
    ),
)
STOCK = (
    Promise(
        "Nothing is sold that is not there, but for backorders.",
        "stock_level",
        """SELECT id AS key FROM stock_level WHERE on_hand < 0 OR reserved < 0 OR committed < 0
           OR available <> on_hand - reserved - committed OR (available < 0 AND NOT oversell)""",
    ),
    *(
        Promise(
            f"What is {part} of a level is the sum of its movements.",
            "stock_level",
            _sums("stock_level", part, "stock_movement", "level_id", part),
        )
        for part in ("on_hand", "reserved", "committed")
    ),
    Promise(
        "What is reserved of a level is held by checkouts.",
        "stock_level",
        """SELECT l.id AS key FROM stock_level l LEFT JOIN
           (SELECT level_id, SUM(quantity) AS whole FROM reservation WHERE state = 'HELD' GROUP BY level_id) r
           ON r.level_id = l.id WHERE l.reserved <> COALESCE(r.whole, 0)""",
    ),
    Promise(
        "What is committed of a level is promised to orders.",
        "stock_level",
        _sums("stock_level", "committed", "allocation", "level_id", "quantity"),
    ),
    Promise(
        "Only a checkout under way holds goods.",
        "reservation",
        """SELECT r.id AS key FROM reservation r JOIN checkout_attempt a ON a.id = r.attempt_id
           WHERE r.state = 'HELD' AND a.state NOT IN ('PROCESSING', 'ACTION_REQUIRED')""",
    ),
)
ORDERS = (
    Promise(
        "A completed cart is one order.",
        "cart",
        """SELECT c.id AS key FROM cart c LEFT JOIN "order" o ON o.cart_id = c.id
           WHERE c.state = 'COMPLETED' AND o.id IS NULL""",
    ),
    Promise(
        "An attempt that succeeded leads to the order of its cart.",
        "checkout_attempt",
        """SELECT a.id AS key FROM checkout_attempt a LEFT JOIN "order" o ON o.id = a.order_id
           WHERE a.state = 'SUCCEEDED' AND (o.id IS NULL OR o.cart_id <> a.cart_id)""",
    ),
    Promise(
        "Money that was taken has an order, or is on its way back.",
        "payment",
        """SELECT p.id AS key FROM payment p JOIN checkout_attempt a ON a.id = p.attempt_id
           WHERE p.order_id IS NULL AND a.state = 'FAILED' AND p.captured > p.refunded + p.pending_refund""",
    ),
    Promise(
        "A discount counts its uses and is not used beyond its limit.",
        "discount",
        """SELECT d.id AS key FROM discount d LEFT JOIN
           (SELECT discount_id, COUNT(*) AS whole FROM discount_use WHERE state <> 'RELEASED' GROUP BY discount_id) u
           ON u.discount_id = d.id
           WHERE d.uses <> COALESCE(u.whole, 0) OR (d.usage_limit IS NOT NULL AND d.uses > d.usage_limit)""",
    ),
    Promise(
        "No more is sent and canceled than was ordered, and no more returned than was sent.",
        "order_line",
        """SELECT id AS key FROM order_line WHERE fulfilled < 0 OR canceled < 0 OR returned < 0
           OR fulfilled + canceled > quantity OR returned > fulfilled""",
    ),
    Promise(
        "What a line counts as sent is in parcels.",
        "order_line",
        """SELECT l.id AS key FROM order_line l LEFT JOIN
           (SELECT f.order_line_id, SUM(f.quantity) AS whole FROM fulfillment_line f
            JOIN fulfillment p ON p.id = f.fulfillment_id WHERE p.state <> 'CANCELED' GROUP BY f.order_line_id) s
           ON s.order_line_id = l.id WHERE l.fulfilled <> COALESCE(s.whole, 0)""",
    ),
    Promise(
        "An order that is canceled has sent nothing.",
        "order",
        """SELECT o.id AS key FROM "order" o JOIN order_line l ON l.order_id = o.id
           WHERE o.lifecycle = 'CANCELED' AND l.fulfilled > 0""",
    ),
    Promise(
        "An order that says it is paid is paid.",
        "order",
        """SELECT o.id AS key FROM "order" o WHERE o.financial_status = 'PAID' AND o.total >
           (SELECT COALESCE(SUM(captured - refunded), 0) FROM payment WHERE order_id = o.id)""",
    ),
)
EVENTS = (
    Promise(
        "The facts of one thing are numbered without gaps.",
        "outbox_stream",
        """SELECT s.aggregate || ' ' || s.key AS key FROM outbox_stream s JOIN
           (SELECT aggregate, key, COUNT(*) AS facts, MIN(sequence) AS first, MAX(sequence) AS last
            FROM outbox_event GROUP BY aggregate, key) e ON e.aggregate = s.aggregate AND e.key = s.key
           WHERE e.facts <> e.last - e.first + 1 OR e.last <> s.sequence""",
    ),
    Promise(
        "Every order that was placed was told of.",
        "order",
        """SELECT o.id AS key FROM "order" o LEFT JOIN outbox_stream s
           ON s.aggregate = 'order' AND s.key = CAST(o.id AS VARCHAR(20)) WHERE s.id IS NULL""",
    ),
)
PROMISES = (*MONEY, *STOCK, *ORDERS, *EVENTS)
