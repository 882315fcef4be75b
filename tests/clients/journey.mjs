// A shopper's whole way through a client from npm: fill a cart, place the order, follow it live while staff moves it on.
// Everything the shopper does goes through the one client; prints what the stream told.
import { createClient as createSocket } from 'graphql-ws';
import { createClient as createStream } from 'graphql-sse';
import WebSocket from 'ws';

const [transport, shop, staffToken] = process.argv.slice(2);
const client =
  transport === 'graphql-ws'
    ? createSocket({ url: `${shop.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 })
    : createStream({ url: `${shop}/graphql/stream`, retryAttempts: 0 });

async function ask(query, variables = {}) {
  for await (const { data, errors } of client.iterate({ query, variables })) {
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}

async function staff(query, variables) {
  const answer = await fetch(`${shop}/admin/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Shopify-Access-Token': staffToken },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const { products } = await ask('{ products(first: 1, query: "available_for_sale:true") { nodes { variants(first: 1) { nodes { id } } } } }');
const { cartCreate } = await ask(
  `mutation ($variant: ID!) {
    cartCreate(input: {
      lines: [{ merchandiseId: $variant, quantity: 2 }]
      buyerIdentity: { email: "kari@example.com", countryCode: NO }
      delivery: { addresses: [{ selected: true, address: { deliveryAddress: {
        firstName: "Kari", lastName: "Nordmann", address1: "Storgata 1", city: "Oslo", zip: "0155", countryCode: NO } } }] }
    }) { cart { id cost { totalAmount { amount currencyCode } } deliveryGroups(first: 1) { nodes { selectedDeliveryOption { handle } } } } userErrors { code message } }
  }`,
  { variant: products.nodes[0].variants.nodes[0].id },
);
const cart = cartCreate.cart;
const paid = await ask(
  `mutation ($cart: ID!, $total: MoneyInput!) {
    cartPaymentUpdate(cartId: $cart, payment: { amount: $total, manualPaymentMethod: { name: "bank transfer" } }) { userErrors { code message } }
  }`,
  { cart: cart.id, total: cart.cost.totalAmount },
);
const submit = () =>
  ask(
    `mutation ($cart: ID!) {
      cartSubmitForCompletion(cartId: $cart, attemptToken: "once") {
        result { __typename ... on SubmitSuccess { attemptId } ... on SubmitAlreadyAccepted { attemptId } ... on SubmitFailed { errors { code message } } }
      }
    }`,
    { cart: cart.id },
  );
const first = (await submit()).cartSubmitForCompletion.result;
const again = (await submit()).cartSubmitForCompletion.result;

let outcome;
do {
  const { cartCompletionAttempt } = await ask(
    `query ($attempt: String!) {
      cartCompletionAttempt(attemptId: $attempt) { __typename ... on CartCompletionSuccess { orderId orderToken } }
    }`,
    { attempt: first.attemptId },
  );
  outcome = cartCompletionAttempt;
} while (outcome.__typename === 'CartCompletionProcessing');

const told = [];
let moved = false;
for await (const { data, errors } of client.iterate({
  query: `subscription ($id: ID!, $token: String) {
    orderStatus(id: $id, token: $token) { cursor kind order { financialStatus fulfillmentStatus } }
  }`,
  variables: { id: outcome.orderId, token: outcome.orderToken },
})) {
  if (errors) throw new Error(JSON.stringify(errors));
  told.push(data.orderStatus);
  if (!moved) {
    moved = true;
    const { orderMarkAsPaid } = await staff(
      `mutation ($id: ID!) { orderMarkAsPaid(input: { id: $id }) {
        order { fulfillmentOrders(first: 1) { nodes { id } } } userErrors { field message } } }`,
      { id: outcome.orderId },
    );
    await staff(
      `mutation ($id: ID!) { fulfillmentCreate(fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: $id }] }) {
        fulfillment { id } userErrors { field message } } }`,
      { id: orderMarkAsPaid.order.fulfillmentOrders.nodes[0].id },
    );
  }
  if (data.orderStatus.order.fulfillmentStatus === 'FULFILLED') break;
}
const { cart: gone } = await ask('query ($cart: ID!) { cart(id: $cart) { id } }', { cart: cart.id });
await client.dispose();
console.log(JSON.stringify({ refusals: [...cartCreate.userErrors, ...paid.cartPaymentUpdate.userErrors], first, again, outcome, told, gone }));
