// Sends one operation through graphql-ws and prints what came: each answer, or the error that ended it.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, query, connectionParams = '{}', variables = '{}'] = process.argv.slice(2);
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  connectionParams: JSON.parse(connectionParams),
  retryAttempts: 0,
});
const answers = [];
let error = null;
try {
  for await (const answer of client.iterate({ query, variables: JSON.parse(variables) })) answers.push(answer);
} catch (thrown) {
  error = Array.isArray(thrown) ? thrown : { code: thrown.code, reason: thrown.reason ?? String(thrown) };
}
await client.dispose();
console.log(JSON.stringify({ answers, error }));
