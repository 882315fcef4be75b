"""What a shop promises about money: prices, payments and their ledger, gift cards."""

from commerce.invariant import Promise, sums_of


def _ledger(column: str, kind: str) -> str:
    return f"""SELECT p.id AS key FROM payment p LEFT JOIN
        (SELECT payment_id, SUM(amount) AS whole FROM ledger_entry WHERE kind = '{kind}' GROUP BY payment_id) l
        ON l.payment_id = p.id WHERE p.{column} <> COALESCE(l.whole, 0)"""  # noqa: S608 - names of our own tables


def _pending(column: str, kind: str) -> str:
    return f"""SELECT p.id AS key FROM payment p LEFT JOIN
        (SELECT payment_id, SUM(amount) AS whole FROM payment_operation WHERE kind = '{kind}' AND state = 'PENDING'
         GROUP BY payment_id) o
        ON o.payment_id = p.id WHERE p.{column} <> COALESCE(o.whole, 0)"""  # noqa: S608 - names of our own tables


MONEY = (
    Promise(
        "An order's total is its lines, its delivery and the taxes on top.",
        "order",
        """SELECT id AS key FROM "order"
           WHERE total <> subtotal + shipping + CASE WHEN tax_included THEN 0 ELSE tax END OR total < 0""",
    ),
    Promise(
        "A subtotal is the sum of its lines.", "order", sums_of("order", "subtotal", "order_line", "order_id", "total")
    ),
    Promise("Taxes sum to the order's.", "order", sums_of("order", "tax", "tax_line", "order_id", "amount")),
    Promise(
        "A delivery costs what its line says.",
        "order",
        sums_of("order", "shipping", "shipping_line", "order_id", "total"),
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
        sums_of("gift_card", "balance", "gift_card_entry", "gift_card_id", "amount"),
    ),
    Promise(
        "A payment has the currency of its order.",
        "payment",
        """SELECT p.id AS key FROM payment p JOIN "order" o ON o.id = p.order_id WHERE p.currency <> o.currency""",
    ),
    Promise(
        "The taxes of a line sum to the line's.",
        "order_line",
        sums_of("order_line", "tax", "tax_line", "order_line_id", "amount"),
    ),
    Promise(
        "What is to be paid is covered by payments.",
        "order",
        """SELECT o.id AS key FROM "order" o LEFT JOIN
           (SELECT order_id, SUM(amount) AS whole FROM payment GROUP BY order_id) p ON p.order_id = o.id
           WHERE o.total > COALESCE(p.whole, 0)""",
    ),
    Promise("A capture that is pending is being asked for.", "payment", _pending("pending_capture", "capture")),
    Promise("A refund that is pending is being asked for.", "payment", _pending("pending_refund", "refund")),
    Promise(
        "What a provider did is in the ledger.",
        "payment_operation",
        """SELECT o.id AS key FROM payment_operation o LEFT JOIN ledger_entry l
           ON l.operation_id = o.id AND l.kind = o.kind WHERE o.state = 'SUCCEEDED' AND l.id IS NULL""",
    ),
    Promise(
        "A payment's state is that of its sums.",
        "payment",
        """SELECT id AS key FROM payment WHERE amount > 0 AND ((state = 'CAPTURED' AND captured = 0)
           OR (state = 'REFUNDED' AND refunded = 0) OR (state = 'AUTHORIZED' AND (authorized = 0 OR captured > 0))
           OR (state IN ('PENDING', 'ACTION_REQUIRED', 'FAILED') AND authorized > 0))""",
    ),
    Promise(
        "A gift card gets back what a failed checkout had set aside, and no more.",
        "gift_card_entry",
        """SELECT MIN(e.id) AS key FROM gift_card_entry e JOIN checkout_attempt a ON a.id = e.attempt_id
           WHERE a.state = 'FAILED' GROUP BY e.gift_card_id, e.attempt_id HAVING SUM(e.amount) <> 0""",
    ),
)
