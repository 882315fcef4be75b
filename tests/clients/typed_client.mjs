// A typed client made by @graphql-codegen from our schema (argument 1), checked by TypeScript in both directions:
// right uses compile, and a wrong one does not. Prints what TypeScript found in each.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as documentNode from '@graphql-codegen/typed-document-node';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse } from 'graphql';
import ts from 'typescript';

const document = parse(`
  query Listing($first: Int!, $filters: [ProductFilter!]) {
    collection(handle: "tents") { products(first: $first, filters: $filters) { nodes { id title priceRange { minVariantPrice { amount currencyCode } } } } }
  }
  mutation Add($cart: ID!, $lines: [CartLineInput!]!) {
    cartLinesAdd(cartId: $cart, lines: $lines) { cart { id lines(first: 5) { nodes { __typename quantity } } } userErrors { code } }
  }
  subscription Follow($id: ID!, $token: String!) { orderStatus(id: $id, token: $token) { cursor order { financialStatus } } }
`);
const scalars = { Decimal: 'string', DateTime: 'string', URL: 'string', HTML: 'string', Color: 'string', UnsignedInt64: 'string', JSON: 'unknown' };
const client = await codegen({
  filename: 'client.ts',
  schema: parse(readFileSync(process.argv[2], 'utf8')),
  documents: [{ location: 'listing.graphql', document }],
  config: { scalars, strictScalars: true, useTypeImports: true },
  plugins: [{ typescript: {} }, { operations: {} }, { documentNode: {} }],
  pluginMap: { typescript, operations, documentNode },
});

const right = `import { ListingDocument, type ListingQuery, type ListingQueryVariables, type AddMutationVariables, type FollowSubscription } from './client';
export const variables: ListingQueryVariables = { first: 3, filters: [{ available: true }, { price: { max: 20 } }] };
export const add: AddMutationVariables = { cart: 'c', lines: [{ merchandiseId: 'v', quantity: 2 }] };
export const amount = (data: ListingQuery): string | undefined => data.collection?.products.nodes[0]?.priceRange.minVariantPrice.amount;
export const paid = (data: FollowSubscription): boolean => data.orderStatus.order.financialStatus === 'PAID';
export { ListingDocument };`;
const wrong = `import type { ListingQueryVariables } from './client';
export const variables: ListingQueryVariables = { first: 'three' };`;

const folder = mkdtempSync(join(import.meta.dirname, 'typed-'));
try {
  const found = {};
  for (const [name, text] of Object.entries({ client, right, wrong })) writeFileSync(join(folder, `${name}.ts`), text);
  for (const name of ['right', 'wrong']) {
    const program = ts.createProgram([join(folder, `${name}.ts`)], {
      strict: true, noEmit: true, skipLibCheck: true, types: [],
      target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
    });
    found[name] = ts.getPreEmitDiagnostics(program).map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'));
  }
  console.log(JSON.stringify(found));
} finally {
  rmSync(folder, { recursive: true });
}
