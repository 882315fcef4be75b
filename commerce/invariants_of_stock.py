"""What a shop promises about stock: shelves, their movements, and who holds what of them."""

from commerce.invariant import Promise, sums_of

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
            sums_of("stock_level", part, "stock_movement", "level_id", part),
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
        sums_of("stock_level", "committed", "allocation", "level_id", "quantity"),
    ),
    Promise(
        "Only a checkout under way holds goods.",
        "reservation",
        """SELECT r.id AS key FROM reservation r JOIN checkout_attempt a ON a.id = r.attempt_id
           WHERE r.state = 'HELD' AND a.state NOT IN ('PROCESSING', 'ACTION_REQUIRED')""",
    ),
    Promise(
        "Only what takes backorders can be oversold.",
        "stock_level",
        """SELECT l.id AS key FROM stock_level l JOIN product_variant v ON v.id = l.variant_id
           WHERE l.oversell <> (v.inventory_policy = 'CONTINUE')""",
    ),
    Promise(
        "What was sold or sent names its order.",
        "stock_movement",
        """SELECT id AS key FROM stock_movement
           WHERE reason IN ('sold', 'shipped', 'canceled', 'restocked') AND order_id IS NULL""",
    ),
    Promise(
        "What a line promises from the shelves is what of it is neither sent nor canceled.",
        "order_line",
        """SELECT l.id AS key FROM order_line l JOIN
           (SELECT order_line_id, SUM(quantity) AS whole FROM allocation GROUP BY order_line_id) a
           ON a.order_line_id = l.id WHERE a.whole <> l.quantity - l.fulfilled - l.canceled""",
    ),
)
