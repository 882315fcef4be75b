// Runs graphql-http's server audits against an address and prints each verdict.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
const audits = serverAudits({ url, fetchFn: fetch });
const verdicts = [];
for (const audit of audits) {
  const { status, reason } = await audit.fn();
  verdicts.push({ id: audit.id, name: audit.name, status, reason });
}
console.log(JSON.stringify(verdicts));
