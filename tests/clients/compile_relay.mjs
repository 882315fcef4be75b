// relay-compiler on our schema and a small storefront: argument 1 is a folder with schema.graphql; prints what it generated.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.argv[2];
const source = join(folder, 'src');
mkdirSync(source, { recursive: true });
writeFileSync(
  join(source, 'Listing.js'),
  `import { graphql } from 'react-relay';
export const fragment = graphql\`
  fragment Listing_shop on QueryRoot @refetchable(queryName: "ListingNextPage") @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    products(first: $count, after: $cursor, sortKey: PRICE) @connection(key: "Listing_products") {
      edges { node { id title priceRange { minVariantPrice { amount currencyCode } } } }
    }
  }\`;
export const query = graphql\`query ListingQuery { ...Listing_shop }\`;
export const product = graphql\`
  query ListingProductQuery($id: ID!) { node(id: $id) { __typename ... on Product { handle variants(first: 3) { nodes { id sku } } } } }\`;
export const add = graphql\`
  mutation ListingAddMutation($cart: ID!, $lines: [CartLineInput!]!) {
    cartLinesAdd(cartId: $cart, lines: $lines) { cart { id totalQuantity } userErrors { code message } }
  }\`;
export const follow = graphql\`
  subscription ListingOrderSubscription($id: ID!, $token: String!) { orderStatus(id: $id, token: $token) { cursor order { id financialStatus } } }\`;
`,
);
writeFileSync(
  join(folder, 'relay.config.json'),
  JSON.stringify({ src: './src', schema: './schema.graphql', language: 'typescript', eagerEsModules: true }),
);

const compiler = createRequire(import.meta.url)('relay-compiler');
const said = execFileSync(compiler, ['relay.config.json'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const generated = join(source, '__generated__');
console.log(
  JSON.stringify({
    said,
    files: Object.fromEntries(readdirSync(generated).map((name) => [name, readFileSync(join(generated, name), 'utf8')])),
  }),
);
