/** Vendure's settings for production: what its guides advise for one process, and nothing that costs without need. */
'use strict';

const { randomBytes } = require('node:crypto');
const { DefaultLogger, LogLevel, dummyPaymentHandler } = require('@vendure/core');

const CURRENCY = 'USD';
const LANGUAGE = 'en';

/** Pictures are told by address and kept elsewhere, as behind a CDN. */
const pictures = (address) => ({
    toAbsoluteUrl: (_request, key) => `${address}/${key}`,
    ...Object.fromEntries(
        ['writeFileFromBuffer', 'writeFileFromStream', 'readFileToBuffer', 'readFileToStream', 'deleteFile', 'fileExists'].map(
            (name) => [name, () => Promise.reject(new Error('pictures are kept elsewhere'))],
        ),
    ),
});

/** What Shopwright keeps of a product and Vendure does not, as columns of its own: the cheapest way Vendure has. */
const customFields = {
    Product: [
        { name: 'vendor', type: 'string' },
        { name: 'productType', type: 'string' },
        { name: 'tags', type: 'string', list: true },
    ],
    ProductVariant: [{ name: 'compareAtPrice', type: 'int', nullable: true }],
};

/** The settings of a server on a port and a database; only filling an empty database makes tables. */
function settings({ port, database, publicUrl, makingTables = false }) {
    return {
        apiOptions: { hostname: '127.0.0.1', port, trustProxy: false },
        authOptions: {
            tokenMethod: ['bearer'],
            superadminCredentials: { identifier: 'keeper', password: randomBytes(24).toString('base64url') },
        },
        assetOptions: { assetStorageStrategy: pictures(publicUrl) },
        customFields,
        dbConnectionOptions: { type: 'postgres', url: database, synchronize: makingTables, logging: false, poolSize: 10 },
        logger: new DefaultLogger({ level: LogLevel.Error, timestamp: false }),
        paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
        plugins: [],
    };
}

/** What a new shop needs before it can sell. */
const initialData = {
    defaultLanguage: LANGUAGE,
    defaultZone: 'Everywhere',
    countries: [{ code: 'US', name: 'United States', zone: 'Everywhere' }],
    taxRates: [{ name: 'None', percentage: 0 }],
    shippingMethods: [{ name: 'Standard', price: 500 }],
    paymentMethods: [
        {
            name: 'Test',
            handler: { code: dummyPaymentHandler.code, arguments: [{ name: 'automaticSettle', value: 'true' }] },
        },
    ],
    collections: [],
};

module.exports = { CURRENCY, LANGUAGE, initialData, settings };
