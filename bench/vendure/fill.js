/** Make the tables of a new shop and put goods into them: node fill.js PORT DATABASE GOODS.json. */
'use strict';

require('./alone');
const { readFileSync } = require('node:fs');
const core = require('@vendure/core');
const { populateInitialData } = require('@vendure/core/cli');
const { CURRENCY, initialData, settings } = require('./shop');
const { rowsOf } = require('./rows');

const AT_ONCE = 500;

/** Settings first, by Vendure's own populator; then the goods, many rows at a time, in one transaction. */
async function fill(port, database, file) {
    const app = await core.bootstrap(settings({ port, database, publicUrl: 'http://unused', makingTables: true }));
    await inCurrency(app, CURRENCY);
    await populateInitialData(app, initialData);
    const shop = await found(app);
    const tables = rowsOf(JSON.parse(readFileSync(file, 'utf8')), shop);
    await app.get(core.TransactionalConnection).rawConnection.transaction(async (manager) => {
        for (const [target, rows] of tables) {
            await insert(manager, core[target] ?? target, rows);
        }
        await renumber(manager, tables.map(([target]) => core[target]).filter(Boolean));
    });
    await app.get(core.TransactionalConnection).rawConnection.query('ANALYZE');
    await app.close();
}

async function inCurrency(app, currency) {
    const channels = app.get(core.TransactionalConnection).rawConnection.getRepository(core.Channel);
    const [channel] = await channels.find();
    await channels.update(channel.id, { defaultCurrencyCode: currency, availableCurrencyCodes: [currency] });
}

/** The keys of what the goods belong to. */
async function found(app) {
    const { rawConnection } = app.get(core.TransactionalConnection);
    const firstOf = async (entity) => (await rawConnection.getRepository(entity).find({ take: 1, order: { id: 'ASC' } }))[0].id;
    return {
        channelId: await firstOf(core.Channel),
        stockLocationId: await firstOf(core.StockLocation),
        taxCategoryId: await firstOf(core.TaxCategory),
    };
}

async function insert(manager, target, rows) {
    for (let start = 0; start < rows.length; start += AT_ONCE) {
        const some = rows.slice(start, start + AT_ONCE);
        await manager.createQueryBuilder().insert().into(target).values(some).updateEntity(false).execute();
    }
}

/** The keys were ours; let the next ones follow them. */
async function renumber(manager, entities) {
    for (const entity of entities) {
        const { tableName } = manager.connection.getMetadata(entity);
        await manager.query(`SELECT setval(pg_get_serial_sequence('"${tableName}"', 'id'), (SELECT max(id) FROM "${tableName}"))`);
    }
}

const [port, database, file] = process.argv.slice(2);
fill(Number(port), database, file).then(
    () => process.exit(0),
    (error) => {
        console.error(error);
        process.exit(1);
    },
);
