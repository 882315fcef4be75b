/** Serve the Shop API on a database that is filled, from one process: node serve.js PORT DATABASE PUBLIC_URL. */
'use strict';

require('./alone');
const { bootstrap } = require('@vendure/core');
const { settings } = require('./shop');

const [port, database, publicUrl] = process.argv.slice(2);

bootstrap(settings({ port: Number(port), database, publicUrl })).catch((error) => {
    console.error(error);
    process.exit(1);
});
