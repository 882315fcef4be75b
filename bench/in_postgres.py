"""The listing built as JSON inside PostgreSQL: the least that any server could do for it."""


def _money(column: str) -> str:
    amount = f"trim_scale(round({column} / 100.0, 2))::text"
    return f"json_build_object('amount', {amount}, 'currencyCode', 'USD')"


_PICTURE = "json_build_object('url', i.url, 'altText', i.alt_text, 'width', i.width, 'height', i.height)"
_FIRST_PICTURE = f"(SELECT {_PICTURE} FROM product_image i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1)"  # noqa: S608 - written above
_OPTIONS = """(SELECT json_agg(json_build_object('id', o.id, 'name', o.name, 'optionValues',
    (SELECT json_agg(json_build_object('id', w.id, 'name', w.name) ORDER BY w.position)
     FROM product_option_value w WHERE w.option_id = o.id)) ORDER BY o.position)
  FROM product_option o WHERE o.product_id = p.id)"""
_SELECTED = """(SELECT json_agg(json_build_object('name', o.name, 'value',
    CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END) ORDER BY o.position)
  FROM product_option o WHERE o.product_id = p.id)"""
_VARIANTS = f"""(SELECT json_build_object('nodes', json_agg(json_build_object(
    'id', v.id, 'title', v.title, 'sku', v.sku,
    'availableForSale', NOT v.tracked OR EXISTS (
        SELECT 1 FROM stock_level s WHERE s.variant_id = v.id AND s.available > 0),
    'selectedOptions', {_SELECTED}, 'price', {_money("v.price")},
    'compareAtPrice', CASE WHEN v.compare_at_price IS NOT NULL THEN {_money("v.compare_at_price")} END,
    'image', {_FIRST_PICTURE}) ORDER BY v.position))
  FROM product_variant v WHERE v.product_id = p.id)"""  # noqa: S608 - written above
LISTING = f"""SELECT json_build_object('data', json_build_object('products', json_build_object('nodes', json_agg(
  json_build_object('id', p.id, 'handle', p.handle, 'title', p.title, 'description', p.description,
    'vendor', p.vendor, 'productType', p.product_type,
    'tags', (SELECT json_agg(t.tag ORDER BY t.tag) FROM product_tag t WHERE t.product_id = p.id),
    'availableForSale', true, 'featuredImage', {_FIRST_PICTURE},
    'priceRange', json_build_object('minVariantPrice', {_money("p.min_price")},
                                    'maxVariantPrice', {_money("p.max_price")}),
    'compareAtPriceRange', json_build_object('minVariantPrice', {_money("p.min_price")}),
    'options', {_OPTIONS}, 'variants', {_VARIANTS}) ORDER BY p.id))))::text
FROM (SELECT * FROM product WHERE status = 'ACTIVE' ORDER BY id LIMIT $1) p"""  # noqa: S608 - written above
