/** Goods as Vendure keeps them: the rows of each table, in an order in which they can be inserted. */
'use strict';

const { LANGUAGE, CURRENCY } = require('./shop');

const TABLES = [
    'Asset',
    'AssetTranslation',
    'asset_channels_channel',
    'Product',
    'ProductTranslation',
    'ProductAsset',
    'product_channels_channel',
    'ProductOptionGroup',
    'ProductOptionGroupTranslation',
    'product_option_group_channels_channel',
    'product_option_groups_product_option_group',
    'ProductOption',
    'ProductOptionTranslation',
    'product_option_channels_channel',
    'ProductVariant',
    'ProductVariantTranslation',
    'ProductVariantPrice',
    'StockLevel',
    'product_variant_channels_channel',
    'product_variant_options_product_option',
];

/** The rows of all products; keys are given here, from 1, in the order of the goods. */
function rowsOf(goods, shop) {
    const tables = new Map(TABLES.map((name) => [name, []]));
    const last = new Map();
    const add = (name, row) => tables.get(name).push(row);
    const keep = (name, row) => {
        const id = (last.get(name) ?? 0) + 1;
        last.set(name, id);
        add(name, { id, ...row });
        return id;
    };
    const hands = { add, keep, shop };
    goods.forEach((product) => addProduct(hands, product));
    return [...tables];
}

function addProduct({ add, keep, shop }, product) {
    const { channelId } = shop;
    const pictures = product.images.map((image) => addPicture({ add, keep, shop }, image));
    const productId = keep('Product', { enabled: true, featuredAsset: { id: pictures[0] }, customFields: product.customFields });
    translated(keep, 'ProductTranslation', productId, product);
    pictures.forEach((assetId, position) => keep('ProductAsset', { assetId, productId, position }));
    add('product_channels_channel', { productId, channelId });
    const options = new Map();
    product.options.forEach((option) => addOption({ add, keep, shop }, productId, option, options));
    product.variants.forEach((variant) => addVariant({ add, keep, shop }, { productId, featured: pictures[0], options }, variant));
}

function addPicture({ add, keep, shop }, image) {
    const assetId = keep('Asset', {
        type: 'IMAGE',
        mimeType: 'image/jpeg',
        width: image.width,
        height: image.height,
        fileSize: 0,
        source: image.source,
        preview: image.source,
    });
    translated(keep, 'AssetTranslation', assetId, image);
    add('asset_channels_channel', { assetId, channelId: shop.channelId });
    return assetId;
}

function addOption({ add, keep, shop }, productId, { code, name, values }, options) {
    const groupId = keep('ProductOptionGroup', { code });
    translated(keep, 'ProductOptionGroupTranslation', groupId, { name });
    add('product_option_group_channels_channel', { productOptionGroupId: groupId, channelId: shop.channelId });
    add('product_option_groups_product_option_group', { productId, productOptionGroupId: groupId });
    for (const value of values) {
        const optionId = keep('ProductOption', { code: value.code, group: { id: groupId } });
        translated(keep, 'ProductOptionTranslation', optionId, { name: value.name });
        add('product_option_channels_channel', { productOptionId: optionId, channelId: shop.channelId });
        options.set(`${name}=${value.name}`, optionId);
    }
}

function addVariant({ add, keep, shop }, { productId, featured, options }, variant) {
    const { channelId, stockLocationId, taxCategoryId } = shop;
    const variantId = keep('ProductVariant', {
        enabled: true,
        sku: variant.sku,
        product: { id: productId },
        featuredAsset: { id: featured },
        taxCategory: { id: taxCategoryId },
        customFields: variant.customFields,
    });
    translated(keep, 'ProductVariantTranslation', variantId, { name: variant.name });
    keep('ProductVariantPrice', { price: variant.price, channelId, currencyCode: CURRENCY, variant: { id: variantId } });
    keep('StockLevel', { productVariantId: variantId, stockLocationId, stockOnHand: variant.stock, stockAllocated: 0 });
    add('product_variant_channels_channel', { productVariantId: variantId, channelId });
    for (const chosen of variant.options) {
        add('product_variant_options_product_option', { productVariantId: variantId, productOptionId: options.get(chosen) });
    }
}

function translated(keep, name, id, { name: title, slug, description }) {
    const told = { languageCode: LANGUAGE, base: { id }, name: title };
    keep(name, slug === undefined ? told : { ...told, slug, description });
}

module.exports = { rowsOf };
