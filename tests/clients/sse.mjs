// Sends one operation through graphql-sse and prints what came: each answer, or the error that ended it.
import { createClient } from 'graphql-sse';

const [url, query, variables = '{}'] = process.argv.slice(2);
const client = createClient({ url, retryAttempts: 0 });
const answers = [];
let error = null;
try {
  for await (const answer of client.iterate({ query, variables: JSON.parse(variables) })) answers.push(answer);
} catch (thrown) {
  error = { status: thrown.response?.status, reason: String(thrown) };
}
client.dispose();
console.log(JSON.stringify({ answers, error }));
