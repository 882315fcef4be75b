"""When something can be bought, as the database is asked."""

LEVELS = """LEFT JOIN (
    SELECT s.variant_id, s.available FROM stock_level s JOIN location o ON o.id = s.location_id WHERE o.active
) l ON l.variant_id = v.id"""
"""The stock `l` of a variant `v` at the locations in use."""

BUYABLE = "NOT v.tracked OR v.inventory_policy = 'CONTINUE' OR l.available > 0"
"""That a variant `v` with its stock `l` can be bought."""

SELLABLE = f"EXISTS (SELECT 1 FROM product_variant v {LEVELS} WHERE v.product_id = p.id AND ({BUYABLE}))"  # noqa: S608 - the texts are ours; values travel as parameters
"""That a variant of a product `p` can be bought."""
