/** Let this process speak to its own machine alone: telemetry is off, and this makes sure of it. */
'use strict';

const net = require('node:net');

const HERE = new Set(['127.0.0.1', '::1', 'localhost', undefined]);
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...given) {
    const [first] = given;
    const options = Array.isArray(first) ? first[0] : first;
    const host = typeof options === 'object' ? options.host : given[1];
    if (!HERE.has(host)) {
        process.stderr.write(`Vendure wanted to speak to ${host}, which this benchmark forbids.\n`);
        process.exit(3);
    }
    return connect.apply(this, given);
};
