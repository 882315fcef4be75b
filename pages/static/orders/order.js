// The order status page: shows the order of its address, and every change as it happens.

import { ask } from "../graphql.js";
import { byId } from "../dom.js";
import { operationsAt } from "../operations.js";
import { listenForActs, offerActs, offerNewLink } from "./acts.js";
import { followOrder } from "./resuming.js";
import { showOrder, tellChange } from "./showing.js";

const number = decodeURIComponent(location.pathname.split("/").at(-1));
const id = `gid://shopwright/Order/${number}`;
const token = decodeURIComponent(location.hash.slice(1)) || new URLSearchParams(location.search).get("token") || "";
const operation = await operationsAt("/assets/orders/operations.graphql");
let changes = 0;

await open().catch((error) => {
  console.error(error);
  say("The shop could not be reached. Check your connection and load this page again.");
});

async function open() {
  const { data, errors } = await ask("/graphql", operation("OpenOrder", { id, token }));
  if (data?.shop) byId("shop-name").textContent = data.shop.name;
  if (errors?.[0]?.extensions?.code === "LINK_EXPIRED") return offerNewLink((name) => mutate(name, {}));
  if (errors?.length) return say(errors[0].message);
  if (!data.order) return say("This link does not open an order. It may be incomplete or too old: the newest mail about your order has a fresh one.");
  document.title = `Order ${data.order.name} · ${data.shop.name}`;
  show(data.order);
  listenForActs(mutate, show);
  byId("loading").hidden = true;
  byId("order").hidden = false;
  const stop = new AbortController();
  addEventListener("pagehide", () => stop.abort());
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  return followOrder((after) => operation("FollowOrder", { id, token, after }), { seen, connected, signal: stop.signal });
}

function show(order) {
  showOrder(order);
  offerActs(order);
}

/** Carry out a mutation on the order; answers its payload, without the order if changes seen meanwhile may be newer. */
async function mutate(name, variables) {
  const before = changes;
  const { data, errors } = await ask("/graphql", operation(name, { id, token, ...variables }));
  if (errors?.length) throw new Error(errors[0].message);
  return changes === before ? data.done : { ...data.done, order: null };
}

function seen({ kind, occurredAt, order }) {
  changes += 1;
  show(order);
  tellChange(kind, occurredAt);
}

function connected(isUp) {
  byId("live").dataset.up = isUp;
  byId("live").textContent = isUp ? "Live: this page keeps itself up to date" : "Reconnecting …";
}

function say(message) {
  byId("loading").hidden = false;
  byId("loading").textContent = message;
}
