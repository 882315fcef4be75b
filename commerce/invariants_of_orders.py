"""What a shop promises about orders: from carts to parcels and back, and that all of it was told."""

from commerce.invariant import Promise

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
           WHERE p.order_id IS NULL AND a.state IN ('FAILED', 'SUCCEEDED')
           AND p.captured > p.refunded + p.pending_refund""",
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
    Promise(
        "An order comes from one attempt.",
        "checkout_attempt",
        """SELECT MIN(id) AS key FROM checkout_attempt WHERE order_id IS NOT NULL GROUP BY order_id
           HAVING COUNT(*) > 1""",
    ),
    Promise(
        "A canceled order keeps no money.",
        "order",
        """SELECT o.id AS key FROM "order" o JOIN payment p ON p.order_id = o.id
           WHERE o.lifecycle = 'CANCELED' AND p.captured > p.refunded + p.pending_refund""",
    ),
    Promise(
        "Only a checkout under way has a use of a discount set aside.",
        "discount_use",
        """SELECT u.id AS key FROM discount_use u LEFT JOIN checkout_attempt a ON a.id = u.attempt_id
           WHERE (u.state = 'RESERVED' AND COALESCE(a.state, '') NOT IN ('PROCESSING', 'ACTION_REQUIRED'))
           OR (u.state = 'USED' AND u.order_id IS NULL)""",
    ),
    Promise(
        "What a line counts as returned has come back.",
        "order_line",
        """SELECT l.id AS key FROM order_line l LEFT JOIN
           (SELECT order_line_id, SUM(quantity) AS whole FROM
            (SELECT b.order_line_id, b.quantity FROM return_line b
             JOIN "return" r ON r.id = b.request_id WHERE r.state = 'CLOSED'
             UNION ALL SELECT order_line_id, quantity FROM refund_line WHERE restock = 'RETURN') AS back
            GROUP BY order_line_id) s
           ON s.order_line_id = l.id WHERE l.returned <> COALESCE(s.whole, 0)""",
    ),
    Promise(
        "An order says how far it is sent as its lines do.",
        "order",
        """SELECT o.id AS key FROM "order" o JOIN
           (SELECT order_id, SUM(fulfilled) AS sent, SUM(quantity - canceled - fulfilled) AS left_to_send
            FROM order_line GROUP BY order_id) l ON l.order_id = o.id
           WHERE (o.fulfillment_status = 'UNFULFILLED' AND l.sent > 0)
           OR (o.fulfillment_status = 'FULFILLED' AND (l.left_to_send > 0 OR l.sent = 0))
           OR (o.fulfillment_status = 'PARTIALLY_FULFILLED' AND (l.left_to_send = 0 OR l.sent = 0))""",
    ),
    Promise(
        "An order that says it is refunded has given all back.",
        "order",
        """SELECT o.id AS key FROM "order" o WHERE o.financial_status = 'REFUNDED' AND 0 <
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
