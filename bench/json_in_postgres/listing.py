"""The listing of the benchmark as one statement. $1 is how many products, $2 the shop's address."""


def _money(column: str) -> str:
    return f"""json_build_object(
      'amount', trim_scale({column} / 100.0)::text || CASE WHEN {column} % 100 = 0 THEN '.0' ELSE '' END,
      'currencyCode', shop.currency)"""


_PICTURE = """(SELECT json_build_object('url', $2::text || '/media/' || i.url, 'altText', i.alt_text,
                                        'width', i.width, 'height', i.height)
  FROM product_image i WHERE i.product_id = p.id ORDER BY i.position LIMIT 1)"""
_OPTIONS = """(SELECT json_agg(json_build_object(
    'id', 'gid://shopwright/ProductOption/' || o.id, 'name', o.name, 'optionValues',
    (SELECT json_agg(json_build_object('id', 'gid://shopwright/ProductOptionValue/' || w.id, 'name', w.name)
                     ORDER BY w.position) FROM product_option_value w WHERE w.option_id = o.id)) ORDER BY o.position)
  FROM product_option o WHERE o.product_id = p.id)"""
_SELECTED = """(SELECT json_agg(json_build_object('name', o.name, 'value',
    CASE o.position WHEN 1 THEN v.option1 WHEN 2 THEN v.option2 ELSE v.option3 END) ORDER BY o.position)
  FROM product_option o WHERE o.product_id = p.id)"""
_FOR_SALE = """(NOT v.tracked OR EXISTS (
    SELECT 1 FROM stock_level s JOIN location l ON l.id = s.location_id AND l.active
    WHERE s.variant_id = v.id AND (s.available > 0 OR s.oversell)))"""
_VARIANTS = f"""(SELECT json_build_object('nodes', json_agg(json_build_object(
    'id', 'gid://shopwright/ProductVariant/' || v.id, 'title', v.title, 'sku', v.sku,
    'availableForSale', {_FOR_SALE}, 'selectedOptions', {_SELECTED}, 'price', {_money("v.price")},
    'compareAtPrice', CASE WHEN v.compare_at_price IS NOT NULL THEN {_money("v.compare_at_price")} END,
    'image', {_PICTURE}) ORDER BY v.position))
  FROM (SELECT * FROM product_variant w WHERE w.product_id = p.id ORDER BY w.position LIMIT 10) v)"""
_LOWEST = "coalesce((SELECT min(v.compare_at_price) FROM product_variant v WHERE v.product_id = p.id), 0)"
_PRODUCT = f"""json_build_object(
    'id', 'gid://shopwright/Product/' || p.id, 'handle', p.handle, 'title', p.title, 'description', p.description,
    'vendor', p.vendor, 'productType', p.product_type,
    'tags', (SELECT coalesce(json_agg(t.tag ORDER BY t.tag), '[]') FROM product_tag t WHERE t.product_id = p.id),
    'availableForSale', EXISTS (SELECT 1 FROM product_variant v WHERE v.product_id = p.id AND {_FOR_SALE}),
    'featuredImage', {_PICTURE},
    'priceRange', json_build_object('minVariantPrice', {_money("p.min_price")},
                                    'maxVariantPrice', {_money("p.max_price")}),
    'compareAtPriceRange', json_build_object('minVariantPrice', {_money(_LOWEST)}),
    'options', {_OPTIONS}, 'variants', {_VARIANTS})"""
_CURSOR = """rtrim(translate(encode(convert_to('["id",' || max(p.id) || ',' || max(p.id) || ']', 'UTF8'), 'base64'),
                             '+/', '-_'), '=')"""
LISTING = f"""WITH page AS (
  SELECT *, row_number() OVER (ORDER BY id) AS place FROM product
  WHERE status = 'ACTIVE' AND published_at <= now() ORDER BY id LIMIT $1 + 1)
SELECT json_build_object('data', json_build_object('products', json_build_object(
  'nodes', json_agg({_PRODUCT} ORDER BY p.id),
  'pageInfo', json_build_object('hasNextPage', EXISTS (SELECT 1 FROM page WHERE place > $1),
                                'endCursor', {_CURSOR}))))::text
FROM shop, page p WHERE p.place <= $1"""
